import { explain } from '../explain.ts';
import type { Octets } from '../octets.ts';
import type { End } from '../destinations.ts';
import { decideBy, type Difference } from '../replay/compare.ts';
import { listReachedEnds } from '../replay/reached-ends.ts';
import { compareLogged } from './compare-log.ts';
import type { LoggedAction } from './log-event.ts';
import type { Gathered, LoggedEnd, LoggedMessage } from './log-gatherer.ts';
import { toGiven, toInternal, toLoggedMails, toRefusedMail, type LogWorld } from './logged-mail.ts';

/** What became of one recipient of the log, and what would. */
export interface ReplayedLog {
  readonly queueId: Octets;
  /** In internal form, as is the recipient. */
  readonly sender: Octets;
  readonly recipient: Octets;
  /** Undefined if nothing differs. */
  readonly difference: Difference | undefined;
  /** To which host it went, or by which agent, couldn't be compared. */
  readonly isPartial: boolean;
}

const ON_HOLD = 'on hold';
const BY_OTHERS = 'refused for what isn’t in the log: content, DNS, a policy server, a milter';

/** What the log doesn't tell enough of. */
export type NotCompared = typeof ON_HOLD | typeof BY_OTHERS;

/**
 * Compares what the log tells of a mail, or of a refusal, with what rules decide for its envelope: for each recipient,
 * or why that can't be done.
 * @throws {Unanswered} if a table has to ask outside: run it within `Lookups.decide`
 */
export function replayLogged(gathered: Gathered, log: LogWorld): readonly ReplayedLog[] | NotCompared {
  return gathered.kind === 'message' ? replayMessage(gathered.message, log) : replayRefusal(gathered, log);
}

function replayMessage(message: LoggedMessage, log: LogWorld): readonly ReplayedLog[] | NotCompared {
  // It waits for somebody who looks at it; why is in its content, as a rule.
  if (message.deliveries.length === 0) return message.isHeld ? ON_HOLD : [];
  const byRecipient = new Map<Octets, LoggedEnd[]>();
  for (const end of message.deliveries) {
    const ends = byRecipient.get(toGiven(end));
    if (ends === undefined) byRecipient.set(toGiven(end), [end]);
    else ends.push(end);
  }
  const logged = [...byRecipient.values()];
  let best: readonly ReplayedLog[] = [];
  let fewest = Infinity;
  for (const mail of toLoggedMails(message, log)) {
    // Whoever doesn't come by smtpd(8) isn't asked by its rules.
    const ways = listReachedEnds(explain(mail, log.world).journey, { isAccepted: message.smtpd === undefined });
    const all = mail.recipients.map(({ address }, index): ReplayedLog => {
      const { difference, isPartial } = compareLogged(logged[index] ?? [], ways[index] ?? [], log.world);
      const shown = difference && {
        was: difference.was.map((end) => ({ end: toEnd(end) })),
        wouldBe: difference.wouldBe.map((end) => decideBy(end)),
      };
      return { queueId: mail.queueId, sender: mail.sender, recipient: address, difference: shown, isPartial };
    });
    const differing = all.filter(({ difference }) => difference !== undefined).length;
    if (differing < fewest) [best, fewest] = [all, differing];
    if (fewest === 0) break;
  }
  return best;
}

function replayRefusal(
  { action, record }: Extract<Gathered, { kind: 'action' }>,
  log: LogWorld,
): readonly ReplayedLog[] | NotCompared {
  if (!action.action.endsWith('reject')) return [];
  const mail = action.action === 'reject' && action.stage === 'RCPT' ? toRefusedMail(record, action, log) : undefined;
  if (mail === undefined) return BY_OTHERS;
  const [ends = []] = listReachedEnds(explain(mail, log.world).journey);
  const refusal = ends.find(({ status }) => status === 'rejected');
  if (refusal !== undefined && codeOf(refusal.text) === codeOf(action.reply)) return [toRefused(undefined)];
  if (refusal === undefined && ends.some(({ steps }) => steps.some(({ note }) => note?.startsWith('not asked')))) {
    return BY_OTHERS;
  }
  return [toRefused({ was: [{ end: toRejected(action) }], wouldBe: ends.map((end) => decideBy(end)) })];

  function toRefused(difference: Difference | undefined): ReplayedLog {
    const { sender = '', recipients: [{ address } = { address: '' }] = [] } = mail ?? {};
    return { queueId: record.queueId ?? 'NOQUEUE', sender, recipient: address, difference, isPartial: false };
  }
}

/** `554 5.7.1`: what a client goes by. */
function codeOf(reply: Octets): Octets {
  return /^\d{3} \d\.\d+\.\d+/.exec(reply)?.[0] ?? reply.slice(0, 3);
}

/** An end of the log, in the form of those that rules decide. */
function toEnd({ status, program, relay, to, dsn, text }: LoggedEnd): End {
  const nexthop = relay === program || relay === 'none' ? '' : relay;
  return { status: status as End['status'], transport: program, nexthop, recipient: toInternal(to), dsn, text };
}

function toRejected({ to = '', reply }: LoggedAction): End {
  return { status: 'rejected', transport: '', nexthop: '', recipient: toInternal(to), dsn: '', text: reply };
}
