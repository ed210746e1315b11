import type { Octets } from '../octets.ts';

/** What Postfix asks the machine that it runs on for the defaults of some parameters. */
export interface MachineFacts {
  /** As gethostname(2) answers. */
  readonly hostName: Octets;
  /** Of each network interface, with the length of the network's prefix: `10.1.2.3/24`. */
  readonly addresses: readonly string[];
  /** The running program: `postconf`. */
  readonly processName: string;
  readonly processId: number;
}

/**
 * What `myhostname` is unless it is set: the machine's name; with `$mydomain` behind it if it has no dot.
 * @param domain `mydomain` as main.cf sets it, expanded
 */
export function toDefaultHostName({ hostName }: MachineFacts, domain: Octets | undefined): Octets {
  return hostName.includes('.') ? hostName : `${hostName}.${domain ?? 'localdomain'}`;
}

/** What `mydomain` is unless it is set: `myhostname` without its first label. */
export function toDefaultDomain(myHostName: Octets): Octets {
  const dot = myHostName.indexOf('.');
  return dot < 0 ? 'localdomain' : myHostName.slice(dot + 1);
}
