import { findNearestName } from '../rules/config/nearest-name.ts';
import type { Context } from './context.ts';
import { POSTFIX_TOOLS } from './postfix/tools.ts';
import { UsageError } from './usage-error.ts';

/** A flag of a command. */
export interface CommandOption {
  /** The one-letter form. */
  readonly short?: string;
  /** What `--help` calls the value; without it the flag is a yes or no, and `--no-…` is its opposite. */
  readonly value?: string;
  /** May be given several times. */
  readonly isRepeated?: boolean;
  /** A few words for `--help`, which leaves out flags without. */
  readonly summary?: string;
}

/** An argument without a flag. */
export interface CommandOperand {
  /** What `--help` calls it. */
  readonly value: string;
  readonly isOptional?: boolean;
  /** Takes all that are left. */
  readonly isRepeated?: boolean;
}

type OptionTable = Readonly<Record<string, CommandOption>>;
type OperandTable = Readonly<Record<string, CommandOperand>>;

/** What a command's flags and operands were, by name. */
export type Arguments = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

/** The same, of a command whose tables are known: undefined where one wasn't given. */
type ArgumentsOf<O extends OptionTable, P extends OperandTable> = {
  readonly [K in keyof O]: OptionArgument<O[K]>;
} & {
  readonly [K in keyof P]: OperandArgument<P[K]>;
};

type OperandArgument<T extends CommandOperand> = T extends { readonly isRepeated: true }
  ? readonly string[]
  : T extends { readonly isOptional: true }
    ? string | undefined
    : string;

type OptionArgument<T extends CommandOption> = T extends { readonly isRepeated: true }
  ? readonly string[]
  : T extends { readonly value: string }
    ? string | undefined
    : boolean | undefined;

interface CommandText {
  readonly name: string;
  /** One line. */
  readonly summary: string;
  /** How it is called, after `postfixture`; without it made of the name, flags and operands. */
  readonly usage?: string;
  /** Lines at the end of `--help`. */
  readonly notes?: readonly string[];
}

interface CommandDefinition<O extends OptionTable, P extends OperandTable> extends CommandText {
  readonly options: O;
  /** In the order in which they are written. */
  readonly operands: P;
  /** @returns the exit status */
  run(args: ArgumentsOf<O, P>, context: Context): Promise<number>;
}

/** A command. Its `--help` is made of what it says here. */
export interface Command extends CommandText {
  readonly options: OptionTable;
  readonly operands: OperandTable;
  /** @param args as `parseArguments` makes them for this command @returns the exit status */
  run(args: Arguments, context: Context): Promise<number>;
}

/** Makes a command; its `run` gets arguments of the types that its tables say. */
export function defineCommand<const O extends OptionTable, const P extends OperandTable>(
  definition: CommandDefinition<O, P>,
): Command {
  return {
    ...definition,
    // parseArguments reads these very tables, so that what it makes has these types.
    run: (args, context) => definition.run(args as ArgumentsOf<O, P>, context),
  };
}

/** The command called `name`. @throws {UsageError} naming the nearest */
export function getCommand(name: string, commands: readonly Command[]): Command {
  const found = commands.find((command) => command.name === name);
  if (found) return found;
  const names = commands.map((command) => command.name);
  const nearest = findNearestName(name, [...names, ...POSTFIX_TOOLS.map((tool) => tool.name)]);
  throw new UsageError(
    `unknown command "${name}"`,
    nearest === undefined ? `the commands are ${names.join(', ')}` : `did you mean ${nearest}?`,
  );
}
