/** One step of reading a command line. */
export type OptionStep =
  | { readonly kind: 'option'; readonly letter: string; readonly value?: string }
  /** `message` is what getopt(3) prints, after the program's name. */
  | { readonly kind: 'fault'; readonly message: string };

/** A command line as getopt(3) reads it. */
interface ReadOptions {
  /** In order. */
  readonly steps: readonly OptionStep[];
  /** What follows the options. */
  readonly operands: readonly string[];
}

/**
 * Reads options by getopt(3)'s rules, as Postfix's tools do on Linux: letters may be joined, a value follows in the same
 * or the next argument, the first operand ends the options, and so does `--`. They end at the first fault.
 * @param letters `ac:d`: those that take a value are followed by a colon; by two, if it must be in the same argument
 * @see getopt(3); POSIX.1, "Utility Syntax Guidelines"
 */
export function readOptions(argv: readonly string[], letters: string): ReadOptions {
  const steps: OptionStep[] = [];
  let index = 0;
  while (index < argv.length) {
    const word = argv[index] ?? '';
    if (word === '-' || !word.startsWith('-')) break;
    index++;
    if (word === '--') break;
    const { found, takesNext } = readWord(word, argv[index], letters);
    const fault = found.findIndex(({ kind }) => kind === 'fault');
    steps.push(...(fault < 0 ? found : found.slice(0, fault + 1)));
    if (takesNext) index++;
    if (fault >= 0) break;
  }
  return { steps, operands: argv.slice(index) };
}

/**
 * Reads one word of options; a letter that is none doesn't end it.
 * @param word with its dash
 * @param next the argument after, which may be the value of the last letter
 * @param letters as for {@link readOptions}
 */
export function readWord(
  word: string,
  next: string | undefined,
  letters: string,
): { readonly found: readonly OptionStep[]; readonly takesNext: boolean } {
  const found: OptionStep[] = [];
  const joined = word.slice(1);
  for (let at = 0; at < joined.length; at++) {
    const letter = joined.charAt(at);
    const known = letter === ':' ? -1 : letters.indexOf(letter);
    if (known < 0) {
      found.push({ kind: 'fault', message: `invalid option -- '${letter}'` });
      continue;
    }
    const takesValue = letters[known + 1] === ':';
    const rest = joined.slice(at + 1);
    if (takesValue && rest !== '') {
      found.push({ kind: 'option', letter, value: rest });
      break;
    }
    if (takesValue && letters[known + 2] !== ':') {
      if (next === undefined) found.push({ kind: 'fault', message: `option requires an argument -- '${letter}'` });
      else found.push({ kind: 'option', letter, value: next });
      return { found, takesNext: next !== undefined };
    }
    found.push({ kind: 'option', letter });
  }
  return { found, takesNext: false };
}
