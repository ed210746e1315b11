import type { Octets } from '../octets.ts';
import { splitList } from './composite.ts';
import type { LookupTable } from './lookup-table.ts';
import { takeNamedFiles } from './named-files.ts';
import type { TableOpening } from './table-world.ts';

/**
 * Opens `randmap:{value, value}`: each lookup draws one of its values, whatever the key.
 * @throws {TableOpenError} if it isn't a list in braces
 * @see DATABASE_README, "randmap"
 */
export function openRandomTable(name: Octets, { at, world }: TableOpening): LookupTable {
  const [first, ...rest] = splitList('randmap', name, 'value');
  const value = takeNamedFiles(first, world);
  const values = [value, ...rest.map((written) => takeNamedFiles(written, world))];
  return {
    name: `randmap:${name}`,
    kind: 'pattern',
    lookup: (key) => ({ key, value: values[Math.floor(world.random() * values.length)] ?? value, source: at }),
  };
}
