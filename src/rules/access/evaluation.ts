import type { ErrorClass } from '../bounce/error-class.ts';
import type { AccessActions } from '../cleanup/cleanup-request.ts';
import type { LogLine } from '../journey.ts';
import type { Octets } from '../octets.ts';
import type { TraceStep } from '../trace.ts';
import type { RuleWorld, View } from '../world.ts';
import type { AccessClient } from './client.ts';
import type { Outcome, Subject } from './outcome.ts';
import type { Reply } from './reply.ts';
import type { ResolvedAddress } from './resolve.ts';
import type { MailProtocol } from './state.ts';

/** The decision about one command while it is made. It is dropped when it ends, whatever the end. */
export interface Evaluation {
  readonly world: RuleWorld;
  /** The listener's. */
  readonly view: View;
  readonly client: AccessClient;
  readonly login: Octets;
  readonly talksAhead: boolean;
  readonly protocol: MailProtocol;
  /** How the log calls the command: `RCPT`, `END-OF-MESSAGE`. */
  readonly where: string;
  /** As far as it is known at this command. */
  readonly helo: Octets | undefined;
  readonly sender: Octets | undefined;
  readonly recipient: Octets | undefined;
  readonly etrnDomain: Octets | undefined;
  readonly smtputf8: boolean;
  /** How many recipients were taken before. */
  readonly recipientCount: number;
  /** What only policy servers are told. */
  readonly facts: PolicyFacts;
  /** How often each request to a policy server was made about this command. */
  readonly policyTurns: Map<string, number>;
  readonly steps: TraceStep[];
  readonly log: LogLine[];
  /** Evaluates restrictions that aren't those of a parameter: a class's, or an access table's right-hand side. */
  readonly evaluate: (words: readonly Octets[], call: ListCall) => Outcome;

  /** What the client is blamed for, warnings included. */
  readonly errorClasses: Set<ErrorClass>;
  /** Addresses that were resolved for this command, by sender and address. */
  readonly resolved: Map<string, ResolvedAddress>;

  actions: AccessActions;
  /** The reply, once something refused. */
  reply: Reply | undefined;
  hangsUp: boolean;
  /** How many lists are within each other. */
  depth: number;
  /** The depth at which warn_if_reject was met; 0: it doesn't hold. */
  warnDepth: number;
  /** A permit becomes this deferral … */
  deferral: Reply | undefined;
  /** … if this says so. */
  defersPermit: boolean;
  /** A refusal becomes this deferral. */
  rejectDeferral: Reply | undefined;
  /** What a policy server's default action names is being evaluated. */
  isDefaultAction: boolean;
  isSenderChecked: boolean;
  isRecipientChecked: boolean;
  /** What the restriction that is being evaluated has to say for itself. */
  remark: string | undefined;
}

/** What policy servers are told of a message, beside what other restrictions ask. */
export interface PolicyFacts {
  /** Empty before there is one. */
  readonly queueId: Octets;
  /** The same for all requests about one message; empty before MAIL is taken. */
  readonly instance: Octets;
  /** Of the content; before its end as the client declared it, or 0. */
  readonly sizeBytes: number;
  readonly authSender: Octets;
  readonly loginMethod: Octets;
}

/** A list of restrictions that is evaluated. */
export interface ListCall {
  /** How replies of its general restrictions name what is refused. */
  readonly subject: Subject;
  /** The parameter whose stage it is: it decides which look-up a bare table is. */
  readonly list: Octets;
  /** The parameter in which the restrictions are written: the list's own, or a class's. */
  readonly parameter: Octets;
}

/** One restriction that is evaluated. */
export interface RestrictionCall extends ListCall {
  /** In lower case. */
  readonly name: Octets;
  /** As written; empty without one. */
  readonly argument: Octets;
}

/** What a restriction does. */
export type Restriction = (evaluation: Evaluation, call: RestrictionCall) => Outcome;

/** `name[address]`, with the port if smtpd_client_port_logging says so: how replies and the log name the client. */
export function toClientText({ client, view }: Pick<Evaluation, 'client' | 'view'>): Octets {
  const text = `${client.name}[${client.address}]`;
  return view.isYes('smtpd_client_port_logging') ? `${text}:${client.port === '' ? 'unknown' : client.port}` : text;
}
