import { logSession } from './log-session.ts';
import { toPeerText } from './peer-text.ts';
import type { Session } from './session.ts';

const MAX_SHOWN_OCTETS = 100;

/**
 * Notes a client that sends on where it has to wait: behind some commands, and behind all if it didn't say EHLO. Access
 * rules may refuse it. It is noted once.
 * @see RFC 2920 §3.1; postconf(5), reject_unauth_pipelining
 */
export function noteTalkingAhead(
  session: Session,
  command: { readonly name: string; readonly isLast?: boolean },
): void {
  if (session.talksAhead || (session.protocol !== 'SMTP' && command.isLast !== true)) return;
  const ahead = session.peekAhead(MAX_SHOWN_OCTETS);
  if (ahead.length === 0) return;
  session.talksAhead = true;
  const text = `improper command pipelining after ${command.name} from ${toPeerText(session)}: ${escapeOctets(ahead)}`;
  logSession(session, text);
}

const NAMED: ReadonlyMap<number, string> = new Map([
  [0x07, String.raw`\a`],
  [0x08, String.raw`\b`],
  [0x09, String.raw`\t`],
  [0x0a, String.raw`\n`],
  [0x0b, String.raw`\v`],
  [0x0c, String.raw`\f`],
  [0x0d, String.raw`\r`],
  [0x5c, '\\\\'],
]);

/** As in C: `\r\n`, `\303`. @see Postfix's escape(3) */
function escapeOctets(octets: Buffer): string {
  return Array.from(octets, (octet) => {
    const named = NAMED.get(octet);
    if (named !== undefined) return named;
    return octet >= 0x20 && octet < 0x7f ? String.fromCharCode(octet) : `\\${octet.toString(8).padStart(3, '0')}`;
  }).join('');
}
