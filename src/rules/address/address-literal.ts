import type { Octets } from '../octets.ts';
import { parseIpAddress, type IpAddress } from './ip-address.ts';

/**
 * What an address literal has: its address, undefined if it is one by its letters alone (`1:2:3`); or what is wrong with
 * it, in Postfix's words.
 */
export type LiteralAddress = { readonly address: IpAddress | undefined } | { readonly fault: Octets };

/**
 * Reads what stands between the brackets of an address literal: `192.0.2.1`, or `IPv6:` and an address.
 * @see RFC 5321 §4.1.3; Postfix's valid_mailhost_addr(3)
 */
export function parseAddressLiteral(text: Octets): LiteralAddress {
  const isV6 = text.slice(0, 5).toLowerCase() === 'ipv6:';
  const bare = isV6 ? text.slice(5) : text;
  const fault = isV6 ? findIpv6Fault(bare) : findIpv4Fault(bare);
  if (fault !== undefined) return { fault };
  return { address: parseIpAddress(isV6 ? bare : withoutLeadingZeros(bare)) };
}

/**
 * Reads an address as a mail host's is written: IPv6 with `IPv6:` before it.
 * @returns the address as it is written, without that; undefined if it is none
 */
export function readMailHostAddress(
  text: Octets,
): { readonly written: Octets; readonly address: IpAddress } | undefined {
  const isV6 = /^ipv6:/i.test(text);
  const written = isV6 ? text.slice(5) : text;
  const address = parseIpAddress(written);
  return address !== undefined && (address.family === 'ipv6') === isV6 ? { written, address } : undefined;
}

/** What is wrong with an IPv4 address, in Postfix's words. QUIRK: leading zeros are let pass, 0.1.2.3 isn't. */
export function findIpv4Fault(text: Octets): Octets | undefined {
  const say = (fault: Octets, at: Octets = text) => `valid_ipv4_hostaddr: ${fault}: ${at.slice(0, 100)}`;
  const bytes: number[] = [];
  let isInByte = false;
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (char >= '0' && char <= '9') {
      if (!isInByte) bytes.push(0);
      isInByte = true;
      const value = (bytes.at(-1) ?? 0) * 10 + Number(char);
      bytes[bytes.length - 1] = value;
      if (value > 255) return say('invalid octet value');
    } else if (char === '.') {
      if (!isInByte || at === text.length - 1) return say('misplaced dot');
      if (bytes.length === 1 && bytes[0] === 0 && /[^0.]/.test(text)) return say('bad initial octet value');
      isInByte = false;
    } else {
      return say(`invalid character ${char.charCodeAt(0)}(decimal)`);
    }
  }
  return bytes.length === 4 ? undefined : say('invalid octet count');
}

/** What is wrong with an IPv6 address, in Postfix's words. @see Postfix's valid_ipv6_hostaddr(3) */
function findIpv6Fault(text: Octets): Octets | undefined {
  const say = (fault: Octets) => `valid_ipv6_hostaddr: ${fault}: ${text.slice(0, 100)}`;
  if (text === '') return 'valid_ipv6_hostaddr: empty address';
  let field = 0;
  let nullField = 0;
  let length = 0;
  let at = 0;
  for (;;) {
    const char = text.charAt(at);
    if (char === '') {
      if (field < 2) return say("too few `:' in IPv6 address");
      return length === 0 && nullField !== field - 1 ? say('bad null last field in IPv6 address') : undefined;
    }
    if (char === '.') {
      if (field < 2 || field > 6) return say('malformed IPv4-in-IPv6 address');
      return findIpv4Fault(text.slice(at - length));
    }
    if (char === ':') {
      if (field === 0 && length === 0 && /[A-Za-z0-9]/.test(text.charAt(at + 1))) {
        return say('bad null first field in IPv6 address');
      }
      field += 1;
      if (field > 7) return say("too many `:' in IPv6 address");
      at += 1;
      length = 0;
      if (text.charAt(at) !== ':') continue;
      if (nullField > 0) return say("too many `::' in IPv6 address");
      nullField = field;
    } else {
      length = (/^[0-9A-Fa-f]*/.exec(text.slice(at, at + 6)) ?? [''])[0].length;
      if (length > 4) return say('malformed IPv6 address');
      if (length === 0) return say(`invalid character ${char.charCodeAt(0)}(decimal) in IPv6 address`);
      at += length;
    }
  }
}

function withoutLeadingZeros(text: Octets): Octets {
  return text.replace(/(^|\.)0+(?=[0-9])/g, '$1');
}
