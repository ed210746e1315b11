import { quoteAddress } from '../address/quote.ts';
import { formatMailDate } from '../mail-date.ts';
import { toPrintable, type Octets } from '../octets.ts';
import type { View } from '../world.ts';
import { wrapLine } from './wrap-line.ts';

/** What smtpd(8) tells the postmaster of a session in which something went wrong. */
export interface SessionNotice {
  readonly queueId: Octets;
  /** When it was written, ms since 1970. */
  readonly nowMs: number;
  /** The listener, as master.cf has it: `25/inet`. */
  readonly service: Octets;
  /** As configured. */
  readonly recipient: Octets;
  /** `name[address]` of the client. */
  readonly peer: Octets;
  /** Why the session ended before its time; undefined if it didn't. */
  readonly reason: Octets | undefined;
  readonly lines: readonly { readonly from: 'client' | 'server'; readonly text: Octets }[];
}

/** A line of the transcript, less the blank before it. */
const LINE_LENGTH = 78;
const INDENT = 4;

/** Its octets with CRLF, as smtpd(8) hands them to cleanup(8). @see Postfix's smtpd_chat(3), smtpd_chat_notify */
export function writeSessionNotice({ nowMs, peer, reason, lines }: SessionNotice, view: View): Uint8Array {
  const isObsolete = view.get('header_from_format') === 'obsolete';
  const name = (address: Octets, called: Octets): Octets =>
    isObsolete ? `${address} (${called})` : `${called} <${address}>`;
  const text = [
    `Date: ${formatMailDate(nowMs)}`,
    `From: ${name(`MAILER-DAEMON@${view.get('myhostname')}`, 'Mail Delivery System')}`,
    // QUIRK: also where it goes to bounce_notice_recipient.
    `To: ${name(quoteAddress(view.get('error_notice_recipient')), 'Postmaster')}`,
    `Subject: ${view.get('mail_name')} SMTP server: errors from ${peer}`,
    '',
    'Transcript of session follows.',
    '',
    ...lines.flatMap((line) => toTranscript(line, view)),
    '',
    ...(reason === undefined ? [] : [`Session aborted, reason: ${reason}`]),
    '',
    'For other details, see the local mail logfile',
    '',
  ];
  return Buffer.from(text.join('\r\n'), 'latin1');
}

function toTranscript({ from, text }: SessionNotice['lines'][number], view: View): readonly Octets[] {
  const line = `${from === 'client' ? 'In:  ' : 'Out: '}${text}`;
  return wrapLine(toPrintable(line, view.isYes('smtputf8_enable')), LINE_LENGTH, INDENT).map((one) => ` ${one}`);
}
