import { splitCommandLine, type CommandWord } from '../../rules/address/command-line.ts';
import { openStringList } from '../../rules/lists/parameter-lists.ts';
import { toOctets, type Octets } from '../../rules/octets.ts';
import { orIfUnavailable } from '../../rules/tables/lookup-table.ts';
import { auth } from './auth.ts';
import { bdat } from './bdat.ts';
import { data } from './data.ts';
import { blame, type Answer } from './decide.ts';
import { etrn } from './etrn.ts';
import { helo } from './helo.ts';
import { logSession } from './log-session.ts';
import { mail } from './mail.ts';
import { toPeerText } from './peer-text.ts';
import { noteTalkingAhead } from './pipelining.ts';
import { rcpt } from './rcpt.ts';
import type { SessionRules } from './rules.ts';
import { endTransaction, type Session } from './session.ts';
import { readTlsLevel, refuseCertificate, starttls } from './starttls.ts';
import { vrfy } from './vrfy.ts';
import { xclient, xforward } from './xclient.ts';

/** A command that is known. */
interface Command {
  /** In capitals. */
  readonly name: string;
  readonly carryOut: (session: Session, words: readonly CommandWord[]) => Answer;
  /** It can be said for ever without sending mail. */
  readonly isJunk?: true;
  /** The client has to wait for the reply. @see RFC 2920 §3.1 */
  readonly isLast?: true;
  /** It may be said before STARTTLS where TLS is demanded. */
  readonly isPlain?: true;
}

const noop = (): string => '250 2.0.0 Ok';

const COMMANDS: ReadonlyMap<string, Command> = new Map(
  (
    [
      {
        name: 'HELO',
        carryOut: (session, words) => helo(session, words, 'HELO'),
        isJunk: true,
        isLast: true,
        isPlain: true,
      },
      {
        name: 'EHLO',
        carryOut: (session, words) => helo(session, words, 'EHLO'),
        isJunk: true,
        isLast: true,
        isPlain: true,
      },
      {
        name: 'LHLO',
        carryOut: (session, words) => helo(session, words, 'LHLO'),
        isJunk: true,
        isLast: true,
        isPlain: true,
      },
      { name: 'XCLIENT', carryOut: xclient, isPlain: true },
      { name: 'XFORWARD', carryOut: xforward },
      { name: 'AUTH', carryOut: auth },
      { name: 'STARTTLS', carryOut: starttls, isPlain: true },
      { name: 'MAIL', carryOut: mail },
      { name: 'RCPT', carryOut: rcpt },
      { name: 'DATA', carryOut: data, isLast: true },
      { name: 'BDAT', carryOut: bdat },
      { name: 'RSET', carryOut: rset, isJunk: true },
      { name: 'NOOP', carryOut: noop, isJunk: true, isLast: true, isPlain: true },
      { name: 'VRFY', carryOut: vrfy, isJunk: true, isLast: true },
      { name: 'ETRN', carryOut: etrn, isJunk: true },
      { name: 'QUIT', carryOut: () => '221 2.0.0 Bye', isPlain: true },
    ] satisfies readonly Command[]
  ).map((command) => [command.name, command]),
);

/** Carries out a command line. @see RFC 5321 §4.1; Postfix's smtpd(8) */
export function carryOut(session: Session, line: string): Answer {
  const fault = refuseCertificate(session);
  if (fault !== undefined) return fault;
  const words = splitCommandLine(line);
  const name = words[0]?.text;
  session.isJunk = false;
  if (name === undefined) return '500 5.5.2 Error: bad syntax';
  const { rules } = session;
  if (rules === undefined) return carryOutKnown(session, words, { name, line });
  const listed = findInLists(name, rules);
  const proceed = (found: Listed): Answer => {
    if (found === 'noop') {
      session.isJunk = true;
      return noop();
    }
    return carryOutKnown(session, words, { name, line, isForbidden: found === 'forbidden' });
  };
  return typeof listed === 'string'
    ? proceed(listed)
    : rules.decide(listed, { signal: session.signal }).then(({ value }) => proceed(value));
}

function carryOutKnown(
  session: Session,
  words: readonly CommandWord[],
  { name, line, isForbidden = false }: { readonly name: string; readonly line: string; readonly isForbidden?: boolean },
): Answer {
  const command = findCommand(name, session);
  session.where = command?.name ?? 'UNKNOWN';
  if (command === undefined && (isForbidden || isHeader(name))) {
    logSession(session, `warning: non-SMTP command from ${toPeerText(session)}: ${line.slice(0, 100)}`);
    return '221 2.7.0 Error: I can break rules, too. Goodbye.';
  }
  if (session.isDenied && command?.name !== 'QUIT') {
    return blame(session, undefined, `503 5.7.0 Error: access denied for ${toPeerText(session)}`);
  }
  if (command === undefined) return '500 5.5.2 Error: command not recognized';
  if (command.isPlain !== true && !session.peer.isEncrypted && readTlsLevel(session) === 'encrypt') {
    return blame(session, undefined, '530 5.7.0 Must issue a STARTTLS command first');
  }
  session.isJunk = command.isJunk === true;
  noteTalkingAhead(session, command);
  return command.carryOut(session, words);
}

/** Whoever speaks LMTP greets with LHLO, others with HELO or EHLO. @see RFC 2033 §4.1 */
function findCommand(name: string, { isLmtp = false }: Session): Command | undefined {
  const command = COMMANDS.get(name) ?? COMMANDS.get(name.toUpperCase());
  const isOfOthers = isLmtp ? command?.name === 'HELO' || command?.name === 'EHLO' : command?.name === 'LHLO';
  return isOfOthers ? undefined : command;
}

type Listed = 'noop' | 'forbidden' | 'neither';

/**
 * Whether smtpd_noop_commands or smtpd_forbidden_commands has a command. Stays synchronous for commands that are known,
 * where nothing is in the first.
 */
function findInLists(name: string, { view, world }: SessionRules): Listed | (() => Listed) {
  const isKnown = COMMANDS.has(name.toUpperCase());
  if (isKnown && view.get('smtpd_noop_commands') === '') return 'neither';
  const asked = toOctets(name);
  /** A list that can't be asked has nothing in it. */
  const has = (parameter: Octets): boolean =>
    orIfUnavailable(
      () => openStringList(parameter, view, world).has({ name: asked }, { stage: 'smtpd', steps: [] }),
      false,
    );
  return () => {
    if (has('smtpd_noop_commands')) return 'noop';
    return !isKnown && has('smtpd_forbidden_commands') ? 'forbidden' : 'neither';
  };
}

/** How a command line is written down: without secrets. */
export function toRecord(line: string): string {
  if (!/^\s*auth\s/i.test(line)) return line;
  const [command, mechanism, ...secret] = splitCommandLine(line);
  return secret.length === 0 ? line : `${command?.text ?? ''} ${mechanism?.text ?? ''} ****`;
}

/** The header of a message that we think is over. */
function isHeader(name: string): boolean {
  return /^[!-9;-~]+:/.test(name);
}

/** @see RFC 5321 §4.1.1.5 */
function rset(session: Session, words: readonly CommandWord[]): string {
  if (words.length > 1) return '501 5.5.4 Syntax: RSET';
  session.record.close({ peer: toPeerText(session), isFlush: true });
  endTransaction(session);
  return '250 2.0.0 Ok';
}
