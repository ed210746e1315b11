/** An IP address: its 4 or 16 octets. */
export interface IpAddress {
  readonly family: 'ipv4' | 'ipv6';
  readonly octets: readonly number[];
}

/**
 * Reads an IP address: four decimal numbers without leading zeros, or IPv6 in any of its forms; an interface behind `%`
 * is ignored.
 * @see inet_pton(3); RFC 4291 §2.2
 */
export function parseIpAddress(text: string): IpAddress | undefined {
  const bare = text.replace(/%.*$/s, '');
  return bare.includes(':') ? parseIpv6(bare) : parseIpv4(bare);
}

/** Writes an IP address in its short form. @see inet_ntop(3); RFC 5952 */
export function formatIpAddress({ family, octets }: IpAddress): string {
  return family === 'ipv4' ? octets.join('.') : formatIpv6(octets);
}

/** The network that an address is in: the bits behind the first `prefix` ones are zero. */
export function toNetwork({ family, octets }: IpAddress, prefix: number): IpAddress {
  return {
    family,
    octets: octets.map((octet, index) => octet & (0xff00 >> Math.min(8, Math.max(0, prefix - 8 * index)))),
  };
}

/** An IPv4 address within IPv6 as the IPv4 address; any other as it is. @see RFC 4291 §2.5.5.2 */
export function withoutMapping(address: IpAddress): IpAddress {
  const isMapped = address.family === 'ipv6' && address.octets.slice(0, 12).join() === MAPPED;
  return isMapped ? { family: 'ipv4', octets: address.octets.slice(12) } : address;
}

/** Whether the address is one of the machine itself, an IPv4 address within IPv6 too. */
export function isLoopback(address: IpAddress): boolean {
  const { family, octets } = withoutMapping(address);
  return family === 'ipv4' ? octets[0] === 127 : octets.join() === `${'0,'.repeat(15)}1`;
}

/** What an IPv4 address within IPv6 begins with. @see RFC 4291 §2.5.5.2 */
const MAPPED = `${'0,'.repeat(10)}255,255`;

function parseIpv4(text: string): IpAddress | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^(?:0|[1-9][0-9]{0,2})$/.test(part) && Number(part) <= 255)) {
    return undefined;
  }
  return { family: 'ipv4', octets: parts.map(Number) };
}

function parseIpv6(text: string): IpAddress | undefined {
  const [head = '', tail, ...others] = text.split('::');
  if (others.length > 0) return undefined;
  const before = toOctetsOfGroups(head, tail === undefined);
  const after = toOctetsOfGroups(tail ?? '', true);
  if (before === undefined || after === undefined) return undefined;
  const missing = 16 - before.length - after.length;
  if (tail === undefined ? missing !== 0 : missing < 2) return undefined;
  return { family: 'ipv6', octets: [...before, ...Array.from({ length: missing }, () => 0), ...after] };
}

/**
 * @param text groups of hexadecimal digits between colons
 * @param isLast whether the last group may be an IPv4 address
 */
function toOctetsOfGroups(text: string, isLast: boolean): readonly number[] | undefined {
  if (text === '') return [];
  const octets: number[] = [];
  const groups = text.split(':');
  for (const [index, group] of groups.entries()) {
    const embedded = isLast && index === groups.length - 1 ? parseIpv4(group) : undefined;
    if (embedded) octets.push(...embedded.octets);
    else if (/^[0-9a-f]{1,4}$/i.test(group)) octets.push(parseInt(group, 16) >> 8, parseInt(group, 16) & 0xff);
    else return undefined;
  }
  return octets;
}

function formatIpv6(octets: readonly number[]): string {
  const groups = Array.from({ length: 8 }, (_, index) => (octets[2 * index] ?? 0) * 256 + (octets[2 * index + 1] ?? 0));
  const zeros = findLongestZeros(groups);
  const isEmbedded = zeros.start === 0 && (zeros.length === 6 || (zeros.length === 5 && groups[5] === 0xffff));
  if (isEmbedded) return `::${zeros.length === 5 ? 'ffff:' : ''}${octets.slice(12).join('.')}`;
  const hex = (part: readonly number[]) => part.map((group) => group.toString(16)).join(':');
  if (zeros.length < 2) return hex(groups);
  return `${hex(groups.slice(0, zeros.start))}::${hex(groups.slice(zeros.start + zeros.length))}`;
}

/** Of equals the first. */
function findLongestZeros(groups: readonly number[]): { readonly start: number; readonly length: number } {
  let best = { start: 0, length: 0 };
  let start = 0;
  for (const [index, group] of groups.entries()) {
    if (group !== 0) start = index + 1;
    else if (index + 1 - start > best.length) best = { start, length: index + 1 - start };
  }
  return best;
}
