import { splitCommandLine, type CommandWord } from '../../rules/address/command-line.ts';
import { auth } from './auth.ts';
import { data } from './data.ts';
import type { Answer } from './decide.ts';
import { helo } from './helo.ts';
import { mail } from './mail.ts';
import { toPeerText } from './peer-text.ts';
import { rcpt } from './rcpt.ts';
import type { Session } from './session.ts';
import { vrfy } from './vrfy.ts';
import { xclient, xforward } from './xclient.ts';

type Handler = (session: Session, words: readonly CommandWord[]) => Answer;

const noop: Handler = () => '250 2.0.0 Ok';
const notImplemented: Handler = () => '502 5.5.1 Error: command not implemented';

const HANDLERS: ReadonlyMap<string, Handler> = new Map<string, Handler>([
  ['HELO', (session, words) => helo(session, words, 'HELO')],
  ['EHLO', (session, words) => helo(session, words, 'EHLO')],
  ['MAIL', mail],
  ['RCPT', rcpt],
  ['DATA', data],
  ['RSET', rset],
  ['NOOP', noop],
  // Postfix knows no HELP; with smtpd_noop_commands = HELP it answers this.
  ['HELP', noop],
  ['VRFY', vrfy],
  ['AUTH', auth],
  ['QUIT', () => '221 2.0.0 Bye'],
  ['ETRN', notImplemented],
  ['STARTTLS', notImplemented],
  // The octets that follow must not be taken for commands: Postfix hangs up.
  ['BDAT', () => '521 5.5.1 Error: command not implemented'],
  ['XCLIENT', xclient],
  ['XFORWARD', xforward],
]);

/**
 * Carries out a command line.
 * @see RFC 5321 §4.1; Postfix's smtpd(8)
 */
export function carryOut(session: Session, line: string): Answer {
  const words = splitCommandLine(line);
  const name = words[0]?.text;
  if (name === undefined) return '500 5.5.2 Error: bad syntax';
  const handler = HANDLERS.get(name) ?? HANDLERS.get(name.toUpperCase());
  if (handler !== undefined) {
    if (!session.isDenied || name.toUpperCase() === 'QUIT') return handler(session, words);
    return `503 5.7.0 Error: access denied for ${toPeerText(session)}`;
  }
  return isForeign(name)
    ? '221 2.7.0 Error: I can break rules, too. Goodbye.'
    : '500 5.5.2 Error: command not recognized';
}

/** How a command line is written down: without secrets. */
export function toRecord(line: string): string {
  if (!/^\s*auth\s/i.test(line)) return line;
  const [command, mechanism, ...secret] = splitCommandLine(line);
  return secret.length === 0 ? line : `${command?.text ?? ''} ${mechanism?.text ?? ''} ****`;
}

/**
 * Not SMTP at all: an HTTP request, a mail header, the body of a message that we think is over.
 * @see postconf(5), smtpd_forbidden_commands
 */
function isForeign(name: string): boolean {
  return /^(?:connect|get|post)$/i.test(name) || /^[^A-Z]/i.test(name) || /^[!-9;-~]+:/.test(name);
}

/** @see RFC 5321 §4.1.1.5 */
function rset(session: Session, words: readonly CommandWord[]): string {
  if (words.length > 1) return '501 5.5.4 Syntax: RSET';
  session.transaction = undefined;
  return '250 2.0.0 Ok';
}
