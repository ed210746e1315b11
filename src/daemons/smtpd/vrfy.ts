import type { CommandWord } from '../../rules/address/command-line.ts';
import { parsePath } from '../../rules/address/path.ts';
import { countEvent } from './client-limits.ts';
import { blame, decided, type Answer } from './decide.ts';
import type { Session } from './session.ts';

/**
 * VRFY: whether an address is one. Says no more than that it would be taken.
 * @see RFC 5321 §3.5.3
 */
export function vrfy(session: Session, words: readonly CommandWord[]): Answer {
  if (session.rules?.view.isYes('disable_vrfy_command') === true) {
    return blame(session, 'policy', '502 5.5.1 VRFY command is disabled');
  }
  const rest = words.slice(1);
  const smtputf8 = rest.length > 1 && rest.at(-1)?.text.toUpperCase() === 'SMTPUTF8';
  const parts = smtputf8 ? rest.slice(0, -1) : rest;
  if (parts.length === 0) return '501 5.5.4 Syntax: VRFY address [SMTPUTF8]';
  const beyond = countEvent(session, 'recipient');
  if (beyond !== undefined) return beyond;
  const text = parts.map((part) => part.text).join(' ');
  const path = parsePath({ text, unclosed: parts.some((part) => part.unclosed) }, { smtputf8 });
  if (path === undefined || path.mailbox === '') return '501 5.1.3 Bad recipient address syntax';
  return decided(session, { verb: 'VRFY', path }, () => `252 2.0.0 ${text}`);
}
