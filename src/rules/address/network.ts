import { formatIpAddress, parseIpAddress, toNetwork, type IpAddress } from './ip-address.ts';

/** The addresses that begin with the same bits. */
export interface Network extends IpAddress {
  /** How many bits they share. */
  readonly bits: number;
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
    const parsed = parsePlainAddress(address);
    if (parsed === undefined) return { fault: `bad address pattern: "${address}"` };
    return { network: { ...parsed, bits: most } };
  }
  const written = `${address}/${mask}`;
  if (!/^\d+$/.test(mask)) return { fault: `bad mask value in "${written}"` };
  const bits = toInteger(mask);
  if (bits < 0 || bits > most) return { fault: `bad mask length in "${written}"` };
  const parsed = parsePlainAddress(address);
  if (parsed === undefined) return { fault: `bad network value in "${written}"` };
  const network = toNetwork(parsed, bits);
  if (!isSame(network, parsed)) {
    const instead = `${formatIpAddress(network)}/${bits}`;
    return { fault: `non-null host address bits in "${written}", perhaps you should use "${instead}" instead` };
  }
  return { network: { ...parsed, bits } };
}

/** Whether the address is in the network; one of the other family never is. */
export function containsAddress(network: Network, address: IpAddress): boolean {
  return network.family === address.family && isSame(network, toNetwork(address, network.bits));
}

function isSame(a: IpAddress, b: IpAddress): boolean {
  return a.octets.every((octet, index) => octet === b.octets[index]);
}

/** An address of no interface in particular: a table has none behind `%`. */
export function parsePlainAddress(text: string): IpAddress | undefined {
  return text.includes('%') ? undefined : parseIpAddress(text);
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
