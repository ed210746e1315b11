import { fromOctets } from '../../rules/octets.ts';
import { describeCommand, logSession } from './log-session.ts';
import type { BareNewlines } from './octet-stream.ts';
import { toPeerText } from './peer-text.ts';
import type { Session } from './session.ts';

/**
 * Refuses a line, or a message, for a bare LF.
 * @param where as the log calls it: the command before, or `END-OF-MESSAGE`
 * @see postconf(5), smtpd_forbid_bare_newline = reject
 */
export function refuseBareNewline(session: Session, where: string): string {
  const { settings, rules, transaction, access } = session;
  const recipient = access.transaction?.recipient;
  const facts = describeCommand(session, {
    sender: transaction?.reversePath.mailbox,
    recipient: recipient === undefined ? undefined : fromOctets(recipient),
  });
  logSession(session, `reject: ${where} from ${toPeerText(session)}: bare <LF> received; ${facts}`, true);
  const code = rules?.view.integer('smtpd_forbid_bare_newline_reject_code') ?? 550;
  return `${code} 5.5.2 ${settings.get('myhostname')} Error: bare <LF> received`;
}

/** What is made of lines that this client ends with a bare LF. @see postconf(5), smtpd_forbid_bare_newline */
export function readBareNewlines({ settings, allowance }: Pick<Session, 'settings' | 'allowance'>): BareNewlines {
  const value = settings.get('smtpd_forbid_bare_newline');
  if (allowance.mayEndLinesBare || value === 'no') return 'no';
  return value === 'reject' ? 'reject' : 'normalize';
}
