import type { MessageFinding, MimePart } from './parsed.ts';

/**
 * Finds body octets that are in no part, so that no view shows them: a multipart without a boundary that works, text
 * after the last delimiter, a part without the empty line after its header. What stands before the first delimiter is
 * for readers without MIME (RFC 2046 §5.1.1) and not looked at.
 */
export function findLostOctets(root: MimePart, raw: Uint8Array): readonly MessageFinding[] {
  const buffer = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  let lost = 0;
  let hasEmpty = false;
  const open = [root];
  for (let part = open.pop(); part; part = open.pop()) {
    if (!part.contentType.startsWith('multipart/')) continue;
    let from = part.children[0]?.bodyEnd ?? part.bodyStart;
    for (const child of part.children.slice(1)) {
      lost += textLength(buffer.toString('latin1', from, child.headerStart));
      from = child.bodyEnd;
    }
    const rest = textLength(buffer.toString('latin1', from, part.bodyEnd));
    lost += rest;
    if (rest > 0 && part.children.length === 0) hasEmpty = true;
    open.push(...part.children);
  }
  if (lost === 0) return [];
  const where = hasEmpty
    ? 'a multipart has no part: its boundary is missing, empty or never used'
    : 'outside all parts';
  return [{ code: 'lost-octets', text: `${lost} octets of the body are shown nowhere but in the raw view: ${where}` }];
}

/** How many octets there are in lines that are neither blank nor delimiters. */
function textLength(latin1: string): number {
  if (latin1.trim() === '') return 0;
  let length = 0;
  for (const line of latin1.split('\n')) if (!line.startsWith('--')) length += line.trim().length;
  return length;
}
