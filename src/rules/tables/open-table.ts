import type { SourceLocation } from '../config/config-error.ts';
import type { Octets } from '../octets.ts';
import { openCidrTable } from './cidr.ts';
import { openEnvironmentTable } from './environ.ts';
import { openFailTable } from './fail.ts';
import { makeIndexedOpener } from './indexed.ts';
import { openInlineTable } from './inline.ts';
import { guardTable } from './key-guard.ts';
import { LookupError, type LookupTable } from './lookup-table.ts';
import { makeAbsentOpener, openMemcacheTable, openNisTable, openTcpTable } from './not-asked.ts';
import { openPcreTable } from './pcre.ts';
import { openPgsqlTable } from './pgsql.ts';
import { openPipeTable } from './pipemap.ts';
import { openProxyTable } from './proxy.ts';
import { openRandomTable } from './randmap.ts';
import { openRegexpTable } from './regexp.ts';
import { openSocketmapTable } from './socketmap.ts';
import { openSqliteTable } from './sqlite.ts';
import { openStaticTable } from './static.ts';
import { TableOpenError, type OpenTable, type TableOpening, type TableWorld } from './table-world.ts';
import { openTextTable } from './texthash.ts';
import { openUnionTable } from './unionmap.ts';
import { openUnixTable } from './unix.ts';

/** Every type that this program can open, by the name that stands before the colon. */
const TYPES: ReadonlyMap<string, OpenTable> = new Map<string, OpenTable>([
  ['btree', makeIndexedOpener('btree')],
  ['cidr', openCidrTable],
  ['environ', openEnvironmentTable],
  ['fail', openFailTable],
  ['hash', makeIndexedOpener('hash')],
  ['inline', openInlineTable],
  ['lmdb', makeIndexedOpener('lmdb')],
  ['memcache', openMemcacheTable],
  ['nis', openNisTable],
  ['pcre', openPcreTable],
  ['pgsql', openPgsqlTable],
  ['pipemap', openPipeTable],
  ['proxy', openProxyTable],
  ['randmap', openRandomTable],
  ['regexp', openRegexpTable],
  ['socketmap', openSocketmapTable],
  ['sqlite', openSqliteTable],
  ['static', openStaticTable],
  ['tcp', openTcpTable],
  ['texthash', openTextTable],
  ['unionmap', openUnionTable],
  ['unix', openUnixTable],
]);

/** Types that Postfix has only with their packages, and that can't be opened here: they say what to do instead. */
const ABSENT_TYPES: ReadonlyMap<string, OpenTable> = new Map<string, OpenTable>([
  ['ldap', makeAbsentOpener('ldap')],
  ['mysql', makeAbsentOpener('mysql')],
]);

/** Indexed types that this build of Postfix doesn't have: where the text answers, it answers for them, too. */
const TEXT_ONLY: ReadonlyMap<string, OpenTable> = new Map<string, OpenTable>([
  ['cdb', makeIndexedOpener('cdb')],
  ['dbm', makeIndexedOpener('dbm')],
  ['sdbm', makeIndexedOpener('sdbm')],
]);

/** How deep tables may be made of tables: deeper, it is an attack on the stack. */
const MAX_DEPTH = 100;

/**
 * Opens a lookup table. What is wrong with it goes to `world.report`; a table that can't be opened is one whose lookups
 * throw, as in Postfix's daemons, so that mail for it waits.
 * @param spec `type:name`; `hash:/etc/postfix/virtual`, `inline:{a=b}`
 * @param at where it is named
 * @see postconf -m, DATABASE_README; Postfix's dict_open(3) and dict_surrogate(3)
 */
export function openTable(spec: Octets, at: SourceLocation, world: TableWorld): LookupTable {
  return openWithin(spec, 0, { at, world });
}

/** The types that can be opened, in Postfix's order. @see postconf -m */
export function listTableTypes(): readonly string[] {
  return [...TYPES.keys()].sort();
}

/** @param depth how many tables this one is part of */
function openWithin(spec: Octets, depth: number, { at, world }: Omit<TableOpening, 'open'>): LookupTable {
  try {
    const { open, name } = findType(spec, depth, world);
    return guardTable(open(name, { at, world, open: (inner) => openWithin(inner, depth + 1, { at, world }) }), world);
  } catch (error) {
    if (!(error instanceof TableOpenError)) throw error;
    const problem = error.message;
    world.report({
      severity: 'error',
      code: error.finding,
      at: error.source ?? at,
      problem,
      why: error.elsewhere ?? `no key can be looked up in ${spec}: mail that needs it is deferred`,
      hint: error.hint,
      postfixLine: `${error.endsDaemons ? 'fatal' : 'error'}: ${problem}`,
    });
    return openUnavailableTable(spec, problem);
  }
}

function findType(
  spec: Octets,
  depth: number,
  { source }: TableWorld,
): { readonly open: OpenTable; readonly name: Octets } {
  const colon = spec.indexOf(':');
  const type = spec.slice(0, colon);
  const name = spec.slice(colon + 1);
  if (colon <= 0 || name === '') {
    throw new TableOpenError(`open dictionary: expecting "type:name" form instead of "${spec}"`, {
      finding: 'table-name',
      hint: 'write type:name, as in hash:/etc/postfix/virtual',
      endsDaemons: true,
    });
  }
  const open = TYPES.get(type) ?? (source === 'text' ? TEXT_ONLY.get(type) : undefined) ?? ABSENT_TYPES.get(type);
  if (open === undefined) {
    throw new TableOpenError(`unsupported dictionary type: ${type}`, {
      finding: 'unsupported-table-type',
      hint: `use one of ${listTableTypes().join(', ')}`,
    });
  }
  if (depth > MAX_DEPTH) {
    throw new TableOpenError(`tables are nested deeper than ${MAX_DEPTH}`, {
      finding: 'table-nesting',
      hint: 'make the table of fewer others',
    });
  }
  return { open, name };
}

/** A table that has no answer to any key. @param problem why */
function openUnavailableTable(spec: Octets, problem: string): LookupTable {
  const fail = (): never => {
    throw new LookupError(spec, problem, { isUnavailable: true });
  };
  return { name: spec, kind: 'pattern', lookup: fail, entries: fail };
}
