import { parseArgs } from 'node:util';
import { findNearestName } from '../rules/config/nearest-name.ts';
import type { Arguments, Command, CommandOption } from './command.ts';
import { UsageError } from './usage-error.ts';

/** What a command line asks a command for. */
export type Request =
  { readonly kind: 'run'; readonly args: Arguments } | { readonly kind: 'help' } | { readonly kind: 'version' };

/** The flags that every command has. */
export const COMMON_OPTIONS = {
  help: { short: 'h', summary: 'show this' },
  version: { short: 'V', summary: 'show the version' },
} as const satisfies Record<string, CommandOption>;

type Token = NonNullable<ReturnType<typeof parseArgs>['tokens']>[number];
type OptionToken = Extract<Token, { kind: 'option' }>;

/**
 * Reads what follows a command's name. `--help` and `--version` win over everything else that is right.
 * @throws {UsageError} naming the nearest flag, or what a flag takes
 */
export function parseArguments(command: Command, argv: readonly string[]): Request {
  const options: Readonly<Record<string, CommandOption>> = { ...command.options, ...COMMON_OPTIONS };
  const { tokens } = parseArgs({
    args: [...argv],
    // Not strict: Node's own messages know neither the nearest name nor what a flag takes.
    strict: false,
    allowNegative: true,
    tokens: true,
    options: Object.fromEntries(
      Object.entries(options).map(([name, { short, value }]) => [
        name,
        { type: value === undefined ? 'boolean' : 'string', ...(short === undefined ? {} : { short }) } as const,
      ]),
    ),
  });
  const given = tokens.flatMap((token) => (token.kind === 'option' ? [readOption(token, options)] : []));
  const args: Record<string, string | boolean | readonly string[]> = Object.fromEntries(given);
  for (const [name, { isRepeated }] of Object.entries(options)) {
    if (isRepeated) args[name] = given.filter(([other]) => other === name).map(([, value]) => String(value));
  }
  if (args['help'] === true) return { kind: 'help' };
  if (args['version'] === true) return { kind: 'version' };
  const words = tokens.flatMap((token) => (token.kind === 'positional' ? [token.value] : []));
  return { kind: 'run', args: { ...args, ...readOperands(command, words) } };
}

function readOption(
  { name, rawName, value, inlineValue }: OptionToken,
  options: Readonly<Record<string, CommandOption>>,
): readonly [string, string | boolean] {
  const option = Object.hasOwn(options, name) ? options[name] : undefined;
  if (option === undefined) throw unknownFlag(name, rawName, Object.keys(options));
  const isNegative = rawName === `--no-${name}`;
  if (option.value === undefined) {
    if (value === undefined) return [name, !isNegative];
    throw new UsageError(`${rawName} takes no value: "${value}"`, `write --${name} or --no-${name}`);
  }
  const example = `--${name}=${option.value}`;
  if (isNegative) throw new UsageError(`${rawName} makes no sense`, `write ${example}`);
  // A value that looks like a flag is a forgotten value, unless it is joined by `=`.
  if (value === undefined || (!inlineValue && /^-./.test(value))) {
    throw new UsageError(`${rawName} needs a value`, `write ${example}`);
  }
  return [name, value];
}

function readOperands(
  { name, operands }: Command,
  words: readonly string[],
): Readonly<Record<string, string | readonly string[]>> {
  const wanted = Object.entries(operands);
  const missing = wanted.find(([, { isOptional }], index) => !isOptional && words[index] === undefined);
  if (missing) throw new UsageError(`${missing[1].value} is missing`, `see postfixture ${name} --help`);
  const isOpen = wanted.at(-1)?.[1].isRepeated === true;
  const extra = words[wanted.length];
  if (extra !== undefined && !isOpen) {
    throw new UsageError(`"${extra}" is too much`, `see postfixture ${name} --help`);
  }
  return Object.fromEntries(
    wanted.flatMap(([operand, { isRepeated }], index): readonly (readonly [string, string | readonly string[]])[] => {
      if (isRepeated) return [[operand, words.slice(index)]];
      const word = words[index];
      return word === undefined ? [] : [[operand, word]];
    }),
  );
}

function unknownFlag(name: string, rawName: string, known: readonly string[]): UsageError {
  const nearest = rawName.startsWith('--') ? findNearestName(name, known) : undefined;
  const hint = nearest === undefined ? 'see postfixture --help' : `did you mean --${nearest}?`;
  return new UsageError(`unknown flag ${rawName}`, hint);
}
