import type { Octets } from '../octets.ts';
import { extractBraces } from './braces.ts';
import type { LookupTable } from './lookup-table.ts';
import { takeNamedFiles } from './named-files.ts';
import { TableOpenError, type TableOpening } from './table-world.ts';

/**
 * Opens `static:value` or `static:{ value }`: every key has this one value.
 * @throws {TableOpenError} if braces don't match
 * @see DATABASE_README, "static"
 */
export function openStaticTable(name: Octets, { at, world }: TableOpening): LookupTable {
  const value = takeNamedFiles(name.startsWith('{') ? unwrap(name) : name, world);
  return {
    name: `static:${name}`,
    kind: 'fixed',
    lookup: (key) => ({ key, value, source: at }),
    rules: () => [{ key: '*', value, source: at }],
  };
}

function unwrap(name: Octets): Octets {
  const inner = extractBraces(name);
  if ('text' in inner) return inner.text;
  throw new TableOpenError(`bad static:name syntax: ${inner.fault}`, {
    finding: 'table-syntax',
    hint: 'write static:{value}',
  });
}
