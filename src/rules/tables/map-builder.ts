import type { Octets } from '../octets.ts';
import {
  decodeCompiledMap,
  encodeCompiledMap,
  toDuplicatePlace,
  toMessageName,
  type IndexedType,
  type MapRecord,
} from './compiled-map.ts';
import { foldKey, isUtf8 } from './fold-key.ts';
import { warnOfLine } from './line-warning.ts';
import { LMDB_KEY_OCTETS, reportLmdbKey } from './lmdb-key.ts';
import type { TableWorld } from './table-world.ts';

/** A compiled map in the making, or being changed. */
export interface MapBuilder {
  /** Adds an entry; what becomes of a second one for its key is as `world.duplicates` says. @param line 0 if it has none */
  add(key: Octets, value: Octets, line: number): void;
  /** Whether there is such an entry. */
  has(key: Octets): boolean;
  /** Adds an entry as it is, without a null octet, in the place of another. */
  sign(key: Octets, value: Octets): void;
  /** @returns whether there was such an entry. QUIRK: Postfix says so too of a key that isn't UTF-8 */
  remove(key: Octets): boolean;
  /** The whole as octets. */
  encode(): Octets;
}

/** What of a table's world a builder needs. */
export type BuilderWorld = Pick<TableWorld, 'foldsCase' | 'smtputf8' | 'duplicates' | 'trailingNull' | 'report'>;

/**
 * Begins a compiled map.
 * @param path the text's, for messages
 * @param before the octets of the map that is changed; without it the map is empty
 * @returns undefined if `before` isn't a map of ours and this type
 */
export function createMapBuilder(
  { type, path }: { readonly type: IndexedType; readonly path: Octets },
  world: BuilderWorld,
  before?: Octets,
): MapBuilder | undefined {
  const records = new Map<Octets, Omit<MapRecord, 'key'>>();
  if (before !== undefined) {
    const isWhole = decodeCompiledMap(before, type, ({ keyStart, keyEnd, valueStart, valueEnd }, line) => {
      records.set(before.slice(keyStart, keyEnd), { value: before.slice(valueStart, valueEnd), line });
    });
    if (!isWhole) return undefined;
  }
  // QUIRK: unless -n asks for none, Postfix writes one null octet after each key and value, and finds both forms.
  const ending = world.trailingNull === 'no' ? '' : '\0';
  const fold = (key: Octets): Octets => (world.foldsCase ? foldKey(key, world.smtputf8) : key);
  return {
    add(key, value, line) {
      if (world.smtputf8 && !isUtf8(key + value)) {
        warnOfBrokenKey(toMessageName(type, path), key, world);
        return;
      }
      const folded = fold(key);
      const stored = folded + ending;
      if (type === 'lmdb' && (stored === '' || stored.length > LMDB_KEY_OCTETS)) {
        reportLmdbKey(`error updating lmdb:${path}`, { file: path }, world.report);
      } else if (!records.has(stored) || world.duplicates === 'replace') {
        records.set(stored, { value: value + ending, line });
      } else if (world.duplicates !== 'ignore') {
        warnOfDuplicate({ type, path, key: folded, line }, world);
      }
    },
    has: (key) => records.has(fold(key) + ending),
    sign: (key, value) => void records.set(key, { value, line: 0 }),
    remove(key) {
      if (world.smtputf8 && !isUtf8(key)) {
        warnOfBrokenKey(toMessageName(type, path), key, world);
        return true;
      }
      const folded = fold(key);
      if (type === 'lmdb' && folded === '' && world.trailingNull !== 'yes') {
        reportLmdbKey(`error deleting from lmdb:${path}`, { file: path }, world.report);
      }
      const isGone = world.trailingNull !== 'no' && records.delete(`${folded}\0`);
      return isGone || (world.trailingNull !== 'yes' && records.delete(folded));
    },
    encode: () => encodeCompiledMap(type, records),
  };
}

/** Reports a second entry for a key, as postmap does. */
export function warnOfDuplicate(
  {
    type,
    path,
    key,
    line,
  }: { readonly type: IndexedType; readonly path: Octets; readonly key: Octets; readonly line: number },
  { report }: Pick<TableWorld, 'report'>,
): void {
  warnOfLine(report, {
    code: 'table-duplicate',
    at: line === 0 ? { file: path } : { file: path, line },
    problem: `duplicate entry: "${key}"`,
    hint: 'remove one of the entries: the first one counts',
    place: toDuplicatePlace(type, path),
  });
}

function warnOfBrokenKey(table: string, key: Octets, { report }: Pick<TableWorld, 'report'>): void {
  warnOfLine(report, {
    code: 'table-not-utf8',
    at: { file: table },
    problem: `non-UTF-8 key "${key}": malformed UTF-8 or invalid codepoint`,
    hint: 'write UTF-8',
  });
}
