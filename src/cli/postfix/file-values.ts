import type { Octets } from '../../rules/octets.ts';
import type { LookupTable, TableHit } from '../../rules/tables/lookup-table.ts';
import type { MapSession } from './map-session.ts';

/**
 * With `-F`, what a value stands for: the content of the file that a text names, which a compiled map has as BASE64.
 * What is wrong with it is printed.
 * @returns undefined if there is no such content
 * @see postmap(1), "-F"
 */
export function readFileValue(
  table: LookupTable,
  { key, value, source }: TableHit,
  session: MapSession,
): Octets | undefined {
  const { world } = session;
  const isIndexed = table.messageName !== undefined;
  if (isIndexed && world.source === 'compiled') {
    const content = decodeBase64(value);
    if (content !== undefined) return content;
    const problem = `key ${key}: malformed BASE64 value: ${value.slice(0, 30)}`;
    session.say(`warning: table ${table.messageName}: ${problem}`);
    return undefined;
  }
  const file = world.readFile(value);
  if ('text' in file) return file.text;
  const place = source.line === undefined ? '' : `${source.file}, line ${source.line}: `;
  session.say(`warning: ${place}open ${value}: ${file.fault}`);
  return undefined;
}

/** BASE64 of a file's octets. */
export function encodeBase64(octets: Octets): Octets {
  return Buffer.from(octets, 'latin1').toString('base64');
}

/** @returns undefined if it isn't BASE64, in full groups of four */
function decodeBase64(text: Octets): Octets | undefined {
  const isWhole = text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
  return isWhole ? Buffer.from(text, 'base64').toString('latin1') : undefined;
}
