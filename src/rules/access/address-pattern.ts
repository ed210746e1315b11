import type { Octets } from '../octets.ts';

/** Which IPv4 addresses are meant. */
export interface AddressPattern {
  matches(address: Octets): boolean;
}

interface Range {
  readonly first: number;
  readonly last: number;
}

/**
 * Reads a pattern of IPv4 addresses: four parts, each a number, or `[1;3;5..9]`; the whole may stand in brackets.
 * @returns what is wrong, if it is none
 * @see postconf(5), reject_rbl_client; Postfix's ip_match(3)
 */
export function parseAddressPattern(text: Octets): AddressPattern | { readonly fault: Octets } {
  const isWrapped = /^\[.*\]$/s.test(text) && splitParts(text.slice(1, -1)).length === 4;
  const parts = splitParts(isWrapped ? text.slice(1, -1) : text).map(parsePart);
  if (parts.length !== 4 || parts.includes(undefined)) return { fault: `bad address pattern: ${text}` };
  return {
    matches(address) {
      const octets = address.split('.').map(Number);
      return parts.every((ranges, index) => {
        const octet = octets[index] ?? -1;
        return ranges?.some(({ first, last }) => octet >= first && octet <= last) === true;
      });
    },
  };
}

/** At the dots outside brackets. */
function splitParts(text: Octets): readonly Octets[] {
  return text.match(/(?:\[[^\]]*\]|[^.[\]])+/g) ?? [];
}

function parsePart(text: Octets): readonly Range[] | undefined {
  const members = /^\[(.+)\]$/s.exec(text)?.[1]?.split(';') ?? [text];
  const ranges = members.flatMap((member) => {
    const [, first = '', last = first] = /^(\d{1,3})(?:\.\.(\d{1,3}))?$/.exec(member) ?? [];
    const range = { first: Number(first), last: Number(last) };
    return first !== '' && range.first <= range.last && range.last <= 255 ? [range] : [];
  });
  return ranges.length === members.length ? ranges : undefined;
}
