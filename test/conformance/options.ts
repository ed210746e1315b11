// The runner's command line.
import { parseArgs } from 'node:util';
import { KINDS, type Kind, type Vector } from './vector.ts';

/** What a run is asked for. */
export interface RunOptions {
  /** Only probes of these kinds are reported; none given: all. Others of a case still run, for what they leave behind. */
  readonly kinds: readonly Kind[];
  /** Only cases whose names contain one of these. */
  readonly cases: readonly string[];
  /** Only cases that cover something which contains one of these. */
  readonly covers: readonly string[];
  /** Tell of passing probes and of those not supported too. */
  readonly isVerbose: boolean;
  /** Files, or directories of them; none given: the copied vectors. */
  readonly paths: readonly string[];
}

/** How the command is used. */
export const USAGE = `\
Usage: npm run conformance -- [OPTION]… [DIR|FILE…]
Runs vectors (by default those in test/conformance/vectors) and compares with what a real Postfix answered.

  --kind KIND     only probes of this kind: ${KINDS.join(' ')}
  --case NAME     only cases whose name contains NAME
  --covers TEXT   only cases that cover TEXT: a parameter, a manual page
  -v              print passing probes, and why others are not supported
  -h, --help      print this

Options may be repeated. Status: 0 all agree, 1 some don't, 2 usage or a file that isn't a vector.
`;

/** A command line that can't be followed. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** @returns undefined when help is asked for @throws {UsageError} */
export function parseOptions(argv: readonly string[]): RunOptions | undefined {
  const many = { type: 'string', multiple: true } as const;
  let parsed;
  try {
    parsed = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        kind: many,
        case: many,
        covers: many,
        verbose: { type: 'boolean', short: 'v' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
  const { values, positionals } = parsed;
  if (values.help === true) return undefined;
  return {
    kinds: (values.kind ?? []).map(toKind),
    cases: values.case ?? [],
    covers: values.covers ?? [],
    isVerbose: values.verbose ?? false,
    paths: positionals,
  };
}

/** Whether the options ask for a case. */
export function isWanted({ name, covers, probes }: Vector, options: RunOptions): boolean {
  const holds = (wanted: readonly string[], texts: readonly string[]): boolean =>
    wanted.length === 0 || wanted.some((part) => texts.some((text) => text.toLowerCase().includes(part.toLowerCase())));
  return (
    holds(options.cases, [name]) && holds(options.covers, covers) && probes.some((probe) => isOfKind(probe, options))
  );
}

/** Whether the options ask for probes of this kind. */
export function isOfKind({ kind }: { readonly kind: Kind }, { kinds }: RunOptions): boolean {
  return kinds.length === 0 || kinds.includes(kind);
}

/** Whether all that is there is asked for, so that the list of what isn't supported can be judged. */
export function isWhole({ kinds, cases, covers, paths }: RunOptions): boolean {
  return [kinds, cases, covers, paths].every((given) => given.length === 0);
}

function toKind(word: string): Kind {
  const found = KINDS.find((kind) => kind === word);
  if (found === undefined) throw new UsageError(`unknown kind "${word}": one of ${KINDS.join(' ')}`);
  return found;
}
