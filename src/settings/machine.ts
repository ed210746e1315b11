import { homedir, hostname } from 'node:os';
import { findHostNameFault } from '../rules/config/host-name.ts';

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
export function toMyHostName({ hostname }: Machine): string {
  const name = hostname.includes('.') ? hostname : `${hostname}.localdomain`;
  return findHostNameFault(name) === undefined ? name : 'localhost.localdomain';
}
