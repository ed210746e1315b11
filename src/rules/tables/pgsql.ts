import type { Octets } from '../octets.ts';
import type { AnswerFault, PgsqlHost } from '../question.ts';
import { hidePassword } from '../question.ts';
import type { LookupTable } from './lookup-table.ts';
import { openSqlParameters, type TableParameters } from './sql-source.ts';
import { buildQuery, openSqlTable, SQL_PARAMETERS } from './sql-table.ts';
import type { TableOpening } from './table-world.ts';

/**
 * Opens `pgsql:/etc/postfix/x.cf`, or `pgsql:NAME` with `NAME_hosts`, `NAME_query` … in main.cf: each key is a query to
 * a PostgreSQL database.
 * @throws {TableOpenError} if its parameters are missing or wrong
 * @see pgsql_table(5); Postfix's dict_pgsql(3)
 */
export function openPgsqlTable(name: Octets, opening: TableOpening): LookupTable {
  const known = ['hosts', 'user', 'password', 'dbname', 'select_function', ...SQL_PARAMETERS];
  const parameters = openSqlParameters('pgsql', { name, known, opening });
  const target = {
    hosts: parseHosts(parameters.find('hosts') ?? ''),
    user: parameters.find('user') ?? '',
    password: parameters.find('password') ?? '',
    dbname: parameters.get('dbname'),
  };
  const dialect = {
    type: 'pgsql',
    name,
    query: parameters.find('query') ?? callFunction(parameters) ?? buildQuery(parameters),
    quote: quoteForPgsql,
    takesAnyOctets: true,
    toQuestion: (query: Octets) => ({ kind: 'pgsql', ...target, query }) as const,
    takesFirstColumn: false,
    warnsOfNull: true,
    limitWords: 'Expansion limit exceeded for key:',
    toPostfixLines,
    leftOver: target.hosts.some(({ kind }) => kind === 'inet') ? 'Operation now in progress' : 'Application error',
  };
  return openSqlTable(dialect, parameters, opening);
}

/**
 * As PQescapeStringConn(3) where `standard_conforming_strings` is on, as it is here: a single quote is doubled, a
 * backslash is a letter like others. Between `E'` and `'` it isn't: a table that writes so is open to any key, in Postfix
 * too.
 */
export function quoteForPgsql(part: Octets): Octets {
  return part.replaceAll("'", "''");
}

/** The hosts in the order in which they are tried: sockets first, then hosts, then URIs, as Postfix prefers them. */
function parseHosts(text: Octets): readonly PgsqlHost[] {
  const written = text.split(/[,\s]+/).filter((host) => host !== '');
  const hosts = (written.length === 0 ? ['localhost'] : written).map(parseHost);
  // Of one kind Postfix takes any, at random; here their order is kept, so that a decision can be made again.
  return (['unix', 'inet', 'uri'] as const).flatMap((kind) => hosts.filter((host) => host.kind === kind));
}

function parseHost(written: Octets): PgsqlHost {
  if (written.startsWith('postgresql:')) return { kind: 'uri', name: written, port: '', written };
  const rest = written.replace(/^(?:unix|inet):/, '');
  if (rest === '' || rest.startsWith('/')) return { kind: 'unix', name: rest, port: '', written };
  const colon = rest.lastIndexOf(':');
  if (colon < 0) return { kind: 'inet', name: rest, port: '', written };
  return { kind: 'inet', name: rest.slice(0, colon), port: rest.slice(colon + 1), written };
}

function callFunction(parameters: TableParameters): Octets | undefined {
  const name = parameters.find('select_function');
  return name === undefined ? undefined : `SELECT ${name}('%s')`;
}

function toPostfixLines({ stage, where, message }: AnswerFault): readonly string[] {
  switch (stage) {
    case 'connect':
      return [`warning: connect to pgsql server ${hidePassword(where)}: ${message}\n`];
    case 'query':
      return [`warning: pgsql query failed: fatal error from host ${hidePassword(where)}: ${message}\n`];
    default:
      return [];
  }
}
