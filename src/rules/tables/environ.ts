import type { Octets } from '../octets.ts';
import type { LookupTable } from './lookup-table.ts';
import type { TableOpening } from './table-world.ts';

/**
 * Opens `environ:anything`: the variables of the environment.
 * QUIRK: their names are folded to lower case like any key, so that `PATH` isn't found.
 * @see DATABASE_README, "environ"
 */
export function openEnvironmentTable(name: Octets, { world }: TableOpening): LookupTable {
  return {
    name: `environ:${name}`,
    kind: 'fixed',
    lookup(key) {
      const value = world.environment.get(key);
      return value === undefined ? undefined : { key, value, source: { file: '<environment>' } };
    },
  };
}
