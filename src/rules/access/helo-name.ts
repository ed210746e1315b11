import type { Octets } from '../octets.ts';

/**
 * The name of a client's greeting, as Postfix keeps it: what would mean something in a header is `?`.
 * @see Postfix's smtpd(8), NEUTER_CHARACTERS
 */
export function toHeloName(name: Octets): Octets {
  return name.replace(/[\0-\x1f\x7f <>()\\";@]/g, '?');
}
