/** IPv4 or IPv6. */
export type AddressFamily = 4 | 6;

/** An IP address. */
export interface IpAddress {
  readonly family: AddressFamily;
  /** 4 or 16 octets, the highest first. */
  readonly octets: readonly number[];
}

/** The addresses that begin with the same bits. */
export interface Network extends IpAddress {
  /** How many bits they share. */
  readonly bits: number;
}

/** Reads an IP address; with a colon it is IPv6. @returns undefined if it isn't one @see inet_pton(3) */
export function parseIpAddress(text: string): IpAddress | undefined {
  const family = text.includes(':') ? 6 : 4;
  const octets = family === 6 ? parseIpv6(text) : parseIpv4(text);
  return octets && { family, octets };
}

/** Writes an IP address in its short form. @see inet_ntop(3) */
export function formatIpAddress({ family, octets }: IpAddress): string {
  if (family === 4) return octets.join('.');
  const words = Array.from({ length: 8 }, (_, word) => (octets[2 * word] ?? 0) * 256 + (octets[2 * word + 1] ?? 0));
  const zeros = findLongestZeros(words);
  const isV4 = zeros.start === 0 && (zeros.length === 6 || (zeros.length === 5 && words[5] === 0xffff));
  const hex = (part: readonly number[]) => part.map((word) => word.toString(16)).join(':');
  if (isV4) return `::${zeros.length === 5 ? 'ffff:' : ''}${octets.slice(12).join('.')}`;
  if (zeros.length < 2) return hex(words);
  return `${hex(words.slice(0, zeros.start))}::${hex(words.slice(zeros.start + zeros.length))}`;
}

/**
 * Reads a network: an address, `address/bits`, and either with the address or the whole in `[]`.
 * @returns what is wrong with it otherwise, in Postfix's words
 * @see Postfix's cidr_match(3)
 */
export function parseNetwork(pattern: string): { readonly network: Network } | { readonly fault: string } {
  const unwrapped = unwrap(pattern);
  if ('fault' in unwrapped) return unwrapped;
  const { address, mask } = unwrapped;
  const isV6 = address.includes(':');
  const most = isV6 ? 128 : 32;
  if (mask === undefined) {
    const parsed = parseIpAddress(address);
    if (parsed === undefined) return { fault: `bad address pattern: "${address}"` };
    return { network: { ...parsed, bits: most } };
  }
  const written = `${address}/${mask}`;
  if (!/^\d+$/.test(mask)) return { fault: `bad mask value in "${written}"` };
  const bits = toInteger(mask);
  if (bits < 0 || bits > most) return { fault: `bad mask length in "${written}"` };
  const parsed = parseIpAddress(address);
  if (parsed === undefined) return { fault: `bad network value in "${written}"` };
  const octets = applyMask(parsed.octets, bits);
  if (octets.some((octet, index) => octet !== parsed.octets[index])) {
    const instead = `${formatIpAddress({ ...parsed, octets })}/${bits}`;
    return { fault: `non-null host address bits in "${written}", perhaps you should use "${instead}" instead` };
  }
  return { network: { ...parsed, bits } };
}

/** Whether the address is in the network; one of the other family never is. */
export function containsAddress(network: Network, address: IpAddress): boolean {
  if (network.family !== address.family) return false;
  return applyMask(address.octets, network.bits).every((octet, index) => octet === network.octets[index]);
}

function unwrap(
  pattern: string,
): { readonly address: string; readonly mask: string | undefined } | { readonly fault: string } {
  if (!pattern.startsWith('[')) return splitAtSlash(pattern);
  const end = pattern.indexOf(']');
  if (end < 0) return { fault: `missing ']' character after "${pattern}"` };
  const inside = pattern.slice(1, end);
  const after = pattern.slice(end + 1);
  if (after.startsWith('/')) return { address: inside, mask: after.slice(1) };
  return after === '' ? splitAtSlash(inside) : { fault: `garbage after "[${inside}]"` };
}

function splitAtSlash(text: string): { readonly address: string; readonly mask: string | undefined } {
  const slash = text.indexOf('/');
  if (slash < 0) return { address: text, mask: undefined };
  return { address: text.slice(0, slash), mask: text.slice(slash + 1) };
}

/** QUIRK: a mask is read as C does, 32 bits of it count: 4294967304 is 8. @see atoi(3) */
function toInteger(digits: string): number {
  const most = 2n ** 63n - 1n;
  const number = BigInt(digits.slice(0, 30));
  return Number(BigInt.asIntN(32, number > most ? most : number));
}

function applyMask(octets: readonly number[], bits: number): readonly number[] {
  return octets.map((octet, index) => {
    const kept = Math.min(8, Math.max(0, bits - 8 * index));
    return octet & (0xff00 >> kept);
  });
}

function parseIpv4(text: string): readonly number[] | undefined {
  const parts = text.split('.');
  // inet_pton: decimal, no leading zeros.
  const isValid = parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256);
  return isValid ? parts.map(Number) : undefined;
}

function parseIpv6(text: string): readonly number[] | undefined {
  const [head = '', tail, ...more] = text.split('::');
  if (more.length > 0) return undefined;
  const first = parseWords(head, tail === undefined);
  const last = tail === undefined ? [] : parseWords(tail, true);
  if (first === undefined || last === undefined) return undefined;
  const missing = 16 - first.length - last.length;
  if (tail === undefined ? missing !== 0 : missing < 2) return undefined;
  return [...first, ...new Array<number>(missing).fill(0), ...last];
}

/** @param isLast whether an IPv4 address may be the end */
function parseWords(text: string, isLast: boolean): readonly number[] | undefined {
  if (text === '') return [];
  const octets: number[] = [];
  const words = text.split(':');
  for (const [index, word] of words.entries()) {
    if (isLast && index === words.length - 1 && word.includes('.')) {
      const v4 = parseIpv4(word);
      if (v4 === undefined) return undefined;
      octets.push(...v4);
    } else if (/^[0-9A-Fa-f]{1,4}$/.test(word)) {
      const value = parseInt(word, 16);
      octets.push(value >> 8, value & 0xff);
    } else return undefined;
  }
  return octets;
}

function findLongestZeros(words: readonly number[]): { readonly start: number; readonly length: number } {
  let best = { start: 0, length: 0 };
  let start = 0;
  for (const [index, word] of words.entries()) {
    if (word !== 0) start = index + 1;
    else if (index + 1 - start > best.length) best = { start, length: index + 1 - start };
  }
  return best;
}
