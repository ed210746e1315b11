import { chooseInterfaces } from '../config/default-networks.ts';
import { findHostAddresses } from '../config/host-addresses.ts';
import { openStringList } from '../lists/parameter-lists.ts';
import type { Octets } from '../octets.ts';
import type { TraceStep } from '../trace.ts';
import type { RuleWorld, View } from '../world.ts';
import { parseAddressLiteral } from './address-literal.ts';
import { formatIpAddress, parseIpAddress, withoutMapping } from './ip-address.ts';

/** Who asks, and where the steps go. */
export interface AddressQuestion {
  readonly world: RuleWorld;
  /** Of the daemon that asks. */
  readonly view: View;
  /** Stage of the steps: `canonical`. */
  readonly stage: string;
  readonly steps: TraceStep[];
  /** Is told what that daemon's log would say. */
  readonly warn?: ((text: Octets) => void) | undefined;
}

/**
 * Whether mail for a domain stays on this machine: it is in mydestination, or an address literal of one of the machine's
 * own addresses (inet_interfaces, proxy_interfaces). One dot at the end doesn't count.
 * @throws {LookupError} if mydestination has no answer
 * @see Postfix's resolve_local(3)
 */
export function isLocalDomain(domain: Octets, question: AddressQuestion): boolean {
  const { world, view, stage, steps, warn } = question;
  const name = domain.endsWith('.') ? domain.slice(0, -1) : domain;
  if (name === '' || name.endsWith('.')) return false;
  if (openStringList('mydestination', view, world).has({ name }, question)) return true;
  if (!name.startsWith('[') || !name.endsWith(']')) return false;
  const literal = parseAddressLiteral(name.slice(1, -1));
  if ('fault' in literal) {
    warn?.(`warning: ${literal.fault}`);
    return false;
  }
  if (literal.address === undefined) return false;
  const address = formatIpAddress(withoutMapping(literal.address));
  const { interfaces, proxies } = view.once('own-addresses', () => readOwnAddresses(world, view));
  const parameter = interfaces.has(address) ? 'inet_interfaces' : 'proxy_interfaces';
  const isOwn = parameter === 'inet_interfaces' || proxies.has(address);
  const { file, line } = view.placeOf(parameter);
  if (isOwn) steps.push({ stage, parameter, key: name, result: address, file, line });
  return isOwn;
}

/**
 * Whether an address is one that Postfix listens on: inet_interfaces.
 * @param address in its short form
 * @see Postfix's own_inet_addr(3)
 */
export function isInterfaceAddress(address: string, { world, view }: Pick<AddressQuestion, 'world' | 'view'>): boolean {
  return view.once('own-addresses', () => readOwnAddresses(world, view)).interfaces.has(address);
}

/** Whether an address is one of the machine's, or of a proxy before it: inet_interfaces, proxy_interfaces. */
export function isOwnAddress(address: string, { world, view }: Pick<AddressQuestion, 'world' | 'view'>): boolean {
  const { interfaces, proxies } = view.once('own-addresses', () => readOwnAddresses(world, view));
  return interfaces.has(address) || proxies.has(address);
}

interface OwnAddresses {
  readonly interfaces: ReadonlySet<string>;
  readonly proxies: ReadonlySet<string>;
}

function readOwnAddresses({ machine, readFile }: RuleWorld, view: View): OwnAddresses {
  const { addresses, hostName } = machine;
  const hosts = readFile('/etc/hosts');
  const facts = {
    hosts: 'text' in hosts ? hosts.text : '',
    ownNames: [hostName, view.get('myhostname')],
    addresses,
  };
  const resolve = (host: Octets) => findHostAddresses(host, facts);
  const chosen = chooseInterfaces(
    { wanted: view.get('inet_interfaces'), protocols: view.get('inet_protocols') },
    { addresses, resolve },
  );
  const proxies = view.words('proxy_interfaces').flatMap((word) => {
    const bare = word.replace(/^\[(.*)\]$/, '$1');
    return (parseIpAddress(bare) ? [bare] : resolve(word)).flatMap((text) => parseIpAddress(text) ?? []);
  });
  return {
    interfaces: new Set('fatal' in chosen ? [] : chosen.map(({ address }) => formatIpAddress(address))),
    proxies: new Set(proxies.map(formatIpAddress)),
  };
}
