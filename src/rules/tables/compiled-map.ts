import type { Octets } from '../octets.ts';
import type { EntryPlace } from './entry-index.ts';
import type { LookupTable } from './lookup-table.ts';

/** A type whose text is built into a file of its own before it answers. */
export type IndexedType = 'hash' | 'btree' | 'lmdb' | 'cdb' | 'dbm' | 'sdbm';

/** One record of a compiled map. */
export interface MapRecord {
  /** With the null octet at its end that Postfix stores by default. */
  readonly key: Octets;
  readonly value: Octets;
  /** Where it stood in the text; 0 where there was none. */
  readonly line: number;
}

const MAP_SUFFIXES: Readonly<Record<IndexedType, string>> = {
  hash: 'db',
  btree: 'db',
  lmdb: 'lmdb',
  cdb: 'cdb',
  dbm: 'pag',
  sdbm: 'pag',
};

const MAGIC = 'Postfixture lookup table 1';

/** The file that `postmap type:path` builds: `path.db`. */
export function toMapFile(type: IndexedType, path: Octets): Octets {
  return `${path}.${MAP_SUFFIXES[type]}`;
}

/** How Postfix's messages name a table: Berkeley DB's by the file, LMDB's by what was asked for. */
export function toMessageName(type: IndexedType, path: Octets): NonNullable<LookupTable['messageName']> {
  return type === 'lmdb' ? `lmdb:${path}` : `${type}:${toMapFile(type, path)}`;
}

/** What Postfix says before `duplicate entry`. */
export function toDuplicatePlace(type: IndexedType, path: Octets): string {
  return type === 'lmdb' ? `lmdb:${path}: ` : `${toMapFile(type, path)}: `;
}

/** Whether octets begin as a file of ours does, so that it may be replaced. */
export function isCompiledMap(octets: Octets): boolean {
  return octets.startsWith(`${MAGIC} `);
}

/**
 * Writes a compiled map: a line with our name, the type and the number of records; then each record's line, length of
 * key, length of value, key and value.
 */
export function encodeCompiledMap(type: IndexedType, records: ReadonlyMap<Octets, Omit<MapRecord, 'key'>>): Octets {
  const parts = [`${MAGIC} ${type} ${records.size}\n`];
  for (const [key, { value, line }] of records) {
    parts.push(`${line} ${key.length} ${value.length} ${key}${value}\n`);
  }
  return parts.join('');
}

/**
 * Reads a compiled map back.
 * @param visit is given where each record stands in `octets`
 * @returns whether it was a whole map of this type, of ours
 */
export function decodeCompiledMap(
  octets: Octets,
  type: IndexedType,
  visit: (place: EntryPlace, line: number) => void,
): boolean {
  const header = new RegExp(`^${MAGIC} ${type} (\\d{1,9})\\n`).exec(octets);
  if (header === null) return false;
  let position = header[0].length;
  let count = 0;
  const number = /(\d{1,10}) (\d{1,10}) (\d{1,10}) /y;
  for (; position < octets.length; count++) {
    number.lastIndex = position;
    const lengths = number.exec(octets);
    if (lengths === null) return false;
    const keyStart = number.lastIndex;
    const valueStart = keyStart + Number(lengths[2]);
    const valueEnd = valueStart + Number(lengths[3]);
    if (octets.charAt(valueEnd) !== '\n') return false;
    visit({ keyStart, keyEnd: valueStart, valueStart, valueEnd }, Number(lengths[1]));
    position = valueEnd + 1;
  }
  return count === Number(header[1]);
}
