import { judgeEnvelope, type EnvelopeJudgment, type Refusal } from './access/judge-envelope.ts';
import { NO_ACTIONS } from './access/state.ts';
import { toLogForm } from './address/log-form.ts';
import type { EditScript } from './cleanup/edit-script.ts';
import type { Delivery, Journey, JourneyMessage } from './journey.ts';
import { listMilterSteps } from './milters.ts';
import { openMailFlow } from './mail-flow.ts';
import { toReceived, type Mail } from './mail.ts';
import type { Octets } from './octets.ts';
import type { Agent } from './qmgr/agent.ts';
import { simulate } from './qmgr/simulate.ts';
import type { RuleWorld } from './world.ts';

/** What would become of a mail. */
export interface Explained {
  readonly journey: Journey;
  /** From the raw octets to the content as queued; none if it wasn't. */
  readonly edits: EditScript;
  /** The refusal of each recipient, in their order; undefined for one that is taken. */
  readonly refusals: readonly (Refusal | undefined)[];
}

/**
 * Says what Postfix would do with a mail: what its access rules reply, what cleanup(8) makes of it, and where the queue
 * manager and the delivery agents take each recipient; likewise for the messages that they would make of it.
 * @param agent does the last act; by default nothing is done
 * @throws {Unanswered} if a table has to ask outside: run it within `Lookups.decide`
 */
export function explain(mail: Mail, world: RuleWorld, agent: Agent = simulate): Explained {
  const { service, recipients, nowMs, queueId } = mail;
  const addresses = recipients.map(({ address }) => address);
  const judged =
    mail.submitter === undefined
      ? judgeEnvelope({ ...mail, recipients: addresses }, { world, service })
      : pickUp(mail, world);
  const judgment = { ...judged, steps: [...judged.steps, ...listMilterSteps(mail, world)] };
  const flow = openMailFlow({ world, agent, nowMs, queueId });
  const roots = recipients.map((recipient, index) => {
    const node = flow.trail.branch({ message: 1, address: recipient.address });
    const { refusal, steps } = judgment.recipients[index] ?? { refusal: undefined, steps: [] };
    flow.trail.note(node, steps);
    if (refusal !== undefined) flow.trail.end(node, toRejected(recipient.address, refusal));
    const { address, orcpt, notify } = recipient;
    return { address, orcpt, notify, original: '', parent: node, refusal };
  });
  // What trivial-rewrite(8) has to say of an address it says again when the address is routed.
  for (const line of judgment.log) if (line.program !== 'trivial-rewrite') flow.trail.log(1, line);
  const taken = roots.filter(({ refusal }) => refusal === undefined);
  const refused = roots.filter(({ refusal }) => refusal !== undefined);
  const edits = taken.length === 0 ? [] : flow.receive(toReceived(mail, { ...judgment, recipients: taken }, world));
  if (taken.length === 0) flow.refuse(toRefused(mail, judgment));
  if (refused.length > 0) {
    const accepted = { recipients: refused, actions: NO_ACTIONS, steps: [] };
    flow.receive({ ...toReceived(mail, accepted, world), isHypothetical: true });
  }
  return {
    journey: flow.journey(),
    edits,
    refusals: roots.map(({ refusal }) => refusal),
  };
}

/** What comes by sendmail(1) is let in as it is. @see pickup(8) */
function pickUp({ sender, recipients, submitter }: Mail, world: RuleWorld): EnvelopeJudgment {
  const log = {
    program: 'pickup',
    text: `uid=${submitter?.uid ?? 0} from=<${toLogForm(sender, world.view('pickup/unix'))}>`,
  };
  return {
    recipients: recipients.map(() => ({ refusal: undefined, steps: [] })),
    actions: NO_ACTIONS,
    steps: [],
    log: [log],
  };
}

function toRejected(recipient: Octets, { reply }: Refusal): Delivery {
  const text = `${reply.code} ${reply.enhanced} ${reply.text}`;
  return { recipient, transport: 'smtpd', nexthop: '', relay: 'none', status: 'rejected', dsn: reply.enhanced, text };
}

/** Nobody was taken: the message was never queued. */
function toRefused({ sender }: Mail, { steps, recipients }: EnvelopeJudgment): Omit<JourneyMessage, 'number' | 'log'> {
  const [first] = recipients.flatMap(({ refusal }) => (refusal === undefined ? [] : [refusal.reply]));
  const reason = first && `${first.code} ${first.enhanced} ${first.text}`;
  return { origin: 'received', sender, steps, state: 'rejected', ...(reason !== undefined && { reason }) };
}
