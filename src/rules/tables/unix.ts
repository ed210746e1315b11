import type { Octets } from '../octets.ts';
import type { LookupTable, TableHit } from './lookup-table.ts';
import { TableOpenError, type TableOpening } from './table-world.ts';

/**
 * Opens `unix:passwd.byname` or `unix:group.byname`: the machine's accounts and groups, as lines of passwd(5) and
 * group(5).
 * @throws {TableOpenError} for any other name
 * @see DATABASE_README, "unix"
 */
export function openUnixTable(name: Octets, { world }: TableOpening): LookupTable {
  switch (name) {
    case 'passwd.byname':
      return { name: `unix:${name}`, kind: 'fixed', ...indexLines('/etc/passwd', world.passwd, 7) };
    case 'group.byname':
      return { name: `unix:${name}`, kind: 'fixed', ...indexLines('/etc/group', world.group, 4) };
    default:
      throw new TableOpenError(`unknown table: unix:${name}`, {
        finding: 'unknown-unix-table',
        hint: 'use unix:passwd.byname or unix:group.byname',
      });
  }
}

/** @param fields how many a line must have, separated by colons */
function indexLines(file: string, text: Octets, fields: number): Pick<LookupTable, 'lookup'> {
  const hits = new Map<Octets, TableHit>();
  for (const [index, value] of text.split('\n').entries()) {
    const [key = '', ...rest] = value.split(':');
    if (key === '' || rest.length !== fields - 1 || hits.has(key)) continue;
    hits.set(key, { key, value, source: { file, line: index + 1 } });
  }
  return { lookup: (key) => hits.get(key) };
}
