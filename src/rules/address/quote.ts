import type { Octets } from '../octets.ts';
import { isAscii } from '../tables/fold-key.ts';

/**
 * Puts an address into external form, as it stands in tables and headers: the local part in quotes unless it is words
 * between dots. Octets above 127 need none. A source route before the address stays as it is.
 * @param address in internal form
 * @see RFC 822 §6.1; Postfix's quote_822_local(3)
 */
export function quoteAddress(address: Octets): Octets {
  if (PLAIN_ADDRESS.test(address)) return address;
  const start = findLocalPart(address);
  const at = address.lastIndexOf('@');
  return quote(address, { start, end: at < start ? address.length : at, escaped: ESCAPED });
}

/**
 * The same, but octets above 127 in the local part need quotes, and a backslash each.
 * @see {@link quoteAddress}; Postfix's quote_822_local(3) without QUOTE_FLAG_8BITCLEAN
 */
export function quoteAddressAs7bit(address: Octets): Octets {
  if (isAscii(address)) return quoteAddress(address);
  const at = address.lastIndexOf('@');
  const localPart = at < 0 ? address : address.slice(0, at);
  if (isAscii(localPart)) return quoteAddress(address);
  return `"${localPart.replace(ESCAPED_AS_7BIT, '\\$&')}"${address.slice(localPart.length)}`;
}

/** Puts a local part that has no domain into external form: `@` needs quotes, too. @see {@link quoteAddress} */
export function quoteLocalPart(localPart: Octets): Octets {
  return quote(localPart, { start: findLocalPart(localPart), end: localPart.length, escaped: ESCAPED });
}

/** Puts an address into the form that SMTP commands have. @see RFC 5321 §4.1.2; Postfix's quote_821_local(3) */
export function quoteForSmtp(address: Octets): Octets {
  const at = address.lastIndexOf('@');
  return quote(address, { start: 0, end: at < 0 ? address.length : at, escaped: ESCAPED_FOR_SMTP });
}

/**
 * Puts an address into internal form: the quotes and backslashes of its local part are gone. What follows the last `@`
 * outside of quotes stays as it is.
 * @param address in external form
 * @see Postfix's unquote_822_local(3)
 */
export function unquoteAddress(address: Octets): Octets {
  if (!/["\\]/.test(address)) return address;
  const start = findLocalPart(address);
  let text = address.slice(0, start);
  let isQuoted = false;
  let domain: { readonly from: number; readonly localPart: Octets } | undefined;
  for (let at = start; at < address.length; at++) {
    const char = address.charAt(at);
    if (char === '"') {
      isQuoted = !isQuoted;
      continue;
    }
    if (char === '@' && !isQuoted) domain = { from: at, localPart: text };
    if (char === '\\') {
      at++;
      text += address.charAt(at);
    } else {
      text += char;
    }
  }
  return domain === undefined ? text : domain.localPart + address.slice(domain.from);
}

const ESCAPED = /["\\\r]/g;
const ESCAPED_AS_7BIT = /["\\\r\x80-\xff]/g;
const ESCAPED_FOR_SMTP = /["\\\r\n]/g;

const ATOM = String.raw`[^\0- \x7f()<>@,;:\\"[\].]+`;
/** Most local parts: nothing in them needs quotes. */
const DOT_STRING = new RegExp(`^${ATOM}(?:\\.${ATOM})*$`);
/** Most addresses: they have such local parts. */
const PLAIN_ADDRESS = new RegExp(`^${ATOM}(?:\\.${ATOM})*(?:@[^@]*)?$`);

function quote(
  address: Octets,
  { start, end, escaped }: { readonly start: number; readonly end: number; readonly escaped: RegExp },
): Octets {
  const localPart = address.slice(start, end);
  if (DOT_STRING.test(localPart)) return address;
  return `${address.slice(0, start)}"${localPart.replace(escaped, '\\$&')}"${address.slice(end)}`;
}

/** Where the local part begins: behind a source route. */
function findLocalPart(address: Octets): number {
  return address.startsWith('@') ? address.indexOf(':') + 1 : 0;
}
