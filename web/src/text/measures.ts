/** Writes times and sizes as the page shows them; made once for a language. */
export interface Measures {
  /** `14:02:11` on the day `nowMs` is in, `24 Nov` before, `24 Nov 2025` in another year. */
  readonly shortTime: (rfc3339: string, nowMs: number) => string;
  /** `Tue, 24 Nov 2026, 14:02:11 (3 minutes ago)`: for the tooltip. */
  readonly longTime: (rfc3339: string, nowMs: number) => string;
  readonly clockTime: (timeMs: number) => string;
  /** `734 B`, `2.1 KB`, `5.1 MB`: of 1,024. */
  readonly size: (octets: number) => string;
  readonly count: (number: number) => string;
  /** `12%` */
  readonly percent: (percent: number) => string;
  /** `0.4ms`, `17ms`, `2.1s`, `3m`: how long something took. */
  readonly duration: (ms: number) => string;
  /** As a duration, with its sign: `+2s`, `-1s`. */
  readonly delay: (ms: number) => string;
}

/** In ms, the longest first. */
const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const;

function unitFormat(locale: string, unit: string, signDisplay: 'auto' | 'exceptZero'): Intl.NumberFormat {
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit,
    unitDisplay: 'narrow',
    maximumFractionDigits: 1,
    signDisplay,
  });
}

/** @param locale BCP 47: `en-GB` */
export function createMeasures(locale: string): Measures {
  const clock = new Intl.DateTimeFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
  const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' });
  const dayOfYear = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' });
  const whole = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'long' });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const number = new Intl.NumberFormat(locale);
  const tenths = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });

  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const lengths = [...UNITS, ['millisecond', 1] as const].map(([unit, unitMs]) => ({
    unitMs,
    plain: unitFormat(locale, unit, 'auto'),
    signed: unitFormat(locale, unit, 'exceptZero'),
  }));
  const inUnits = (ms: number, form: 'plain' | 'signed'): string => {
    const fitting = lengths.find(({ unitMs }) => Math.abs(ms) >= unitMs) ?? lengths.at(-1);
    return fitting === undefined ? '' : fitting[form].format(ms / fitting.unitMs);
  };

  return {
    shortTime(rfc3339, nowMs) {
      const now = new Date(nowMs);
      const time = new Date(rfc3339);
      if (Number.isNaN(time.getTime())) return rfc3339;
      if (time.toDateString() === now.toDateString()) return clock.format(time);
      return (time.getFullYear() === now.getFullYear() ? day : dayOfYear).format(time);
    },
    longTime(rfc3339, nowMs) {
      const time = new Date(rfc3339);
      if (Number.isNaN(time.getTime())) return rfc3339;
      const distanceMs = time.getTime() - nowMs;
      const [unit, unitMs] = UNITS.find(([, unitMs]) => Math.abs(distanceMs) >= unitMs) ?? UNITS[3];
      return `${whole.format(time)} (${relative.format(Math.round(distanceMs / unitMs), unit)})`;
    },
    clockTime: (timeMs) => clock.format(timeMs),
    size(octets) {
      if (octets < 1024) return `${number.format(octets)} B`;
      if (octets < 1024 * 1024) return `${tenths.format(octets / 1024)} KB`;
      return `${tenths.format(octets / (1024 * 1024))} MB`;
    },
    count: (value) => number.format(value),
    percent: (value) => percent.format(value / 100),
    duration: (ms) => inUnits(ms, 'plain'),
    delay: (ms) => inUnits(ms, 'signed'),
  };
}
