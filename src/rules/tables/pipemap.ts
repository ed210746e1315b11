import type { Octets } from '../octets.ts';
import { openParts } from './composite.ts';
import type { LookupTable, TableHit } from './lookup-table.ts';
import type { TableOpening } from './table-world.ts';

/**
 * Opens `pipemap:{type:name, type:name}`: the answer of one table is the key of the next. If one doesn't have its key,
 * the whole has no answer.
 * @throws {TableOpenError} if it isn't a list of tables in braces
 * @see DATABASE_README, "pipemap"
 */
export function openPipeTable(name: Octets, opening: TableOpening): LookupTable {
  const [first, ...rest] = openParts('pipemap', name, opening);
  return {
    name: `pipemap:${name}`,
    kind: first.kind,
    lookup: (key) => rest.reduce<TableHit | undefined>((hit, part) => hit && part.lookup(hit.value), first.lookup(key)),
  };
}
