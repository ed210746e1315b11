import type { Answer, AnswerFault, Question } from '../question.ts';
import type { Octets } from '../octets.ts';
import { openNameList } from './domain-list.ts';
import { foldKey, isUtf8 } from './fold-key.ts';
import { LookupError, type LookupTable } from './lookup-table.ts';
import { reportFault } from './report-fault.ts';
import type { TableParameters } from './sql-source.ts';
import { expandQuery, expandResult, parseSqlTemplates, type SqlTemplates } from './sql-template.ts';
import { TableOpenError, type TableOpening } from './table-world.ts';

/** The parameters that each type of SQL table has. */
export const SQL_PARAMETERS = [
  'query',
  'result_format',
  'domain',
  'expansion_limit',
  'table',
  'select_field',
  'where_field',
  'additional_conditions',
] as const;

/** What a database does in its own way. */
export interface SqlDialect {
  /** `sqlite`. */
  readonly type: string;
  readonly name: Octets;
  readonly query: Octets;
  /** Makes a part of the key harmless between single quotes. */
  readonly quote: (part: Octets) => Octets;
  /** Whether keys that aren't UTF-8 are let through. */
  readonly takesAnyOctets: boolean;
  readonly toQuestion: (query: Octets) => Question;
  /** Whether only the first column of a row counts. */
  readonly takesFirstColumn: boolean;
  /** Whether NULL counts as an empty text, which Postfix warns of. */
  readonly warnsOfNull: boolean;
  /** How Postfix's warning of too many results begins. */
  readonly limitWords: string;
  /** Postfix's lines about a fault. */
  readonly toPostfixLines: (fault: AnswerFault, query: Octets) => readonly string[];
  /** QUIRK: what `query error` ends in is whatever errno(3) was left at. */
  readonly leftOver: string;
}

/** A table's templates and limits, read. */
interface SqlSettings {
  readonly templates: SqlTemplates;
  readonly expansionLimit: number;
  readonly holdsDomain: (domain: Octets) => boolean;
  readonly hasDomains: boolean;
}

/**
 * The query template that is made of the older parameters.
 * @throws {TableOpenError} if one is missing
 * @see Postfix's db_common(3), db_common_sql_build_query
 */
export function buildQuery(parameters: TableParameters): Octets {
  const table = parameters.get('table');
  const field = parameters.get('select_field');
  const where = parameters.get('where_field');
  return `SELECT ${field} FROM ${table} WHERE ${where}='%s' ${parameters.find('additional_conditions') ?? ''}`;
}

/**
 * Opens a table whose answers a database has.
 * @throws {TableOpenError} if a parameter is wrong
 */
export function openSqlTable(dialect: SqlDialect, parameters: TableParameters, opening: TableOpening): LookupTable {
  const settings = readSettings(dialect, parameters, opening);
  const { type, name } = dialect;
  const { world } = opening;
  const spec = `${type}:${name}`;
  const warn = (problem: string, hint: string): void => {
    world.report({
      severity: 'warning',
      code: 'lookup-warning',
      at: parameters.at,
      problem,
      why: `${spec} was asked, and this came of it`,
      hint,
      postfixLine: `warning: ${problem}`,
    });
  };
  const lookup = (written: Octets): Octets | undefined => {
    if (!dialect.takesAnyOctets && !isUtf8(written)) return undefined;
    const key = world.foldsCase ? foldKey(written, false) : written;
    if (!isInDomains(key, settings)) return undefined;
    if (key === '') {
      warn(`table "${spec}": empty query string -- ignored`, 'leave empty keys out');
      return undefined;
    }
    const query = expandQuery(settings.templates, key, dialect.quote);
    if (query === undefined) return undefined;
    const values: Octets[] = [];
    for (const value of valuesOf(world.ask(dialect.toQuestion(query)), { dialect, opening, parameters, query })) {
      if (value === '') {
        const empty = `table "${spec}": empty lookup result for: "${key}" -- ignored`;
        warn(empty, 'let the query leave out empty values');
      }
      const result = expandResult(settings.templates, value, key);
      if (result === undefined) continue;
      values.push(result);
      if (settings.expansionLimit > 0 && values.length > settings.expansionLimit) {
        warn(
          `dict_${type}_lookup: ${name}: ${dialect.limitWords} '${key}'`,
          'raise expansion_limit, or let the query answer with fewer values',
        );
        throw new LookupError(spec, dialect.leftOver);
      }
    }
    return values.length === 0 ? undefined : values.join(',');
  };
  return {
    name: spec,
    kind: 'fixed',
    lookup: (key) => {
      const value = lookup(key);
      return value === undefined ? undefined : { key, value, source: parameters.at };
    },
  };
}

function readSettings(dialect: SqlDialect, parameters: TableParameters, opening: TableOpening): SqlSettings {
  const resultFormat = parameters.get('result_format', '%s');
  const expansionLimit = parameters.getInteger('expansion_limit');
  const templates = parseSqlTemplates(dialect.query, resultFormat);
  if ('invalid' in templates) {
    const template = templates.invalid === 'query' ? dialect.query : resultFormat;
    throw new TableOpenError(`db_common_parse: ${dialect.name}: Invalid ${templates.invalid} template: ${template}`, {
      finding: 'table-parameter',
      hint: 'write %% for a percent sign; the others are %s %u %d %S %U %D %1 … %9',
      source: parameters.at,
      endsDaemons: true,
    });
  }
  const domains = parameters.find('domain');
  return {
    templates,
    expansionLimit,
    hasDomains: domains !== undefined,
    holdsDomain: openNameList(domains ?? '', opening),
  };
}

/** Whether the key is an address in the domains that the table has answers for; without such a list each key is. */
function isInDomains(key: Octets, { hasDomains, holdsDomain }: SqlSettings): boolean {
  if (!hasDomains) return true;
  const domain = key.slice(key.lastIndexOf('@') + 1);
  return key.includes('@') && domain !== '' && holdsDomain(domain);
}

/** The values that the database answered with, or the fault that it didn't. */
function* valuesOf(
  { rows, faults }: Answer,
  {
    dialect,
    opening,
    parameters,
    query,
  }: { dialect: SqlDialect; opening: TableOpening; parameters: TableParameters; query: Octets },
): Generator<Octets> {
  const spec = `${dialect.type}:${dialect.name}`;
  for (const fault of faults) {
    reportFault(spec, fault, {
      world: opening.world,
      at: parameters.at,
      postfixLines: dialect.toPostfixLines(fault, query),
    });
  }
  if (rows === undefined) {
    const isRefused = faults.some(({ stage }) => stage === 'refused');
    throw new LookupError(spec, isRefused ? 'not asked' : dialect.leftOver);
  }
  for (const row of rows) {
    for (const column of dialect.takesFirstColumn ? row.slice(0, 1) : row) {
      if (column !== null || dialect.warnsOfNull) yield column ?? '';
    }
  }
}
