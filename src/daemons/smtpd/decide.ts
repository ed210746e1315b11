import type { Path } from '../../rules/address/path.ts';
import type { MailParameters, RcptParameters } from '../../rules/address/parameters.ts';
import type { Session } from './session.ts';
import { formatReply, type SmtpReply } from './reply.ts';

/** What a decision is asked of: a command that is in order, before it takes effect. */
export type SmtpCommand =
  | { readonly verb: 'CONNECT' }
  | { readonly verb: 'HELO' | 'EHLO'; readonly name: string }
  | { readonly verb: 'AUTH'; readonly mechanism: string; readonly username: string }
  | { readonly verb: 'MAIL'; readonly path: Path; readonly parameters: MailParameters }
  | { readonly verb: 'RCPT'; readonly path: Path; readonly parameters: RcptParameters }
  | { readonly verb: 'DATA' }
  | { readonly verb: 'END-OF-DATA'; readonly sizeBytes: number }
  | { readonly verb: 'VRFY'; readonly path: Path };

/**
 * The one decision point of a command. Policy hangs on it: restrictions, strict mode, faults that a test asks for.
 * @returns the reply that refuses the command, or undefined: it takes effect
 */
export type Decide = (command: SmtpCommand, session: Session) => SmtpReply | undefined | Promise<SmtpReply | undefined>;

/** A reply line, at once or later. */
export type Answer = string | Promise<string>;

/** Asks for a decision; without a refusal, `proceed` carries the command out. Stays synchronous where it can. */
export function decided(session: Session, command: SmtpCommand, proceed: () => Answer): Answer {
  if (session.decide === undefined) return proceed();
  const decision = session.decide(command, session);
  if (decision instanceof Promise) {
    return decision.then((reply) => (reply === undefined ? proceed() : formatReply(reply)));
  }
  return decision === undefined ? proceed() : formatReply(decision);
}
