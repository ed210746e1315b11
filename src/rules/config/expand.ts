import { ConfigError, type SourceLocation } from './config-error.ts';

const DOLLAR_HINT = 'write $$ for a dollar sign';

/** A value as it was written. */
export interface WrittenValue {
  readonly text: string;
  readonly at: SourceLocation;
}

const REFERENCE = /\$(?:(?<dollar>\$)|(?<bare>\w+)|\{(?<braced>[^{}]*)\}|\((?<inParentheses>[^()]*)\)|(?<open>[{(])|)/g;

/**
 * Replaces `$name`, `${name}` and `$(name)` by the named parameter's expanded value, and `$$` by `$`.
 * @param find the value of a parameter; undefined if there is no such parameter
 * @throws {ConfigError} at the value with the mistake: a lone `$`, an unknown name, a parameter that needs itself
 * @see postconf(5)
 */
export function expandValue(
  name: string,
  value: WrittenValue,
  find: (name: string) => WrittenValue | undefined,
): string {
  return expandWithin([name], value, find);
}

/** Writes text so that {@link expandValue} gives it back unchanged. */
export function escapeValue(text: string): string {
  return text.replaceAll('$', '$$$$');
}

/** @param path the parameters being expanded, outermost first */
function expandWithin(
  path: readonly string[],
  { text, at }: WrittenValue,
  find: (name: string) => WrittenValue | undefined,
): string {
  let expanded = '';
  let end = 0;
  for (const match of text.matchAll(REFERENCE)) {
    expanded += text.slice(end, match.index);
    end = match.index + match[0].length;
    if (match.groups?.['dollar'] !== undefined) {
      expanded += '$';
      continue;
    }
    const name = parseReference(match, { text, at });
    if (path.includes(name)) {
      const circle = [...path.slice(path.indexOf(name)), name].join(' → ');
      throw new ConfigError(`unreasonable macro call nesting: "${name}"`, at, { hint: `break the circle ${circle}` });
    }
    const found = find(name);
    // Postfix takes an unknown name for empty, since main.cf may define names of its own; here none can be defined.
    if (found === undefined) throw new ConfigError(`undefined parameter: ${name}`, at, { hint: DOLLAR_HINT });
    expanded += expandWithin([...path, name], found, find);
  }
  return expanded + text.slice(end);
}

/** The name that is asked for. */
function parseReference(match: RegExpExecArray, { text, at }: WrittenValue): string {
  const { bare, braced, inParentheses, open } = match.groups ?? {};
  const name = (bare ?? braced ?? inParentheses)?.trim();
  if (open !== undefined) throw new ConfigError(`truncated macro reference: "${text}"`, at, { hint: 'write ${name}' });
  if (name === undefined || name === '')
    throw new ConfigError(`empty macro name: "${text}"`, at, { hint: DOLLAR_HINT });
  if (!/^\w+$/.test(name)) {
    throw new ConfigError(`attribute name syntax error at: "${match[0]}"`, at, { hint: 'write ${name}' });
  }
  return name;
}
