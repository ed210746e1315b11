import type { CommandWord } from '../../rules/address/command-line.ts';
import { readXclient } from '../../rules/access/xclient.ts';
import { takesFamily } from '../../rules/address/protocols.ts';
import { findXforwardFault } from '../../rules/access/xforward.ts';
import { openAccessState } from '../../rules/access/state.ts';
import { fromOctets, toOctets } from '../../rules/octets.ts';
import { blame, type Answer } from './decide.ts';
import { greet } from './greet.ts';
import { toPeerText } from './peer-text.ts';
import type { Session } from './session.ts';

/**
 * XCLIENT: the client plays another one, and the session begins again.
 * @see XCLIENT_README
 */
export function xclient(session: Session, words: readonly CommandWord[]): Answer {
  const refusal = refuse(session, words, 'xclient');
  if (refusal !== undefined) return refusal;
  const read = readXclient(
    words.slice(1).map(({ text }) => toOctets(text)),
    session.peer,
    { takesIpv6: session.rules === undefined || takesFamily(session.rules.view, 'ipv6') },
  );
  if ('refusal' in read) return fromOctets(read.refusal);
  const { client, helo, protocol, login } = read.played;
  session.peer = client;
  // QUIRK: what the client did before is told of the one that it plays.
  session.record.close({ peer: toPeerText(session) });
  session.helo = helo === undefined ? undefined : fromOctets(helo);
  session.protocol = protocol;
  session.username = login === '' ? undefined : fromOctets(login);
  session.loginMethod = login === '' ? undefined : 'XCLIENT';
  session.access = { ...openAccessState(client), helo, protocol };
  return greet(session, { isPlayed: true });
}

/**
 * XFORWARD: what the client says of the one before it. Postfix logs it; here it is only judged.
 * @see XFORWARD_README
 */
export function xforward(session: Session, words: readonly CommandWord[]): Answer {
  const refusal = refuse(session, words, 'xforward');
  if (refusal !== undefined) return refusal;
  const fault = findXforwardFault(words.slice(1).map(({ text }) => toOctets(text)));
  return fault === undefined ? '250 2.0.0 Ok' : fromOctets(fault);
}

function refuse(session: Session, words: readonly CommandWord[], command: 'xclient' | 'xforward'): string | undefined {
  const { transaction, allowance } = session;
  if (transaction !== undefined) return '503 5.5.1 Error: MAIL transaction in progress';
  if (words.length < 2) return `501 5.5.4 Syntax: ${command.toUpperCase()} attribute=value...`;
  if (allowance[command]) return undefined;
  return blame(session, 'policy', '550 5.7.0 Error: insufficient authorization');
}
