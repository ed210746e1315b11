/** A date and time as written. */
export interface DateText {
  /** What a clock shows, as if it were UTC: ms since 1970. */
  readonly localMs: number;
  /** How far that clock is ahead of UTC, if it says so. */
  readonly offsetMs?: number;
}

const TIME =
  /^(?<hour>\d{1,2})(?::(?<minute>\d{2})(?::(?<second>\d{2})(?<fraction>\.\d{1,9})?)?)?(?: ?(?<half>[ap]m))?(?: ?(?<zone>z|utc|gmt|[+-]\d{2}:?\d{2}))?(?: \(?[a-z]{1,5}\)?)?$/;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** How dates are written, weekday and comma taken away. With two numbers before the year the month is the first. */
const DATES: readonly RegExp[] = [
  /^(?<year>\d{4})(?:(?<mark>[-/.])(?<month>\d{1,2})(?:\k<mark>(?<day>\d{1,2}))?)?(?=[t ]|$)/,
  /^(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})(?=[t ]|$)/,
  /^(?<month>\d{1,2})(?<mark>[-/.])(?<day>\d{1,2})\k<mark>(?<year>\d{4})(?= |$)/,
  /^(?<day>\d{1,2})(?:st|nd|rd|th)?[ -](?<name>[a-z]{3})[a-z]{0,6}[ -](?<year>\d{4})(?= |$)/,
  /^(?<name>[a-z]{3})[a-z]{0,6} (?<day>\d{1,2})(?:st|nd|rd|th)? (?<year>\d{4})(?= |$)/,
];

/**
 * Reads a date as people and programs write it: RFC 3339, RFC 5322, `2026-11`, `2026/11/25 14:00`, `20261125`,
 * `11/25/2026`, `25 Nov 2026 2:00 PM`, `November 25, 2026`; seconds (ten digits) or milliseconds (thirteen) since 1970.
 * @returns undefined if it is no date
 */
export function parseDateText(text: string): DateText | undefined {
  if (text.length > 60) return undefined;
  const epoch = /^\s*(?:(?<seconds>\d{10})|(?<ms>\d{13}))\s*$/.exec(text)?.groups;
  if (epoch) return { localMs: Number(epoch['ms'] ?? Number(epoch['seconds']) * 1000), offsetMs: 0 };
  const plain = text
    .toLowerCase()
    .replace(/[,\s]+/g, ' ')
    .trim()
    .replace(/^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]* /, '');
  for (const pattern of DATES) {
    const found = pattern.exec(plain);
    if (!found?.groups) continue;
    const day = toDay(found.groups);
    const time = toTime(plain.slice(found[0].length));
    return day === undefined || time === undefined ? undefined : { ...time, localMs: day + time.localMs };
  }
  return undefined;
}

/** @returns undefined for a day that isn't in the calendar */
function toDay({ year, month, name, day = '1' }: Readonly<Record<string, string>>): number | undefined {
  const index = name === undefined ? Number(month ?? 1) - 1 : MONTHS.indexOf(name);
  const dayMs = Date.UTC(Number(year), index, Number(day));
  // Date.UTC takes the 31st of February for the 3rd of March.
  const made = new Date(dayMs);
  return made.getUTCMonth() === index && made.getUTCDate() === Number(day) ? dayMs : undefined;
}

/** @param text what follows the day: nothing, or `T14:00`, ` 2:00 PM +0100` … */
function toTime(text: string): DateText | undefined {
  if (text === '') return { localMs: 0 };
  const { hour, minute = '0', second = '0', fraction = '0', half, zone } = TIME.exec(text.slice(1))?.groups ?? {};
  if (hour === undefined) return undefined;
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (half === 'pm' ? 12 : 0);
  if (hours > 23 || Number(minute) > 59 || Number(second) > 60 || (half !== undefined && Number(hour) > 12))
    return undefined;
  const localMs = ((hours * 60 + Number(minute)) * 60 + Number(second)) * 1000 + Math.floor(Number(fraction) * 1000);
  return zone === undefined ? { localMs } : { localMs, offsetMs: toOffset(zone) };
}

/** `+0130` in ms. */
function toOffset(zone: string): number {
  const digits = zone.replace(/[^0-9]/g, '');
  if (digits === '') return 0;
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  return (zone.startsWith('-') ? -1 : 1) * minutes * 60_000;
}
