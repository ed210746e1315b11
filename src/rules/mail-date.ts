import type { Octets } from './octets.ts';

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * A time as Postfix writes it into headers, in UTC: `Wed, 25 Nov 2026 04:23:24 +0000 (UTC)`.
 * @see Postfix's mail_date(3)
 */
export function formatMailDate(atMs: number): Octets {
  const at = new Date(atMs);
  const weekday = DAYS[at.getUTCDay()] ?? '';
  const month = MONTHS[at.getUTCMonth()] ?? '';
  // QUIRK: a blank, not a zero, stands before a day of one digit.
  const day = String(at.getUTCDate()).padStart(2);
  const clock = [at.getUTCHours(), at.getUTCMinutes(), at.getUTCSeconds()].map((n) => String(n).padStart(2, '0'));
  return `${weekday}, ${day} ${month} ${at.getUTCFullYear()} ${clock.join(':')} +0000 (UTC)`;
}
