import { fromOctets } from '../../rules/octets.ts';
import { logSession } from './log-session.ts';
import type { BareNewlines } from './octet-stream.ts';
import { toPeerText } from './peer-text.ts';
import type { Session } from './session.ts';

const LF = 0x0a;
const CR = 0x0d;

/** Whether a line ends with a bare LF. */
export function hasBareNewline(content: Uint8Array): boolean {
  for (let at = content.indexOf(LF); at >= 0; at = content.indexOf(LF, at + 1)) {
    if (content[at - 1] !== CR) return true;
  }
  return false;
}

/**
 * Refuses a line, or a message, for a bare LF.
 * @param where as the log calls it: the command before, or `END-OF-MESSAGE`
 * @see postconf(5), smtpd_forbid_bare_newline = reject
 */
export function refuseBareNewline(session: Session, where: string): string {
  const { settings, rules, transaction, protocol, helo, access } = session;
  const recipient = access.transaction?.recipient;
  const envelope =
    transaction === undefined
      ? ''
      : ` from=<${transaction.reversePath.mailbox}>${recipient === undefined ? '' : ` to=<${fromOctets(recipient)}>`}`;
  const said = `${envelope} proto=${protocol}${helo === undefined ? '' : ` helo=<${helo}>`}`;
  logSession(session, `reject: ${where} from ${toPeerText(session)}: bare <LF> received;${said}`, true);
  const code = rules?.view.integer('smtpd_forbid_bare_newline_reject_code') ?? 550;
  return `${code} 5.5.2 ${settings.get('myhostname')} Error: bare <LF> received`;
}

/** What is made of lines that this client ends with a bare LF. @see postconf(5), smtpd_forbid_bare_newline */
export function readBareNewlines({ settings, allowance }: Pick<Session, 'settings' | 'allowance'>): BareNewlines {
  const value = settings.get('smtpd_forbid_bare_newline');
  if (allowance.mayEndLinesBare || value === 'no') return 'no';
  return value === 'reject' ? 'reject' : 'normalize';
}
