import { homedir, hostname, networkInterfaces } from 'node:os';
import { findHostNameFault } from '../rules/config/host-name.ts';
import type { MachineFacts } from '../rules/config/machine-facts.ts';
import { toOctets } from '../rules/octets.ts';

/** What defaults depend on, handed in so that settings are the same on every machine that a test runs on. */
export interface Machine {
  readonly hostname: string;
  readonly platform: NodeJS.Platform;
  readonly homeDirectory: string;
  /** Relative paths begin here. */
  readonly cwd: string;
}

/** This machine. @param cwd where relative paths begin */
export function readMachine(cwd: string): Machine {
  return { hostname: hostname(), platform: process.platform, homeDirectory: homedir(), cwd };
}

/**
 * What `myhostname` is unless it is set: the machine's name, with `.localdomain` if it has no dot. A name that mail
 * can't use gives `localhost.localdomain`, since nobody chose it for this.
 * @see postconf(5), myhostname
 */
export function toMyHostName({ hostname }: Pick<Machine, 'hostname'>): string {
  const name = hostname.includes('.') ? hostname : `${hostname}.localdomain`;
  return findHostNameFault(name) === undefined ? name : 'localhost.localdomain';
}

/**
 * What a program of Postfix asks this machine.
 * @param find the parameters that say otherwise, as they are set
 */
export function readMachineFacts(
  program: string,
  find: (name: 'catch_machine_name' | 'catch_machine_addresses') => string | undefined,
): MachineFacts {
  const name = find('catch_machine_name') ?? '';
  const addresses = (find('catch_machine_addresses') ?? '').split(/[\s,]+/).filter((item) => item !== '');
  return {
    hostName: name === '' ? toOctets(hostname()) : name,
    addresses: addresses.length === 0 ? listAddresses() : addresses,
    processName: program,
    processId: process.pid,
  };
}

function listAddresses(): readonly string[] {
  const interfaces = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return interfaces.flatMap(({ cidr }) => cidr ?? []);
}
