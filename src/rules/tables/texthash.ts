import type { Octets } from '../octets.ts';
import { createEntryIndex } from './entry-index.ts';
import { foldKey, isAscii } from './fold-key.ts';
import type { LookupTable, TableHit } from './lookup-table.ts';
import { warnOfLine } from './line-warning.ts';
import { readMapText } from './map-text.ts';
import { TableOpenError, type TableOpening } from './table-world.ts';

/**
 * Opens `texthash:file`: a text in postmap's format, read as it is.
 * QUIRK: Postfix's daemons don't open one that has two entries for a key; postmap warns, and the first one counts.
 * @throws {TableOpenError} if it can't be read
 * @see DATABASE_README, "texthash"; Postfix's dict_thash(3)
 */
export function openTextTable(path: Octets, { world }: TableOpening): LookupTable {
  const file = world.readFile(path);
  if ('fault' in file) throw toReadError(path, file.fault);
  const { text } = file;
  const index = createEntryIndex(text, { foldsCase: world.foldsCase });
  const isPlain = !world.smtputf8 || isAscii(text);
  const { smtputf8, report } = world;
  readMapText(
    text,
    { file: path, smtputf8, report, files: world, ignored: ' -- ignoring this line' },
    ({ text: source, line, isJoined }, place, named) => {
      const before = index.size;
      const readKey = (): Octets => source.slice(place.keyStart, place.keyEnd);
      const readValue = (): Octets => named ?? source.slice(place.valueStart, place.valueEnd);
      const entry =
        isPlain && !isJoined && named === undefined
          ? index.addPlace(place, line)
          : index.addText(world.foldsCase ? foldKey(readKey(), smtputf8) : readKey(), readValue(), line);
      if (index.size > before || world.duplicates === 'ignore') return;
      const at = { file: path, line };
      const problem = `duplicate entry: "${readKey()}"`;
      const hint = 'remove one of the entries';
      if (world.duplicates === 'replace') index.replace(entry, readValue(), line);
      else if (world.duplicates === 'warn') warnOfLine(report, { code: 'table-duplicate', at, problem, hint });
      else {
        throw new TableOpenError(`${path}, line ${line}: ${problem}`, { finding: 'table-duplicate', hint, source: at });
      }
    },
  );
  const toHit = (entry: number, key: Octets): TableHit => ({
    key,
    value: index.getValue(entry),
    source: { file: path, line: index.getLine(entry) },
  });
  return {
    name: `texthash:${path}`,
    kind: 'fixed',
    isSnapshot: true,
    isAscii: isAscii(text),
    lookup(key) {
      const entry = index.find(key);
      return entry === undefined ? undefined : toHit(entry, key);
    },
    *entries() {
      for (let entry = 0; entry < index.size; entry++) yield toHit(entry, index.getKey(entry));
    },
  };
}

function toReadError(path: Octets, fault: string): TableOpenError {
  // A directory can be opened; only reading it fails, which ends the daemons too.
  const isDirectory = fault === 'Is a directory';
  return new TableOpenError(isDirectory ? `read ${path}: ${fault}` : `open database ${path}: ${fault}`, {
    finding: 'table-missing',
    hint: 'name a file that exists and can be read',
    endsDaemons: isDirectory,
  });
}
