import type { Octets } from '../octets.ts';
import { openParts } from './composite.ts';
import type { LookupTable } from './lookup-table.ts';
import type { TableOpening } from './table-world.ts';

/**
 * Opens `unionmap:{type:name, type:name}`: what all its tables answer, with commas between. If one can't answer, the
 * whole can't.
 * @throws {TableOpenError} if it isn't a list of tables in braces
 * @see DATABASE_README, "unionmap"
 */
export function openUnionTable(name: Octets, opening: TableOpening): LookupTable {
  const parts = openParts('unionmap', name, opening);
  return {
    name: `unionmap:${name}`,
    kind: parts[0].kind,
    lookup(key) {
      const hits = parts.map((part) => part.lookup(key)).filter((hit) => hit !== undefined);
      const [first] = hits;
      // QUIRK: an empty answer leaves no comma when it comes first.
      const value = hits.reduce((text, hit) => (text === '' ? hit.value : `${text},${hit.value}`), '');
      return first === undefined || value === '' ? undefined : { key: first.key, value, source: first.source };
    },
  };
}
