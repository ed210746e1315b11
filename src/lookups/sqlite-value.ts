import { toOctets, type Octets } from '../rules/octets.ts';

/** What the SQLite driver answers with where whole numbers come as bigint. */
export type SqliteValue = bigint | number | string | Uint8Array | null;

/**
 * A column as sqlite3_column_text() gives it, which is what Postfix takes: numbers in SQLite's form, text and blobs up
 * to their first NUL.
 */
export function toSqliteText(value: SqliteValue): Octets | null {
  if (value === null) return null;
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number') return formatReal(value);
  const octets = typeof value === 'string' ? toOctets(value) : Buffer.from(value).toString('latin1');
  return octets.split('\0', 1)[0] ?? '';
}

/** As SQLite's `%!.15g`: fifteen digits, and always a decimal point. */
function formatReal(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? 'Inf' : '-Inf';
  const [, sign = '', digits = '0', exponent] = /^(-?)([0-9.]+)(?:e(.*))?$/.exec(toFifteenDigits(value)) ?? [];
  const shown = digits.includes('.') ? digits.replace(/0+$/, '').replace(/\.$/, '.0') : `${digits}.0`;
  if (exponent === undefined) return `${sign}${shown}`;
  const [, mark = '+', power = '0'] = /^([+-])(.*)$/.exec(exponent) ?? [];
  return `${sign}${shown}e${mark}${power.padStart(2, '0')}`;
}

/** C changes to an exponent below 1e-4, JavaScript below 1e-6. */
function toFifteenDigits(value: number): string {
  const magnitude = Math.abs(value);
  return magnitude !== 0 && magnitude < 1e-4 ? value.toExponential(14) : value.toPrecision(15);
}
