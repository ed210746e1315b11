import type { ErrorClass } from '../bounce/error-class.ts';
import type { AccessActions } from '../cleanup/cleanup-request.ts';
import type { LogLine } from '../journey.ts';
import type { Octets } from '../octets.ts';
import type { TraceStep } from '../trace.ts';
import type { AccessClient } from './client.ts';
import type { Reply } from './reply.ts';

/** What a client speaks, by how it greets. */
export type MailProtocol = 'SMTP' | 'ESMTP' | 'LMTP';

/** A command that is in order, before it takes effect. Addresses are in internal form: no quotes, no route. */
export type AccessCommand =
  /** Also after XCLIENT has made the client another: `isPlayed`. */
  | { readonly verb: 'CONNECT'; readonly isPlayed?: boolean }
  | { readonly verb: 'HELO' | 'EHLO' | 'LHLO'; readonly name: Octets }
  | ({ readonly verb: 'MAIL'; readonly sender: Octets; readonly smtputf8: boolean } & Partial<MailFacts>)
  | { readonly verb: 'RCPT' | 'VRFY'; readonly recipient: Octets }
  | { readonly verb: 'DATA' | 'BDAT' }
  /** With the size of the content, as Postfix counts it. */
  | { readonly verb: 'END-OF-DATA'; readonly sizeBytes?: number }
  | { readonly verb: 'ETRN'; readonly domain: Octets };

/** What a client says with MAIL beside the sender, as far as policy servers are told. */
export interface MailFacts {
  /** SIZE=; 0 without it. */
  readonly declaredSizeBytes: number;
  /** AUTH=, as sent; empty without it. */
  readonly authSender: Octets;
}

/**
 * What a session's commands have set so far, as far as access rules ask: plain data. A decision makes the next one, with
 * what its command sets if it isn't refused.
 */
export interface AccessState {
  readonly client: AccessClient;
  /** SASL login; empty without one. The caller sets it after AUTH. */
  readonly login: Octets;
  /** The mechanism of AUTH by which it came: `PLAIN`. The caller sets it. */
  readonly loginMethod: Octets;
  /** What tells messages apart. The caller sets it: the queue ID once there is one, and a name for each transaction. */
  readonly message: { readonly queueId: Octets; readonly instance: Octets };
  /** Whether the client sent on where it had to wait for a reply. The caller sets it. @see RFC 2920 §3.1 */
  readonly talksAhead: boolean;
  readonly helo: Octets | undefined;
  /** `ESMTP` after EHLO, `LMTP` after LHLO. */
  readonly protocol: MailProtocol;
  /** The transaction that MAIL opened. The caller takes it away after RSET, HELO and the end of the content. */
  readonly transaction: AccessTransaction | undefined;
  /** Temporary failures that make a later permit a deferral, by the stage that had them. */
  readonly deferrals: { readonly client: boolean; readonly helo: boolean; readonly sender: boolean };
  /** What the reply to such a deferral says: that of the first failure. */
  readonly deferral: Reply | undefined;
}

/** A mail transaction, as far as access rules ask. */
export interface AccessTransaction extends MailFacts {
  readonly sender: Octets;
  readonly smtputf8: boolean;
  /** The first recipient that was taken; undefined before. */
  readonly recipient: Octets | undefined;
  /** How many were taken. With the first one, the message gets its queue ID. */
  readonly recipientCount: number;
  /** What becomes of the message beside being let in. */
  readonly actions: AccessActions;
  /** Whether it is known that the sender's, and the last recipient's, address is listed: it isn't looked up again. */
  readonly isSenderChecked: boolean;
  readonly isRecipientChecked: boolean;
}

/** What came of asking. */
export interface AccessDecision {
  /** The reply that refuses the command; undefined: it takes effect. */
  readonly reply: Reply | undefined;
  /** Whether a table's HANGUP closes the connection without a reply. */
  readonly hangsUp: boolean;
  /** With what the command sets, unless it was refused. */
  readonly state: AccessState;
  readonly steps: readonly TraceStep[];
  /** What the client is blamed for: with these the postmaster may be told of its session. */
  readonly errorClasses: ReadonlySet<ErrorClass>;
  /** Of program `smtpd`. As long as the message has no queue ID, a line about it begins with `NOQUEUE: `. */
  readonly log: readonly LogLine[];
}

/** What access rules ask for nothing. */
export const NO_ACTIONS: AccessActions = {
  prepend: [],
  hold: undefined,
  discard: undefined,
  filter: undefined,
  redirect: undefined,
  bcc: [],
};

/** Whether addresses may go beyond ASCII at a command. */
export function asksForSmtputf8(command: AccessCommand, { transaction }: AccessState): boolean {
  return command.verb === 'MAIL' ? command.smtputf8 : (transaction?.smtputf8 ?? false);
}

/** A session in which nothing was said yet. */
export function openAccessState(client: AccessClient): AccessState {
  return {
    client,
    login: '',
    loginMethod: '',
    message: { queueId: '', instance: '' },
    talksAhead: false,
    helo: undefined,
    protocol: 'SMTP',
    transaction: undefined,
    deferrals: { client: false, helo: false, sender: false },
    deferral: undefined,
  };
}
