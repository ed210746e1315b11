import type { Octets } from '../octets.ts';
import type { AnswerFault } from '../question.ts';
import type { LookupTable } from './lookup-table.ts';
import { openSqlParameters } from './sql-source.ts';
import { buildQuery, openSqlTable, SQL_PARAMETERS } from './sql-table.ts';
import type { TableOpening } from './table-world.ts';

/**
 * Opens `sqlite:/etc/postfix/x.cf`, or `sqlite:NAME` with `NAME_dbpath`, `NAME_query` … in main.cf: each key is a query
 * to an SQLite file.
 * @throws {TableOpenError} if its parameters are missing or wrong
 * @see sqlite_table(5); Postfix's dict_sqlite(3)
 */
export function openSqliteTable(name: Octets, opening: TableOpening): LookupTable {
  const parameters = openSqlParameters('sqlite', { name, known: ['dbpath', ...SQL_PARAMETERS], opening });
  const file = parameters.get('dbpath');
  const dialect = {
    type: 'sqlite',
    name,
    query: parameters.find('query') ?? buildQuery(parameters),
    quote: quoteForSqlite,
    takesAnyOctets: false,
    toQuestion: (query: Octets) => ({ kind: 'sqlite', file, query }) as const,
    takesFirstColumn: true,
    warnsOfNull: false,
    limitWords: 'Expansion limit exceeded for key',
    toPostfixLines: (fault: AnswerFault, query: Octets) => toPostfixLines(name, fault, query),
    leftOver: 'No such file or directory',
  };
  return openSqlTable(dialect, parameters, opening);
}

/** As SQLite's `%q`: a single quote is doubled, nothing else has a meaning between quotes. */
export function quoteForSqlite(part: Octets): Octets {
  return part.replaceAll("'", "''");
}

function toPostfixLines(name: Octets, { stage, message }: AnswerFault, query: Octets): readonly string[] {
  const program = `dict_sqlite_lookup: ${name}`;
  switch (stage) {
    case 'open':
      return [`fatal: sqlite:${name}: Can't open database: ${message}\n`];
    case 'prepare':
      return [`fatal: ${program}: SQL prepare failed: ${message}\n`];
    case 'step':
      return [
        `warning: ${program}: SQL step failed for query '${query}': ${message}\n`,
        `fatal: ${program}: SQL finalize failed for query '${query}': ${message}\n`,
      ];
    default:
      return [];
  }
}
