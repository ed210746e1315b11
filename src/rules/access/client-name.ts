import { formatIpAddress, isLoopback, parseIpAddress, type IpAddress } from '../address/ip-address.ts';
import type { Octets } from '../octets.ts';
import type { RuleWorld } from '../world.ts';
import type { AccessClient } from './client.ts';

const HOSTS_FILE = '/etc/hosts';

/** A connection, as the system tells of it. */
export interface ConnectedClient {
  /** As the system writes it, an IPv4 address within IPv6 too. */
  readonly address: string;
  readonly port: number;
  readonly isEncrypted: boolean;
  /** Its other end. */
  readonly server?: { readonly address: string; readonly port: number };
}

/**
 * Who connects from an address. Its name is what hosts(5) says, or `localhost`; no DNS is asked, so that every other
 * client is `unknown`.
 */
export function identifyClient(
  { address, port, isEncrypted, server }: ConnectedClient,
  world: RuleWorld | undefined,
): AccessClient {
  const { plain, text } = readAddress(address);
  const name =
    plain === undefined ? undefined : (findInHosts(text, world) ?? (isLoopback(plain) ? 'localhost' : undefined));
  const status = name === undefined ? 'not asked' : 'ok';
  return {
    name: name ?? 'unknown',
    reverseName: name ?? 'unknown',
    nameStatus: status,
    reverseNameStatus: status,
    address: text,
    port: String(port),
    socketAddress: text,
    isEncrypted,
    ...(server !== undefined && { serverAddress: readAddress(server.address).text, serverPort: String(server.port) }),
  };
}

function readAddress(address: string): { readonly plain: IpAddress | undefined; readonly text: Octets } {
  const parsed = parseIpAddress(address);
  const plain = parsed === undefined ? undefined : withoutMapping(parsed);
  return { plain, text: plain === undefined ? address : formatIpAddress(plain) };
}

/** An IPv4 address that the system shows within IPv6 is one of IPv4. @see RFC 4291 §2.5.5.2 */
function withoutMapping(address: IpAddress): IpAddress {
  const isMapped = address.family === 'ipv6' && address.octets.slice(0, 12).join() === `${'0,'.repeat(10)}255,255`;
  return isMapped ? { family: 'ipv4', octets: address.octets.slice(12) } : address;
}

/** The first name of the first line that has the address. @see hosts(5) */
function findInHosts(address: Octets, world: RuleWorld | undefined): Octets | undefined {
  const hosts = world?.view('').once('names of hosts', () => readHosts(world));
  return hosts?.get(address);
}

function readHosts(world: RuleWorld): ReadonlyMap<Octets, Octets> {
  const fact = world.readFile(HOSTS_FILE);
  const names = new Map<Octets, Octets>();
  for (const line of 'text' in fact ? fact.text.split('\n') : []) {
    const [address = '', name] = line.replace(/#.*$/, '').trim().split(/\s+/);
    const parsed = parseIpAddress(address);
    if (parsed === undefined || name === undefined) continue;
    const key = formatIpAddress(parsed);
    if (!names.has(key)) names.set(key, name);
  }
  return names;
}
