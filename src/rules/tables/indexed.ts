import type { ReportFinding } from '../config/finding.ts';
import type { Octets } from '../octets.ts';
import { readAliasText } from './alias-text.ts';
import { decodeCompiledMap, toMapFile, toMessageName, type IndexedType } from './compiled-map.ts';
import { createEntryIndex, type EntryIndex } from './entry-index.ts';
import type { FileFact } from './file-text.ts';
import { foldKey, isAscii } from './fold-key.ts';
import { reportLmdbKey } from './lmdb-key.ts';
import { LookupError, type LookupTable, type TableHit } from './lookup-table.ts';
import { warnOfDuplicate } from './map-builder.ts';
import { readMapText } from './map-text.ts';
import { TableOpenError, type OpenTable, type TableOpening, type TableWorld } from './table-world.ts';

interface Indexed {
  readonly type: IndexedType;
  /** The text's path, without the map's suffix. */
  readonly path: Octets;
}

/** Postfix's tables are called older than their text only if the text has been left alone for so long. */
const COOLING_MS = 100_000;

/**
 * Makes the function that opens a table of an indexed type: the map that postmap or postalias built of a text, or, as
 * `world.source` says, the text itself.
 * @see DATABASE_README; postmap(1); Postfix's dict_db(3), dict_lmdb(3)
 */
export function makeIndexedOpener(type: IndexedType): OpenTable {
  return (path, opening) => {
    const { readFile, source } = opening.world;
    const text = source === 'text' ? readFile(path) : undefined;
    return text !== undefined && 'text' in text
      ? openText({ type, path }, text, opening)
      : openMap({ type, path }, opening);
  };
}

/** The table as postmap would build it of its text. */
function openText({ type, path }: Indexed, { text, modifiedAt }: FileFact, { world, at }: TableOpening): LookupTable {
  const mapFile = toMapFile(type, path);
  const map = world.readFile(mapFile);
  if ('fault' in map) {
    const problem = `open database ${mapFile}: ${map.fault}`;
    world.report({
      severity: 'warning',
      code: 'table-map-missing',
      at,
      problem,
      why: 'Postfix reads the map that is built of the text: in production every lookup would fail',
      hint: `run postmap or postalias ${type}:${path} where Postfix runs`,
      postfixLine: `error: ${problem}`,
    });
  } else if (isOlder(map.modifiedAt, modifiedAt)) {
    reportOlder({ type, path }, 'here the text answers, in production the map', { world, at });
  }
  return { ...toTextTable({ type, path }, indexText({ type, path }, text, world)), isAscii: isAscii(text) };
}

function indexText({ type, path }: Indexed, text: Octets, world: TableWorld): EntryIndex {
  const index = createEntryIndex(text, { foldsCase: world.foldsCase });
  const fold = (key: Octets): Octets => (world.foldsCase ? foldKey(key, world.smtputf8) : key);
  const settle = (before: number, entry: number, value: () => Octets, line: number): void => {
    if (index.size > before || world.duplicates === 'ignore') return;
    if (world.duplicates === 'replace') index.replace(entry, value(), line);
    else warnOfDuplicate({ type, path, key: index.getKey(entry), line }, world);
  };
  const options = { file: path, smtputf8: world.smtputf8, report: world.report, files: world };
  if (world.aliasTables.has(`${type}:${path}`)) {
    readAliasText(text, options, (key, value, line) =>
      settle(index.size, index.addText(fold(key), value, line), () => value, line),
    );
    return index;
  }
  // Only where a key may have letters beyond ASCII must it be folded apart from its text.
  const isPlain = !world.smtputf8 || isAscii(text);
  readMapText(text, options, ({ text: source, line, isJoined }, place, named) => {
    const value = (): Octets => named ?? source.slice(place.valueStart, place.valueEnd);
    const before = index.size;
    const entry =
      isPlain && !isJoined && named === undefined
        ? index.addPlace(place, line)
        : index.addText(fold(source.slice(place.keyStart, place.keyEnd)), value(), line);
    settle(before, entry, value, line);
  });
  return index;
}

