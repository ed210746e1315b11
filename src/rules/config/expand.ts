import { ConfigError, type SourceLocation } from './config-error.ts';
import { escapeMacros, expandMacros, MacroError } from './macros.ts';

const DOLLAR_HINT = 'write $$ for a dollar sign';

/** A value as it was written. */
export interface WrittenValue {
  readonly text: string;
  readonly at: SourceLocation;
}

/**
 * Expands `$name` in a setting of this program's, as Postfix does; but an unknown name is a mistake.
 * @param find the value of a parameter; undefined if there is no such parameter
 * @throws {ConfigError} at the value with the mistake: a lone `$`, an unknown name, a parameter that needs itself
 * @see expandMacros
 */
export function expandValue(
  name: string,
  value: WrittenValue,
  find: (name: string) => WrittenValue | undefined,
): string {
  return expandWithin([name], value, { find, expanded: new Map() });
}

interface Values {
  readonly find: (name: string) => WrittenValue | undefined;
  /** Those that have been asked for before: a value that doubles at each level takes no longer. */
  readonly expanded: Map<string, string>;
}

/** @param path the parameters being expanded, outermost first */
function expandWithin(path: readonly string[], { text, at }: WrittenValue, values: Values): string {
  const findText = (name: string): string | undefined => {
    if (path.includes(name)) {
      const circle = [...path.slice(path.indexOf(name)), name].join(' → ');
      throw new ConfigError(`unreasonable macro call nesting: "${name}"`, at, { hint: `break the circle ${circle}` });
    }
    const found = values.find(name);
    if (found === undefined) return undefined;
    const expanded = values.expanded.get(name) ?? expandWithin([...path, name], found, values);
    values.expanded.set(name, expanded);
    return escapeMacros(expanded);
  };
  const refuse = (name: string): never => {
    // Postfix takes an unknown name for empty, since main.cf may define names of its own; here none can be defined.
    throw new ConfigError(`undefined parameter: ${name}`, at, { hint: DOLLAR_HINT });
  };
  try {
    return expandMacros(text, findText, refuse);
  } catch (error) {
    if (!(error instanceof MacroError)) throw error;
    const problem = error.warnings[0] ?? error.message;
    const hint = problem.startsWith('empty macro name') ? DOLLAR_HINT : 'write ${name}';
    throw new ConfigError(problem, at, { hint, cause: error });
  }
}
