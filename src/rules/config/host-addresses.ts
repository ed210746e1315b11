import { isLoopback, parseIpAddress } from '../address/ip-address.ts';
import type { Octets } from '../octets.ts';

/** What is known of hosts without asking anybody. */
export interface HostFacts {
  /** The text of /etc/hosts; empty if it can't be read. */
  readonly hosts: Octets;
  /** The machine's names: its own, and myhostname. */
  readonly ownNames: readonly Octets[];
  /** Of each interface of the machine, with its prefix: `10.1.2.3/24`. */
  readonly addresses: readonly string[];
}

/**
 * The addresses of a host, by /etc/hosts. The machine's own names stand for all its addresses, since production's name
 * is nowhere to be found on the machine that its configuration is tried on.
 */
export function findHostAddresses(host: Octets, { hosts, ownNames, addresses }: HostFacts): readonly string[] {
  const folded = host.toLowerCase();
  const listed = hosts.split('\n').flatMap((line) => {
    const [address = '', ...names] = line
      .replace(/#.*/s, '')
      .trim()
      .split(/[ \t\r]+/);
    return names.some((name) => name.toLowerCase() === folded) ? [address] : [];
  });
  if (listed.length > 0) return listed;
  if (folded === 'localhost') return ['127.0.0.1'];
  if (!ownNames.some((name) => name.toLowerCase() === folded)) return [];
  return addresses.flatMap((written) => {
    const [text = ''] = written.split('/');
    const address = parseIpAddress(text);
    return address && !isLoopback(address) ? [text] : [];
  });
}
