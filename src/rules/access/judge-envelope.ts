import type { AccessActions } from '../cleanup/cleanup-request.ts';
import type { RefusedRecipient } from '../entrance.ts';
import type { LogLine } from '../journey.ts';
import type { Octets } from '../octets.ts';
import type { TraceStep } from '../trace.ts';
import type { AccessClient } from './client.ts';
import { decideAccess, type AccessRules } from './decide.ts';
import type { Reply } from './reply.ts';
import { countOctets } from './record-octets.ts';
import { NO_ACTIONS, openAccessState, type AccessCommand, type MailFacts, type MailProtocol } from './state.ts';

/** A whole mail transaction, as far as access rules ask. */
export interface JudgedEnvelope {
  readonly client: AccessClient;
  readonly login: Octets;
  readonly helo: Octets;
  readonly protocol: MailProtocol;
  readonly sender: Octets;
  readonly recipients: readonly Octets[];
  /** What access rules did because of these holds, though nothing was sent to them. */
  readonly refused?: readonly RefusedRecipient[];
  readonly smtputf8: boolean;
  readonly mailFacts?: MailFacts;
  /** The mechanism by which the login came. */
  readonly loginMethod?: Octets;
  readonly queueId: Octets;
  /** The content. */
  readonly raw: Uint8Array;
}

/** A refusal, and the command that it answers. */
export interface Refusal {
  readonly reply: Reply;
  readonly stage: AccessCommand['verb'];
}

/** What smtpd(8) would have said. */
export interface EnvelopeJudgment {
  /** For each recipient, in their order. */
  readonly recipients: readonly { readonly refusal: Refusal | undefined; readonly steps: readonly TraceStep[] }[];
  /** What was asked about the message as a whole. */
  readonly steps: readonly TraceStep[];
  /** After the last command: what becomes of the message beside being let in. */
  readonly actions: AccessActions;
  readonly log: readonly LogLine[];
}

/**
 * Puts a transaction to the access rules, command by command, as if it came now: what smtpd(8) would refuse, and why. A
 * sender that is refused takes all recipients with it, as does a refusal at DATA or at the content's end.
 * @throws {Unanswered} if a table has to ask outside
 */
export function judgeEnvelope(envelope: JudgedEnvelope, rules: AccessRules): EnvelopeJudgment {
  const { client, login, loginMethod = '', helo, protocol, sender, smtputf8, mailFacts, queueId } = envelope;
  const { refused = [] } = envelope;
  const steps: TraceStep[] = [];
  const log: LogLine[] = [];
  const message = { queueId, instance: queueId };
  // Who logs in has greeted before; XCLIENT says all of it before the greeting.
  const early = loginMethod === 'XCLIENT' ? { login, loginMethod } : {};
  let state = { ...openAccessState(client), ...early, message };
  let refusal: Refusal | undefined;
  const put = (command: AccessCommand): readonly TraceStep[] => {
    if (refusal !== undefined) return [];
    const decision = decideAccess(command, state, rules);
    ({ state } = decision);
    log.push(...decision.log);
    if (decision.reply) refusal = { reply: decision.reply, stage: command.verb };
    return decision.steps;
  };
  steps.push(...put({ verb: 'CONNECT' }));
  if (helo !== '') steps.push(...put({ verb: GREETINGS[protocol], name: helo }));
  state = { ...state, login, loginMethod };
  steps.push(...put({ verb: 'MAIL', sender, smtputf8, ...mailFacts }));
  const refusedBefore = refusal;
  const ask = (recipient: Octets): readonly TraceStep[] => {
    refusal = refusedBefore;
    return put({ verb: 'RCPT', recipient });
  };
  const askRefused = (place: number): void => {
    for (const { address } of refused.filter((one) => one.place === place)) ask(address);
  };
  const recipients = envelope.recipients.map((recipient, place) => {
    askRefused(place);
    const asked = ask(recipient);
    return { refusal, steps: asked };
  });
  askRefused(recipients.length);
  refusal = refusedBefore;
  if (recipients.some((recipient) => recipient.refusal === undefined)) {
    steps.push(...put({ verb: 'DATA' }), ...put({ verb: 'END-OF-DATA', sizeBytes: countRaw(envelope, rules) }));
  }
  const late = refusal;
  return {
    recipients: recipients.map((recipient) => ({ ...recipient, refusal: recipient.refusal ?? late })),
    steps,
    actions: state.transaction?.actions ?? NO_ACTIONS,
    log,
  };
}

/** What a client said first, by what it speaks. */
const GREETINGS = { SMTP: 'HELO', ESMTP: 'EHLO', LMTP: 'LHLO' } as const;

/** Counted only where somebody may ask. */
function countRaw({ raw }: JudgedEnvelope, { world, service }: AccessRules): number {
  const view = world.view(service);
  if (view.words('smtpd_end_of_data_restrictions').length === 0) return raw.length;
  return countOctets(raw, view.integer('line_length_limit'));
}
