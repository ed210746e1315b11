import type { Octets } from '../octets.ts';
import type { PostfixParameter } from './postfix-parameters.ts';

/** The greatest value of C's int, which Postfix keeps numbers and times in. */
export const GREATEST_INTEGER = 2 ** 31 - 1;
const GREATEST_LONG = 2n ** 63n - 1n;

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };
const TIME = /^[ \t\n\v\f\r]*([+-]?[0-9]+|(?=[smhdw]))([smhdw]?)(.*)$/s;
const NUMBER = /^[ \t\n\v\f\r]*[+-]?[0-9]+$/;

/**
 * What Postfix ends with when it reads a value of this parameter; undefined if the value is fine.
 * @param text `$name` already expanded
 * @see Postfix's mail_conf_int(3), mail_conf_time(3), mail_conf_bool(3), mail_conf_str(3)
 */
export function findValueFault(parameter: PostfixParameter, text: Octets): Octets | undefined {
  const { name, type, unit } = parameter;
  switch (type) {
    case 'boolean':
      return /^(?:yes|no)$/i.test(text) ? undefined : `bad boolean configuration: ${name} = ${text}`;
    case 'integer':
    case 'long integer': {
      const value = NUMBER.test(text) ? BigInt(text.trim().replace(/^\+/, '')) : undefined;
      const greatest = type === 'integer' ? BigInt(GREATEST_INTEGER) : GREATEST_LONG;
      if (value === undefined || value > greatest || value < -greatest - 1n) {
        return `bad numerical configuration: ${name} = ${text}`;
      }
      const bound = findBound(parameter, Number(value));
      return bound && `invalid ${name} parameter value ${value} ${bound.sign} ${bound.limit}`;
    }
    case 'time': {
      const seconds = parseSeconds(text, unit ?? 's')?.seconds;
      if (seconds === undefined) return `parameter ${name}: bad time value or unit: ${text}`;
      const bound = findBound(parameter, seconds);
      return bound && `invalid ${name}: ${seconds} (${bound.sign === '<' ? 'min' : 'max'} ${bound.limit})`;
    }
    case 'string':
    case 'raw string': {
      const bound = findBound(parameter, text.length);
      return bound && `bad string length ${text.length} ${bound.sign} ${bound.limit}: ${name} = ${text}`;
    }
  }
}

/**
 * Reads a time.
 * @param unit of a number that has none
 * @returns undefined if it is none. `ignored`: what Postfix doesn't look at
 */
export function parseSeconds(
  text: Octets,
  unit: string,
): { readonly seconds: number; readonly ignored: Octets } | undefined {
  // QUIRK: Postfix reads one number and one unit and ignores the rest: 10m5s is ten minutes, 250ms are 250 minutes, a
  // bare s is 0 (seen with 3.7.11).
  const [, digits, written = '', ignored = ''] = TIME.exec(text) ?? [];
  if (digits === undefined || (written === '' && ignored !== '')) return undefined;
  const factor = SECONDS[written === '' ? unit : written] ?? 1;
  const count = Number(digits);
  const isTooLong = factor === 1 ? count > GREATEST_INTEGER : count >= Math.floor(GREATEST_INTEGER / factor);
  // Not -0.
  return count < 0 || isTooLong ? undefined : { seconds: count * factor + 0, ignored };
}

/** QUIRK: a least or greatest value of 0 is none, so that many a number may be negative. */
function findBound(
  { min = 0, max = 0 }: PostfixParameter,
  value: number,
): { readonly sign: '<' | '>'; readonly limit: number } | undefined {
  if (min !== 0 && value < min) return { sign: '<', limit: min };
  return max !== 0 && value > max ? { sign: '>', limit: max } : undefined;
}
