import { quoteAddress } from '../address/quote.ts';
import type { MailboxHead } from '../journey.ts';
import type { Octets } from '../octets.ts';

const LF = 10;
const CR = 13;
const FROM = Buffer.from('From ');

// `Tue Nov 24 18:28:30 2026`
const DATE_OCTETS = 24;

/** A message on its way into a file. */
export interface MailboxCopy {
  readonly format: 'mbox' | 'maildir';
  readonly head: MailboxHead;
  readonly sender: Octets;
  /** With CRLF. */
  readonly content: Uint8Array;
}

/** How many octets a message takes in a mailbox. @see Postfix's mail_copy(3) */
export function measureMailboxCopy({ format, head, sender, content }: MailboxCopy): number {
  let size = head.reduce((sum, [name, value]) => sum + name.length + value.length + 3, 0);
  const { octets, fromLines } = measureContent(content);
  size += octets;
  if (format === 'maildir') return size;
  const from = sender === '' ? 'MAILER-DAEMON' : quoteAddress(sender);
  // `From SENDER  DATE`, a `>` before each line that looks like one, an empty line behind.
  return size + 'From '.length + from.length + 2 + DATE_OCTETS + 1 + fromLines + 1;
}

/** Counts octets with LF as line end. */
function measureContent(content: Uint8Array): { readonly octets: number; readonly fromLines: number } {
  let octets = content.length;
  let fromLines = 0;
  let start = 0;
  while (start < content.length) {
    if (FROM.every((code, index) => content[start + index] === code)) fromLines++;
    const end = content.indexOf(LF, start);
    if (end < 0) {
      octets++;
      break;
    }
    if (end > start && content[end - 1] === CR) octets--;
    start = end + 1;
  }
  return { octets, fromLines };
}
