import type { Octets } from '../../rules/octets.ts';
import type { TableHit } from '../../rules/tables/lookup-table.ts';
import type { MapSession } from './map-session.ts';

/**
 * With `-F`, what a value stands for: tables have the content of the files that their texts name as BASE64. A value that
 * isn't is complained of.
 * @param name of the table, for messages
 * @returns undefined if there is no such content
 * @see postmap(1), "-F"; Postfix's dict_file_from_b64()
 */
export function decodeFileValue(name: string, { key, value }: TableHit, session: MapSession): Octets | undefined {
  const isWhole = value.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(value);
  if (isWhole) return Buffer.from(value, 'base64').toString('latin1');
  session.say(`warning: table ${name}: key ${key}: malformed BASE64 value: ${value.slice(0, 30)}`);
  return undefined;
}
