import type { Octets } from '../octets.ts';
import { findLetters, foldKey, isUtf8 } from './fold-key.ts';
import { LookupError, type LookupTable, type TableHit } from './lookup-table.ts';
import type { TableWorld } from './table-world.ts';

const MALFORMED = 'malformed UTF-8 or invalid codepoint';

/**
 * Folds the case of what a table of the `fixed` kind is asked for, so that no type needs to. With smtputf8_enable it
 * lets only UTF-8 in and out: a key that isn't UTF-8 isn't found, a value that isn't can't be used.
 * @see Postfix's dict_utf8(3)
 */
export function guardTable(table: LookupTable, world: TableWorld): LookupTable {
  const folds = table.kind === 'fixed' && world.foldsCase;
  if (!world.smtputf8) return folds ? { ...table, lookup: (key) => table.lookup(foldKey(key, false)) } : table;
  const name = table.messageName ?? table.name;
  return {
    ...table,
    lookup(key): TableHit | undefined {
      const letters = findLetters(key);
      if (letters === 'others' && !isUtf8(key)) {
        reportNonUtf8(`${name}: non-UTF-8 key "${key}": ${MALFORMED}`, name, world);
        return undefined;
      }
      const folded = folds && letters !== 'small' ? foldKey(key, true) : key;
      const hit = table.lookup(folded);
      if (hit === undefined || table.isAscii === true || isUtf8(hit.value)) return hit;
      reportNonUtf8(`${name}: key "${folded}": non-UTF-8 value "${hit.value}": ${MALFORMED}`, name, world);
      throw new LookupError(name, 'its value is not UTF-8', { kind: 'configuration' });
    },
  };
}

function reportNonUtf8(problem: Octets, table: string, { report }: TableWorld): void {
  report({
    severity: 'warning',
    code: 'table-not-utf8',
    at: { file: table },
    problem,
    why: 'with smtputf8_enable = yes, lookup tables hold UTF-8 alone',
    hint: 'save the table as UTF-8',
    postfixLine: `warning: ${problem}`,
  });
}
