import type { AccessClient } from './access/client.ts';
import type { Octets } from './octets.ts';
import type { RecordedAnswers } from './question.ts';
import type { MailProtocol } from './access/state.ts';

/** By whom and where a message was handed in by SMTP: beside the envelope, what access rules and headers depend on. */
export interface Entrance {
  readonly client: AccessClient;
  /** Empty: it didn't say. */
  readonly helo: Octets;
  readonly protocol: MailProtocol;
  /** The listener, as master.cf has it: `25/inet`. */
  readonly service: Octets;
  /** The mechanism of AUTH by which the login came: `PLAIN`, or `XCLIENT`. */
  readonly loginMethod?: Octets;
  /** What policy servers said when the client was answered by them: they aren't asked about it again. */
  readonly policyAnswers?: RecordedAnswers;
  /** The content came by BDAT: Postfix then takes its first lines as they are. */
  readonly isChunked?: true;
  /** Recipients that were refused, though what access rules did for them changed what was asked and done thereafter. */
  readonly refused?: readonly RefusedRecipient[];
  /** What catch_chaos did to the client since its last message. */
  readonly faults?: readonly MadeFault[];
}

/** A mistake that was made on purpose. */
export interface MadeFault {
  /** The command that it struck: `RCPT`. */
  readonly at: string;
  /** The recipient that it struck, as sent. */
  readonly recipient?: string;
  /** As catch_chaos has it. */
  readonly rule: string;
  /** What the client was told in the place of the server's reply; undefined: only later, or slower. */
  readonly said: string | undefined;
}

/** A recipient that the client was told isn't taken. */
export interface RefusedRecipient {
  /** In internal form. */
  readonly address: Octets;
  /** How many recipients were taken before. */
  readonly place: number;
}
