import type { Output } from '../context.ts';
import { readOptions } from '../getopt.ts';
import { printLine, toUsageError } from '../postfix-tool.ts';

// In the order in which messages name them.
const FLAGS = [
  ...(['a', 'A', 'b', 'd', 'e', 'f', 'F', 'h', 'H', 'l', 'm'] as const),
  ...(['M', 'n', 'o', 'p', 'P', 't', 'T', 'x', 'X', '#'] as const),
] as const;

/** A letter of postconf(1)'s command line. `p` is set where no other mode is, `e` where the first operand has a `=`. */
export type PostconfFlag = (typeof FLAGS)[number];

/** A class of parameters, as after `-C`. */
export type PrintedClass = (typeof CLASSES)[number];

/** What postconf(1) is asked to do; the options don't contradict each other. */
export interface PostconfRequest {
  readonly flags: ReadonlySet<PostconfFlag>;
  readonly directory: string | undefined;
  /** Each `name=value` after `-o`. */
  readonly overrides: readonly string[];
  readonly classes: ReadonlySet<PrintedClass>;
  /** What follows `-T`. */
  readonly about: string;
  readonly operands: readonly string[];
}

// `E` does nothing but show the usage.
const LETTERS = 'aAbc:C:deEfFhHlmMno:pPtT:vxX#';

const CLASSES = ['builtin', 'service', 'user'] as const;

const MODES: readonly PostconfFlag[] = ['a', 'A', 'b', 'l', 'm', 't', 'p', 'M', 'F', 'P', 'T'];

/** Of each of these at most one may be given. */
const EXCLUSIVE: readonly (readonly PostconfFlag[])[] = [
  MODES,
  ['d', 'e', 'n', '#', 'X'],
  ['f', 'e', '#', 'X'],
  ['x', 'e', '#', 'X'],
  ['o', 'd', 'e', '#', 'X'],
  ['h', 'e', '#', 'X', 'H'],
];

/** What may be given with each mode; with those that aren't here, nothing. */
const COMPATIBLE: ReadonlyMap<PostconfFlag, readonly PostconfFlag[]> = new Map([
  ['p', ['e', 'X', '#', 'f', 'h', 'x', 'd', 'n', 'o', 'H']],
  ['M', ['e', 'X', '#', 'f', 'o', 'x']],
  ['F', ['e', 'f', 'h', 'o', 'x', 'H']],
  ['P', ['e', 'X', 'f', 'h', 'o', 'x', 'H']],
]);

const USAGE = [
  ...['[-a (server SASL types)]', '[-A (client SASL types)]', '[-b (bounce templates)]', '[-c config_dir]'],
  ...['[-c param_class]', '[-d (parameter defaults)]', '[-e (edit configuration)]', '[-f (fold lines)]'],
  ...['[-F (master.cf fields)]', '[-h (no names)]', '[-H (no values)]', '[-l (lock types)]', '[-m (map types)]'],
  ...['[-M (master.cf)]', '[-n (non-default parameters)]', '[-o name=value (override parameter value)]'],
  ...['[-p (main.cf, default)]', '[-P (master.cf parameters)]', '[-t (bounce templates)]'],
  ...['[-T compile-version|run-version|public-key-algorithms]', '[-v (verbose)]', '[-x (expand parameter values)]'],
  ...['[-X (exclude)]', '[-# (comment-out)]', '[name...]'],
].join(' ');

/**
 * Reads postconf(1)'s command line.
 * @throws {FatalError} in Postfix's words, if it can't be done
 */
export function readPostconfRequest(argv: readonly string[], stderr: Output): PostconfRequest {
  const { steps, operands } = readOptions(argv, LETTERS);
  const flags = new Set<PostconfFlag>();
  const overrides: string[] = [];
  let classes: ReadonlySet<PrintedClass> = new Set(CLASSES);
  let directory: string | undefined;
  let about = '';
  for (const step of steps) {
    if (step.kind === 'fault') {
      printLine('postconf', step.message, stderr);
      throw toUsageError(`usage: postconf ${USAGE}`);
    }
    const { letter, value = '' } = step;
    if (letter === 'E') throw toUsageError(`usage: postconf ${USAGE}`);
    if (letter === 'c') directory = value;
    if (letter === 'C') classes = readClasses(value);
    if (letter === 'o') overrides.push(value);
    if (letter === 'T') {
      if (flags.has('T')) throw toUsageError('At most one -T <mode> option may be specified');
      about = value;
    }
    if ((letter === 'b' || letter === 't') && (flags.has('b') || flags.has('t'))) {
      throw toUsageError('specify one of -b and -t');
    }
    const flag = FLAGS.find((known) => known === letter);
    if (flag !== undefined) flags.add(flag);
  }
  completeFlags(flags, operands);
  checkFlags(flags, operands);
  return { flags, directory, overrides, classes, about, operands };
}

function readClasses(text: string): ReadonlySet<PrintedClass> {
  const words = text.split(/[, \t\r\n]+/).filter((word) => word !== '');
  return new Set(
    words.flatMap((word): readonly PrintedClass[] => {
      const folded = word.toLowerCase();
      if (folded === 'all') return CLASSES;
      const known = CLASSES.find((name) => name === folded);
      if (known === undefined) throw toUsageError(`unknown -C option value "${word}" in "${text}"`);
      return [known];
    }),
  );
}

/** Says what goes without saying. */
function completeFlags(flags: Set<PostconfFlag>, [first = '']: readonly string[]): void {
  if (!MODES.some((mode) => flags.has(mode))) flags.add('p');
  const isAboutFiles = ['p', 'M', 'F', 'P'].some((mode) => flags.has(mode as PostconfFlag));
  if (isAboutFiles && first.includes('=')) flags.add('e');
}

function checkFlags(flags: ReadonlySet<PostconfFlag>, operands: readonly string[]): void {
  for (const group of EXCLUSIVE) {
    const given = FLAGS.filter((flag) => group.includes(flag) && flags.has(flag));
    if (given.length > 1) throw toUsageError(`specify one of ${format(given)}`);
  }
  const mode = MODES.find((candidate) => flags.has(candidate)) ?? 'p';
  const allowed = COMPATIBLE.get(mode) ?? [];
  const excess = FLAGS.filter((flag) => flag !== mode && flags.has(flag) && !allowed.includes(flag));
  if (excess.length > 0) throw toUsageError(`with option -${mode}, do not specify ${format(excess)}`);
  if (flags.has('e') && operands.length === 0) throw toUsageError('-e requires name=value argument');
}

function format(flags: readonly PostconfFlag[]): string {
  return flags.map((flag) => `-${flag}`).join(' ');
}
