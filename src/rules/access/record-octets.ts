const LF = 0x0a;
const CR = 0x0d;

/**
 * How many octets of content Postfix counts: each line without its line end, and two for that. A line beyond the limit is
 * several.
 * @param lineLimit line_length_limit
 * @see Postfix's smtpd.c, act_size
 */
export function countOctets(content: Uint8Array, lineLimit: number): number {
  let count = 0;
  for (let start = 0; start < content.length;) {
    const lineFeed = content.indexOf(LF, start);
    const next = lineFeed < 0 ? content.length : lineFeed + 1;
    let end = lineFeed < 0 ? next : lineFeed;
    while (lineFeed >= 0 && end > start && content[end - 1] === CR) end -= 1;
    const length = end - start;
    count += length + 2 * Math.max(1, Math.ceil(length / lineLimit));
    start = next;
  }
  return count;
}
