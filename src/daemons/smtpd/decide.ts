import type { AccessCommand } from '../../rules/access/state.ts';
import type { Path } from '../../rules/address/path.ts';
import type { MailParameters, RcptParameters } from '../../rules/address/parameters.ts';
import type { ErrorClass } from '../../rules/bounce/error-class.ts';
import type { AccessActions } from '../../rules/cleanup/cleanup-request.ts';
import type { LogLine } from '../../rules/journey.ts';
import type { QueueId } from '../../store/queue-id.ts';
import type { IncomingMessage } from '../cleanup/accept.ts';
import type { Session } from './session.ts';
import { formatReply, HANG_UP, type SmtpReply } from './reply.ts';
import { askAccess, findAddressFault } from './rules.ts';

/** What a decision is asked of: a command that is in order, before it takes effect. */
export type SmtpCommand =
  /** Also after XCLIENT has made the client another: `isPlayed`. */
  | { readonly verb: 'CONNECT'; readonly isPlayed: boolean }
  | { readonly verb: 'HELO' | 'EHLO' | 'LHLO'; readonly name: string }
  | { readonly verb: 'AUTH'; readonly mechanism: string; readonly username: string }
  | { readonly verb: 'MAIL'; readonly path: Path; readonly parameters: MailParameters }
  | { readonly verb: 'RCPT'; readonly path: Path; readonly parameters: RcptParameters }
  | { readonly verb: 'STARTTLS' | 'DATA' | 'BDAT' }
  | { readonly verb: 'END-OF-DATA'; readonly sizeBytes: number; readonly queueId: QueueId }
  /** The message is taken; once it is kept the client is told so, or otherwise. */
  | { readonly verb: 'KEPT' }
  | { readonly verb: 'VRFY'; readonly path: Path }
  | { readonly verb: 'ETRN'; readonly domain: string };

/**
 * The one decision point of a command. Policy hangs on it: restrictions, strict mode, faults that a test asks for.
 * @returns the reply that refuses the command, `hang up` without one, or undefined: it takes effect
 */
export type Decide = (command: SmtpCommand, session: Session) => Decision | Promise<Decision>;

/** What a decision makes of a command. */
export type Decision = SmtpReply | 'hang up' | undefined;

/** A refusal of a message that is complete, and what Postfix would log of it. */
export interface ContentRefusal {
  readonly reply: SmtpReply;
  readonly errorClass: ErrorClass;
  readonly log: readonly LogLine[];
}

/** The decision about a message that is complete, before it is kept: what cleanup(8) answers. */
export type DecideContent = (
  message: IncomingMessage,
  options: {
    /** What access rules asked for. */
    readonly actions: AccessActions;
    /** Aborts when the connection is gone. */
    readonly signal: AbortSignal;
  },
) => Promise<ContentRefusal | undefined>;

/** A reply line, at once or later. */
export type Answer = string | Promise<string>;

/**
 * Asks for a decision, and in strict mode for Postfix's; without a refusal, `proceed` carries the command out. Stays
 * synchronous where it can.
 */
export function decided(session: Session, command: SmtpCommand, proceed: () => Answer): Answer {
  const ruled = () => askRules(session, command, proceed);
  const follow = (decision: Decision) => (decision === undefined ? ruled() : toReplyLine(session, decision));
  const decision = session.decide?.(command, session);
  return decision instanceof Promise ? decision.then(follow) : follow(decision);
}

/** The line that says it. Whatever class of error it is has been said. */
export function toReplyLine(session: Session, decision: SmtpReply | 'hang up'): string {
  return decision === 'hang up' ? HANG_UP : blame(session, undefined, formatReply(decision));
}

/** A reply that refuses, and what kind of error it is: without this it is one of protocol. @param errorClass undefined: none */
export function blame(session: Pick<Session, 'blame'>, errorClass: ErrorClass | undefined, reply: string): string {
  session.blame = errorClass;
  return reply;
}

/** Whether clients are answered as Postfix would: in strict mode. */
export function asksRules({ rules, settings }: Pick<Session, 'rules' | 'settings'>): boolean {
  return rules !== undefined && settings.get('catch_mode') === 'strict';
}

function askRules(session: Session, command: SmtpCommand, proceed: () => Answer): Answer {
  const { rules } = session;
  if (rules === undefined || !asksRules(session)) return proceed();
  return askAccess(session, rules, command).then((reply) => {
    if (reply === undefined) return proceed();
    if (reply === 'hang up') session.dialogue.note('an access table says HANGUP');
    return toReplyLine(session, reply);
  });
}

/**
 * Refuses a command for its parameters: only if there is nothing wrong with its address, which Postfix looks at before.
 * @param command as rules are asked
 * @param say the reply to the parameters
 */
export function refused(session: Session, command: AccessCommand, say: () => string): Answer {
  const { rules } = session;
  if (rules === undefined || !asksRules(session)) return say();
  return findAddressFault(session, rules, command).then((fault) => (fault ? formatReply(fault) : say()));
}
