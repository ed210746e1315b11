import { quoteAddress } from '../address/quote.ts';
import { foldKey, isUtf8 } from '../tables/fold-key.ts';
import type { Octets } from '../octets.ts';

const LF = 10;
const MOST_HEADERS = 1000;

// A header's name ends at a colon; white space may stand before it.
const HEADER = /^[!-9;-~]+[ \t]*:/;
const DELIVERED_TO = /^delivered-to[ \t]*:[ \t\r\n\v\f]*(.*)$/is;

/**
 * Finds the addresses that a message says it has been delivered to: the loop of two .forward files ends here.
 * @param content with CRLF
 * @param longestLine line_length_limit: behind a longer line nothing counts
 * @returns whether it has been at an address, which is in internal form
 * @see Postfix's delivered_hdr(3)
 */
export function findDeliveredTo(content: Uint8Array, longestLine: number): (address: Octets) => boolean {
  if (!isMentioned(content)) return () => false;
  const found = new Set<Octets>();
  for (const line of listHeaderLines(content, longestLine)) {
    const address = DELIVERED_TO.exec(line)?.[1];
    if (address !== undefined) found.add(fold(address));
    if (found.size >= MOST_HEADERS) break;
  }
  return (address) => found.size > 0 && found.has(fold(quoteAddress(address)));
}

const LONGEST_LOOKED_THROUGH = 16 * 1024;

/** Whether such a header may be there: in most messages none is. */
function isMentioned(content: Uint8Array): boolean {
  const octets = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  const head = octets.toString('latin1', 0, LONGEST_LOOKED_THROUGH);
  const end = head.search(/\r?\n\r?\n/);
  // Of a longer header each line is looked at.
  if (end < 0 && octets.length > LONGEST_LOOKED_THROUGH) return true;
  return /^delivered-to[ \t]*:/im.test(end < 0 ? head : head.slice(0, end));
}

/** The lines of the header, without their ends. */
function* listHeaderLines(content: Uint8Array, longestLine: number): Generator<Octets> {
  const octets = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  let start = 0;
  while (start < octets.length) {
    const end = octets.indexOf(LF, start);
    const line = octets.toString('latin1', start, end < 0 ? octets.length : end).replace(/\r$/, '');
    if (line.length > longestLine) return;
    if (!HEADER.test(line) && !/^[ \t]/.test(line)) return;
    yield line;
    if (end < 0) return;
    start = end + 1;
  }
}

function fold(address: Octets): Octets {
  return foldKey(address, isUtf8(address));
}
