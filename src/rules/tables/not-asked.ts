import type { Severity } from '../config/finding.ts';
import type { Octets } from '../octets.ts';
import { LookupError, type LookupTable } from './lookup-table.ts';
import { openTableParameters } from './sql-source.ts';
import { TableOpenError, type OpenTable, type TableOpening } from './table-world.ts';

/**
 * Opens ldap and mysql tables. Debian's Postfix can't before their packages are installed, and neither can this program.
 * @throws {TableOpenError} always
 */
export function makeAbsentOpener(type: 'ldap' | 'mysql'): OpenTable {
  return (name) => {
    throw new TableOpenError(`unsupported dictionary type: ${type}`, {
      finding: 'table-not-asked',
      hint: `${stub(type, name)}; in production install postfix-${type}`,
      elsewhere: `production asks it if it has postfix-${type}; here no key can be looked up in ${type}:${name}`,
    });
  };
}

/** A memcache, which isn't asked. @throws {TableOpenError} if its file can't be read @see memcache_table(5) */
export function openMemcacheTable(name: Octets, opening: TableOpening): LookupTable {
  const parameters = openTableParameters(name, ['memcache'], opening);
  const server = parameters.get('memcache', 'inet:localhost:11211').replace(/^[^:]*:/, '');
  return toSilentTable('memcache', name, {
    opening,
    why: `production asks the memcache at ${server}`,
    postfixLine: `warning: connect to ${server}: Connection refused`,
  });
}

/** A server of Postfix's own protocol, which isn't asked. @see tcp_table(5) */
export function openTcpTable(name: Octets, opening: TableOpening): LookupTable {
  return toSilentTable('tcp', name, {
    opening,
    why: `production asks the server at ${name}, and tries for ten seconds if there is none`,
    postfixLine: `warning: connect to TCP map ${name}: Connection refused`,
  });
}

/** As Postfix on a machine without NIS: no key is found, and mail isn't deferred. @see Postfix's dict_nis(3) */
export function openNisTable(name: Octets, opening: TableOpening): LookupTable {
  const words = 'dict_nis_init: NIS domain name not set - NIS lookups disabled';
  reportNotAsked('nis', name, {
    opening,
    // alias_maps has one by default.
    severity: 'note',
    why: 'without NIS no key is found in it; production finds some, if it has NIS',
    postfixLine: `warning: ${words}`,
  });
  return { name: `nis:${name}`, kind: 'fixed', lookup: () => undefined };
}

interface NotAsked {
  readonly opening: TableOpening;
  readonly severity?: Severity;
  readonly why: string;
  readonly postfixLine: string;
}

/** A table whose server isn't asked: to rules it is as if nobody listened there. */
function toSilentTable(type: 'memcache' | 'tcp', name: Octets, about: NotAsked): LookupTable {
  const spec = `${type}:${name}`;
  return {
    name: spec,
    kind: type === 'tcp' ? 'pattern' : 'fixed',
    lookup: () => {
      reportNotAsked(type, name, about);
      throw new LookupError(spec, 'Connection refused');
    },
  };
}

function reportNotAsked(
  type: string,
  name: Octets,
  { opening: { world, at }, severity = 'warning', why, postfixLine }: NotAsked,
): void {
  world.report({
    severity,
    code: 'table-not-asked',
    at,
    problem: `${type}:${name} isn’t asked here`,
    why,
    hint: stub(type, name),
    postfixLine,
  });
}

function stub(type: string, name: Octets): string {
  const base = /[^/:]+$/.exec(name.replace(/\.cf$/, ''))?.[0] ?? type;
  return `put inline:{ { user@example.com = value } } or texthash:/etc/postfix/${base} in the place of ${type}:${name}`;
}
