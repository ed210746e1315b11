import type { Octets } from './octets.ts';

/**
 * A time as Postfix writes it into headers, in UTC: `Wed, 25 Nov 2026 04:23:24 +0000 (UTC)`.
 * @see Postfix's mail_date(3)
 */
export function formatMailDate(atMs: number): Octets {
  // QUIRK: a blank, not a zero, stands before a day of one digit.
  return new Date(atMs).toUTCString().replace(', 0', ',  ').replace('GMT', '+0000 (UTC)');
}
