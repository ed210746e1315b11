const DATE_TIME =
  /^(?<year>\d{4})(?<mark>[-/.])(?<month>\d{1,2})\k<mark>(?<day>\d{1,2})(?:[T ](?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2})(?<fraction>\.\d+)?)?)?\s*(?<zone>Z|[+-]\d{2}:?\d{2})?$/i;

const DAY_MS = 86_400_000;

/**
 * Reads a date as people write it: RFC 3339, `YYYY-MM-DD`, `YYYY/MM/DD`, each with or without `HH:MM[:SS]` and an
 * offset; `today` and `yesterday`. What has no offset of its own is in `timeZone`, or in the machine's zone.
 * @returns ms since 1970; undefined if it is no date
 */
export function parseLocalTime(
  text: string,
  options: { readonly nowMs: number; readonly timeZone?: string },
): number | undefined {
  const offset = offsetReader(options.timeZone);
  const word = text.toLowerCase();
  if (word === 'today' || word === 'yesterday') {
    const local = options.nowMs + offset(options.nowMs) - (word === 'yesterday' ? DAY_MS : 0);
    return toInstant(Math.floor(local / DAY_MS) * DAY_MS, offset);
  }
  const groups = DATE_TIME.exec(text.trim())?.groups;
  if (groups === undefined) return undefined;
  const { year, month, day, hour = '0', minute = '0', second = '0', fraction = '0', zone } = groups;
  const local = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  // Date.UTC takes the 31st of February for the 3rd of March, and 25:00 for the next day.
  const made = new Date(local);
  if (made.getUTCMonth() !== Number(month) - 1 || made.getUTCDate() !== Number(day)) return undefined;
  if (Number(minute) > 59 || Number(second) > 60) return undefined;
  const exact = local + Math.floor(Number(fraction) * 1000);
  return zone === undefined ? toInstant(exact, offset) : exact - fixedOffset(zone);
}

/** `+0130` in ms. */
function fixedOffset(zone: string): number {
  const digits = zone.replace(/[^0-9]/g, '');
  if (digits === '') return 0;
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  return (zone.startsWith('-') ? -1 : 1) * minutes * 60_000;
}

/** The instant at which clocks show `local`. Of two (clocks put back) the later; of none (put forward) the one after. */
function toInstant(local: number, offset: (instant: number) => number): number {
  const guess = local - offset(local);
  return local - offset(guess);
}

/** A function that says how far clocks are ahead of UTC at an instant, in ms. An unknown zone is the machine's. */
function offsetReader(timeZone: string | undefined): (instant: number) => number {
  const format = openFormat(timeZone);
  return (instant) => {
    const parts = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1000) * 1000;
  };
}

function openFormat(timeZone: string | undefined): Intl.DateTimeFormat {
  const fields = {
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  } as const;
  try {
    return new Intl.DateTimeFormat('en-US', { ...fields, ...(timeZone !== undefined && { timeZone }) });
  } catch {
    return new Intl.DateTimeFormat('en-US', fields);
  }
}
