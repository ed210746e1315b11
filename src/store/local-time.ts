import { parseDateText } from './date-text.ts';

const DAY_MS = 86_400_000;

/**
 * Reads a date as people write it: `today`, `yesterday`, and what {@link parseDateText} takes. What has no offset of its
 * own is in `timeZone`, or in the machine's zone.
 * @returns ms since 1970; undefined if it is no date
 */
export function parseLocalTime(
  text: string,
  options: { readonly nowMs: number; readonly timeZone?: string },
): number | undefined {
  const word = text.trim().toLowerCase();
  if (word === 'today' || word === 'yesterday') {
    const offset = offsetReader(options.timeZone);
    const local = options.nowMs + offset(options.nowMs) - (word === 'yesterday' ? DAY_MS : 0);
    return toInstant(Math.floor(local / DAY_MS) * DAY_MS, offset);
  }
  const date = parseDateText(text);
  if (date === undefined) return undefined;
  return date.offsetMs === undefined
    ? toInstant(date.localMs, offsetReader(options.timeZone))
    : date.localMs - date.offsetMs;
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
