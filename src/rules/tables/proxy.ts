import type { Octets } from '../octets.ts';
import type { LookupTable } from './lookup-table.ts';
import type { TableOpening } from './table-world.ts';

/**
 * Opens `proxy:type:name`: the table behind it. In Postfix another process opens the table, outside a chroot and once
 * for all; what it answers is the same.
 * @see proxymap(8)
 */
export function openProxyTable(name: Octets, { open }: TableOpening): LookupTable {
  return { ...open(name), name: `proxy:${name}` };
}
