import type { SourceLocation } from '../rules/config/config-error.ts';
import { toServiceName } from '../rules/config/master-cf.ts';
import { fromOctets, type Octets } from '../rules/octets.ts';
import { toMapFile } from '../rules/tables/compiled-map.ts';
import type { FileFact, ReadFileFact } from '../rules/tables/file-text.ts';
import { LookupError, type LookupTable } from '../rules/tables/lookup-table.ts';
import type { Settings } from './settings.ts';
import type { TableHistory } from './table-history.ts';

/** A lookup table that a configuration names, for people: text, not octets. */
export interface ReportedTable {
  /** `hash:/etc/postfix/virtual`. */
  readonly spec: string;
  /** `hash`; without the `proxy` before it. */
  readonly type: string;
  /** What follows the type: `/etc/postfix/virtual`. */
  readonly name: string;
  /** Every place that names it. */
  readonly namedBy: readonly {
    readonly parameter: string;
    /** The service of master.cf whose `-o` names it. */
    readonly service?: string;
    readonly at: SourceLocation;
  }[];
  /** How many entries or rules it has, where its type tells. */
  readonly entries?: number;
  /** Of its text, in ms since 1970. */
  readonly modifiedAtMs?: number;
  /** Of a table that Postfix reads from a map which postmap builds: there is no map, or the text has changed since. */
  readonly stale?: 'no map' | 'older map';
  /** Why it can't be used as it is now. */
  readonly fault?: string;
  /** Of the version that answers in spite of the fault, when it was read, in ms since 1970. */
  readonly keptFromMs?: number;
}

/** Types whose name is a file that is small, and that a person edits. */
const TEXT_TYPES: ReadonlySet<string> = new Set([
  ...['hash', 'btree', 'lmdb', 'texthash', 'regexp', 'pcre', 'cidr'],
  ...['pgsql', 'ldap', 'mysql', 'memcache'],
]);

/** The tables that main.cf and the `-o` of master.cf name, in their order, each once. */
export function reportTables({ tables: named, configuration, tableHistory }: Settings): readonly ReportedTable[] {
  const tables = new Map<Octets, ReportedTable>();
  for (const { spec, parameter, service, at, table } of named) {
    const known = tables.get(spec) ?? {
      ...reportTable(spec, table, configuration.readFile),
      ...findKept(spec, tableHistory),
    };
    const naming = {
      parameter: fromOctets(parameter),
      ...(service && { service: fromOctets(toServiceName(service)) }),
      at,
    };
    tables.set(spec, { ...known, namedBy: [...known.namedBy, naming] });
  }
  return [...tables.values()];
}

function reportTable(spec: Octets, table: LookupTable, readFile: ReadFileFact): ReportedTable {
  const bare = spec.replace(/^(?:proxy:)+/, '');
  const type = bare.slice(0, Math.max(0, bare.indexOf(':')));
  const name = bare.slice(bare.indexOf(':') + 1);
  const text = TEXT_TYPES.has(type) && /^[./]/.test(name) ? readFile(name) : undefined;
  return {
    spec: fromOctets(spec),
    type,
    name: fromOctets(name),
    namedBy: [],
    ...countEntries(table),
    ...(text && 'text' in text && { modifiedAtMs: text.modifiedAt, ...findStale(type, name, { text, readFile }) }),
  };
}

function countEntries(table: LookupTable): Pick<ReportedTable, 'entries' | 'fault'> {
  try {
    const entries = table.entries?.() ?? table.rules?.();
    if (entries === undefined) return {};
    let count = 0;
    for (const _ of entries) count++;
    return { entries: count };
  } catch (error) {
    if (!(error instanceof LookupError)) throw error;
    return { fault: fromOctets(error.problem) };
  }
}

function findKept(spec: Octets, { versions, faults }: TableHistory): Pick<ReportedTable, 'fault' | 'keptFromMs'> {
  const fault = faults.get(spec);
  const version = versions.get(spec);
  return fault === undefined || version === undefined ? {} : { fault: fromOctets(fault), keptFromMs: version.readAtMs };
}

function findStale(
  type: string,
  name: Octets,
  { text, readFile }: { readonly text: FileFact; readonly readFile: ReadFileFact },
): Pick<ReportedTable, 'stale'> {
  if (type !== 'hash' && type !== 'btree' && type !== 'lmdb') return {};
  const map = readFile(toMapFile(type, name));
  if ('fault' in map) return { stale: 'no map' };
  return map.modifiedAt < text.modifiedAt ? { stale: 'older map' } : {};
}