/** The table as its map has it. */
function openMap({ type, path }: Indexed, { world, at }: TableOpening): LookupTable {
  const mapFile = toMapFile(type, path);
  const map = world.readFile(mapFile);
  if ('fault' in map) throw toOpenError({ type, path }, map.fault);
  const index = createEntryIndex(map.text, { foldsCase: false });
  if (!decodeCompiledMap(map.text, type, (place, line) => index.addPlace(place, line))) {
    throw toOpenError({ type, path }, findFault(type, map.text));
  }
  const text = world.readFile(path);
  if ('text' in text && isOlder(map.modifiedAt, text.modifiedAt) && text.modifiedAt < world.now - COOLING_MS) {
    reportOlder({ type, path }, 'the map answers, without what the text says since', { world, at });
  }
  return toMapTable({ type, path }, index, { ending: world.trailingNull, report: world.report });
}

function toTextTable({ type, path }: Indexed, index: EntryIndex): LookupTable {
  const toHit = (entry: number, key: Octets): TableHit => ({
    key,
    value: index.getValue(entry),
    source: { file: path, line: index.getLine(entry) },
  });
  return {
    name: `${type}:${path}`,
    messageName: toMessageName(type, path),
    kind: 'fixed',
    isSnapshot: true,
    lookup(key) {
      const entry = index.find(key);
      return entry === undefined ? undefined : toHit(entry, key);
    },
    *entries() {
      for (let entry = 0; entry < index.size; entry++) yield toHit(entry, index.getKey(entry));
    },
  };
}

/** @param options.ending which endings of keys are tried */
function toMapTable(
  { type, path }: Indexed,
  index: EntryIndex,
  { ending, report }: { readonly ending: TableWorld['trailingNull']; readonly report: ReportFinding },
): LookupTable {
  // QUIRK: once a key was found with one of the endings, Postfix tries no other: a map is taken for all of one kind.
  let endings = ending === 'no' ? [''] : ending === 'yes' ? ['\0'] : ['\0', ''];
  const toHit = (entry: number, key: Octets): TableHit => {
    const line = index.getLine(entry);
    return {
      key,
      value: cutAtNull(index.getValue(entry)),
      source: line === 0 ? { file: toMapFile(type, path) } : { file: path, line },
    };
  };
  return {
    name: `${type}:${path}`,
    messageName: toMessageName(type, path),
    kind: 'fixed',
    lookup(key) {
      for (const last of endings) {
        if (type === 'lmdb' && key + last === '') {
          reportLmdbKey(`error reading lmdb:${path}`, { file: path }, report);
          throw new LookupError(`lmdb:${path}`, 'an LMDB table has no empty key');
        }
        const entry = index.find(last === '' ? key : key + last);
        if (entry === undefined) continue;
        if (endings.length > 1) endings = [last];
        return toHit(entry, key);
      }
      return undefined;
    },
    *entries() {
      for (let entry = 0; entry < index.size; entry++) yield toHit(entry, cutAtNull(index.getKey(entry)));
    },
  };
}

/** Postfix's words for a file that isn't a map. */
function findFault(type: IndexedType, octets: Octets): string {
  if (type !== 'lmdb') return 'Invalid argument';
  return octets === '' ? 'Bad file descriptor' : 'MDB_INVALID: File is not an LMDB file';
}

function toOpenError({ type, path }: Indexed, fault: string): TableOpenError {
  return new TableOpenError(`open database ${toMapFile(type, path)}: ${fault}`, {
    finding: 'table-missing',
    hint: `run postfixture postmap ${type}:${path} (postalias, if it has aliases)`,
  });
}

/** Files know their time to the second, for Postfix. */
function isOlder(mapModifiedAt: number, textModifiedAt: number): boolean {
  return Math.floor(textModifiedAt / 1000) > Math.floor(mapModifiedAt / 1000);
}

function reportOlder({ type, path }: Indexed, why: string, { world, at }: Pick<TableOpening, 'world' | 'at'>): void {
  const problem = `database ${toMapFile(type, path)} is older than source file ${path}`;
  world.report({
    severity: 'warning',
    code: 'table-map-older',
    at,
    problem,
    why,
    hint: `run postmap or postalias ${type}:${path}`,
    postfixLine: `warning: ${problem}`,
  });
}

function cutAtNull(octets: Octets): Octets {
  const end = octets.indexOf('\0');
  return end < 0 ? octets : octets.slice(0, end);
}
