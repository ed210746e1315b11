import type { Octets } from '../octets.ts';

/** What came of reading a netstring: its text, that it isn't all there yet, or what is wrong with it. */
export type NetstringReading =
  { readonly text: Octets } | { readonly isPartial: true } | { readonly fault: NetstringFault };

/** In Postfix's words. @see Postfix's netstring(3), netstring_strerror */
export type NetstringFault = 'input format error' | 'input exceeds size limit';

/** Wraps octets as a netstring: `5:hello,`. @see https://cr.yp.to/proto/netstrings.txt */
export function toNetstring(text: Octets): Octets {
  return `${text.length}:${text},`;
}

/**
 * Reads the netstring that octets begin with; what follows it is ignored, as Postfix ignores it.
 * @param limitOctets the greatest length of its text
 */
export function readNetstring(octets: Octets, limitOctets: number): NetstringReading {
  const [digits = ''] = /^[0-9]*/.exec(octets) ?? [];
  // QUIRK: leading zeros are let in, and so is no digit at all, which is length 0 (netstring_get_length).
  const length = Number(digits);
  if (length > Number.MAX_SAFE_INTEGER) return { fault: 'input exceeds size limit' };
  if (octets.length === digits.length) {
    return digits.length > String(Number.MAX_SAFE_INTEGER).length
      ? { fault: 'input format error' }
      : { isPartial: true };
  }
  if (octets.charAt(digits.length) !== ':') return { fault: 'input format error' };
  if (length > limitOctets) return { fault: 'input exceeds size limit' };
  const start = digits.length + 1;
  const terminator = octets.charAt(start + length);
  if (terminator === '') return { isPartial: true };
  return terminator === ',' ? { text: octets.slice(start, start + length) } : { fault: 'input format error' };
}
