import { formatIpAddress, isLoopback, parseIpAddress, toNetwork, type IpAddress } from '../address/ip-address.ts';
import type { Octets } from '../octets.ts';

/** The settings that the default of `mynetworks` is made of, expanded. */
export interface NetworkSettings {
  readonly mynetworks_style: Octets;
  readonly inet_interfaces: Octets;
  readonly inet_protocols: Octets;
}

/** What is known of the machine's network. */
export interface NetworkFacts {
  /** Of each interface, with its prefix: `10.1.2.3/24`. */
  readonly addresses: readonly string[];
  /** The addresses of a host; none if there is no such host. */
  readonly resolve: (host: Octets) => readonly string[];
}

/** A network interface. */
export interface Interface {
  readonly address: IpAddress;
  readonly prefix: number;
}

const STYLES: readonly string[] = ['class', 'subnet', 'host'];
const PROTOCOLS: readonly string[] = ['all', 'ipv4', 'ipv6'];

/**
 * What `mynetworks` is unless it is set: the networks of the interfaces that mail is received on.
 * @returns the list, or what Postfix ends with: `{ fatal }`
 * @see postconf(5), mynetworks_style; Postfix's mynetworks(3)
 */
export function toDefaultNetworks(
  { mynetworks_style: style, inet_interfaces: wanted, inet_protocols: protocols }: NetworkSettings,
  { addresses, resolve }: NetworkFacts,
): Octets | { readonly fatal: Octets } {
  const families = toWords(protocols);
  const oddFamily = families.find((word) => !PROTOCOLS.includes(word.toLowerCase()));
  if (oddFamily !== undefined) return { fatal: `unknown inet_protocols value "${oddFamily}" in "${protocols}"` };
  const styles = toWords(style);
  const oddStyle = styles.find((word) => !STYLES.includes(word.toLowerCase()));
  if (oddStyle !== undefined) return { fatal: `unknown mynetworks mask style value "${oddStyle}" in "${style}"` };
  const [only = '', ...others] = new Set(styles.map((word) => word.toLowerCase()));
  if (only === '' || others.length > 0)
    return { fatal: `bad mynetworks_style value: ${style}; specify exactly one value` };

  const chosen = chooseInterfaces({ wanted, protocols }, { addresses, resolve });
  if ('fatal' in chosen) return chosen;
  const networks = chosen.map(({ address, prefix }) => {
    const length = toPrefixLength(only, address, prefix);
    const network = formatIpAddress(toNetwork(address, length));
    return address.family === 'ipv4' ? `${network}/${length}` : `[${network}]/${length}`;
  });
  return [...new Set(networks)].join(' ');
}

function toWords(text: Octets): readonly Octets[] {
  return text.split(/[, \t\r\n]+/).filter((word) => word !== '');
}

function toInterface(text: string): readonly Interface[] {
  const [written = '', prefix] = text.split('/');
  const address = parseIpAddress(written);
  if (address === undefined) return [];
  return [{ address, prefix: prefix === undefined ? address.octets.length * 8 : Number(prefix) }];
}

/**
 * The interfaces that mail is received on.
 * @returns what Postfix ends with, `{ fatal }`, if one of `inet_interfaces` isn't there
 * @see Postfix's own_inet_addr(3)
 */
export function chooseInterfaces(
  { wanted, protocols }: { readonly wanted: Octets; readonly protocols: Octets },
  { addresses, resolve }: NetworkFacts,
): readonly Interface[] | { readonly fatal: Octets } {
  const families = toWords(protocols).map((word) => word.toLowerCase());
  const local = addresses
    .flatMap(toInterface)
    .filter(({ address }) => families.includes('all') || families.includes(address.family));
  // QUIRK: these two are words of their own only if they stand alone, in lower case.
  if (wanted === 'all') return local;
  if (wanted === 'loopback-only') return local.filter(({ address }) => isLoopback(address));
  const chosen: Interface[] = [];
  for (const word of toWords(wanted)) {
    const bare = word.replace(/^\[(.*)\]$/, '$1');
    const found = parseIpAddress(bare) ? [bare] : resolve(word).filter((text) => isOf(families, text));
    if (found.length === 0) return { fatal: `config variable inet_interfaces: host not found: ${word}` };
    for (const text of found) {
      const address = parseIpAddress(text);
      const match = address && local.find((candidate) => isSame(candidate.address, address));
      if (match === undefined) return { fatal: `parameter inet_interfaces: no local interface found for ${text}` };
      chosen.push(match);
    }
  }
  return chosen;
}

/** Whether an address is of one of the families, `all` among them. */
function isOf(families: readonly string[], text: string): boolean {
  const family = parseIpAddress(text)?.family;
  return family !== undefined && (families.includes('all') || families.includes(family));
}

function isSame(a: IpAddress, b: IpAddress): boolean {
  return a.family === b.family && formatIpAddress(a) === formatIpAddress(b);
}

/** @param prefix the interface's own */
function toPrefixLength(style: string, { family, octets }: IpAddress, prefix: number): number {
  if (style === 'host') return octets.length * 8;
  if (style === 'subnet' || family === 'ipv6') return prefix;
  const [first = 0] = octets;
  if (first < 128) return 8;
  return first < 192 ? 16 : 24;
}
