const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** The zones with a name that RFC 5322 §4.3 gives a meaning; all others are to be read as "unknown": UTC. */
const ZONES: ReadonlyMap<string, string> = new Map([
  ['EDT', '-04:00'],
  ['EST', '-05:00'],
  ['CDT', '-05:00'],
  ['CST', '-06:00'],
  ['MDT', '-06:00'],
  ['MST', '-07:00'],
  ['PDT', '-07:00'],
  ['PST', '-08:00'],
]);
const DATE =
  /^(?:[a-z]{3,9},? +)?(\d{1,2})[ -]+([a-z]{3})[a-z]{0,6}[ -]+(\d{2,4}) +(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(?: *([+-])(\d{2}):?(\d{2})| +([a-z]{1,5}))?$/i;

/**
 * A Date field's value as RFC 3339 with its own offset: `2026-11-23T10:00:00+01:00`; empty if it isn't a date.
 * @see RFC 5322 §3.3, §4.3
 */
export function toRfc3339(value: string): string {
  if (value.length > 200) return '';
  const parts = DATE.exec(
    value
      .replace(/\([^()]*\)/g, ' ')
      .replace(/\s+/g, ' ')
      .trim(),
  );
  if (!parts) return '';
  const [, day = '', monthName = '', yearText = '', hour = '', minute = '', second = '0', sign, zoneHour, zoneMinute] =
    parts;
  const month = MONTHS.indexOf(monthName.toLowerCase());
  const year = fullYear(yearText);
  if (month < 0 || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return '';
  if (Number(day) < 1 || Number(day) > new Date(Date.UTC(year, month + 1, 0)).getUTCDate()) return '';
  let zone = ZONES.get((parts[10] ?? '').toUpperCase()) ?? 'Z';
  if (sign !== undefined) {
    if (Number(zoneHour) > 23 || Number(zoneMinute) > 59) return '';
    if (Number(zoneHour) + Number(zoneMinute) > 0) zone = `${sign}${zoneHour ?? ''}:${zoneMinute ?? ''}`;
  }
  // A leap second isn't a time to most readers of RFC 3339.
  const seconds = two(Math.min(Number(second), 59));
  return `${String(year).padStart(4, '0')}-${two(month + 1)}-${two(Number(day))}T${two(Number(hour))}:${minute}:${seconds}${zone}`;
}

/** RFC 5322 §4.3: two digits below 50 are of this century, all else with two or three digits of the last. */
function fullYear(text: string): number {
  const year = Number(text);
  if (text.length === 2) return year < 50 ? 2000 + year : 1900 + year;
  return text.length === 3 ? 1900 + year : year;
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
