import type { Octets } from '../octets.ts';
import { LookupError, type LookupTable } from './lookup-table.ts';

/** Opens `fail:text`: no lookup ever works, so that what a broken table does can be tried. @see DATABASE_README, "fail" */
export function openFailTable(name: Octets): LookupTable {
  const fail = (): never => {
    throw new LookupError(`fail:${name}`, 'Application error');
  };
  return { name: `fail:${name}`, kind: 'pattern', lookup: fail, entries: fail };
}
