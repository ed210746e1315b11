import type { SourceLocation } from '../config/config-error.ts';
import { parseMainCf } from '../config/main-cf.ts';
import type { Octets } from '../octets.ts';
import { TableOpenError, type TableOpening } from './table-world.ts';

/** Where a table's own parameters come from: a file of `name = value` lines, or main.cf. */
export interface TableParameters {
  /** The parameter's value; undefined if it isn't set, or is empty. */
  find(name: string): Octets | undefined;
  /**
   * The parameter's value, which mustn't be empty.
   * @throws {TableOpenError} if it is
   */
  get(name: string, fallback?: Octets): Octets;
  /** The value as a whole number; 0 if it isn't set. @throws {TableOpenError} if it is none */
  getInteger(name: string): number;
  /** Whether nothing of this table is configured at all. */
  readonly isEmpty: boolean;
  /** Where they stand. */
  readonly at: SourceLocation;
}

const GREATEST_INTEGER = 2 ** 31 - 1;

/**
 * Opens the parameters of an SQL table.
 * QUIRK: Debian's Postfix has no SQL types until their packages are installed, and then it says `unsupported dictionary
 * type`; that is said here too of a name for which nothing is configured.
 * @throws {TableOpenError} if there are none
 */
export function openSqlParameters(
  type: string,
  {
    name,
    known,
    opening,
  }: { readonly name: Octets; readonly known: readonly string[]; readonly opening: TableOpening },
): TableParameters {
  const parameters = openTableParameters(name, known, opening);
  if (!parameters.isEmpty) return parameters;
  throw new TableOpenError(`unsupported dictionary type: ${type}`, {
    finding: 'table-missing',
    hint: `write the table's parameters into a file and name it: ${type}:/etc/postfix/${name}.cf`,
  });
}

/**
 * Opens the parameters of a table that has some of its own.
 * @param name a path that begins with `/` or `.`, or the prefix of parameters in main.cf: `NAME_query`
 * @param known every parameter that such a table can have
 * @throws {TableOpenError} if the file can't be read
 * @see Postfix's cfg_parser(3)
 */
export function openTableParameters(
  name: Octets,
  known: readonly string[],
  { world, at }: TableOpening,
): TableParameters {
  if (!/^[/.]/.test(name)) {
    // QUIRK: the messages about such parameters don't name the table (get_mail_conf_str, seen with 3.7.11).
    const values = new Map<string, Octets>();
    for (const parameter of known) {
      const value = world.parameter(`${name}_${parameter}`);
      if (value !== undefined) values.set(parameter, value);
    }
    return toParameters(values, { source: '', prefix: `${name}_`, at, placeOf: () => at });
  }
  const file = world.readFile(name);
  if ('fault' in file) {
    throw new TableOpenError(`open ${name}: ${file.fault}`, {
      finding: 'table-missing',
      hint: `write ${name}, or map its path with catch_path_map`,
      source: at,
    });
  }
  // QUIRK: in such a file $name isn't expanded, unlike in main.cf.
  const entries = parseMainCf(file.text, name, world.report);
  return toParameters(new Map(entries.map((entry) => [entry.name, entry.value])), {
    source: `${name}: `,
    prefix: '',
    at: { file: name },
    placeOf: (parameter) => entries.findLast((entry) => entry.name === parameter)?.valueAt ?? { file: name, line: 1 },
  });
}

interface ParameterPlaces {
  /** What messages begin with. */
  readonly source: string;
  readonly prefix: string;
  readonly at: SourceLocation;
  readonly placeOf: (parameter: string) => SourceLocation;
}

function toParameters(
  values: ReadonlyMap<string, Octets>,
  { source, prefix, at, placeOf }: ParameterPlaces,
): TableParameters {
  const fail = (name: string, problem: string, hint: string): never => {
    throw new TableOpenError(`${source}${problem}`, {
      finding: 'table-parameter',
      hint,
      source: placeOf(name),
      endsDaemons: true,
    });
  };
  return {
    at,
    isEmpty: values.size === 0,
    find: (name) => (values.get(name) === '' ? undefined : values.get(name)),
    get: (name, fallback = '') => {
      const value = values.get(name) ?? fallback;
      if (value !== '') return value;
      return fail(name, `bad string length 0 < 1: ${prefix}${name} = `, `set ${prefix}${name}`);
    },
    getInteger: (name) => {
      const text = values.get(name) ?? '0';
      const value = /^[ \t\n\v\f\r]*[+-]?[0-9]+$/.test(text) ? Number(text) : NaN;
      if (value >= -GREATEST_INTEGER - 1 && value <= GREATEST_INTEGER) return value;
      return fail(name, `bad numerical configuration: ${prefix}${name} = ${text}`, `write a whole number`);
    },
  };
}
