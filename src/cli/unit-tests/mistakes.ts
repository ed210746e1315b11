/** Where something stands in a test file. Lines and columns count from 1. */
export interface Place {
  /** As the user named it. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Gathers what is wrong with test files, so that mending them takes one round. */
export interface Mistakes {
  /** @param hint what to write instead, as one imperative sentence or a question */
  add(at: Place, problem: string, hint?: string): void;
  /** Each as `FILE:LINE:COLUMN: problem`, with its hint on the next line; those of a file in its order. */
  list(): readonly string[];
}

/** Without one yet. */
export function openMistakes(): Mistakes {
  // What holds for all tests is read for each: its mistake is told once.
  const found = new Map<string, Place>();
  return {
    add(at, problem, hint) {
      const { file, line, column } = at;
      found.set(`${file}:${line}:${column}: ${problem}${hint === undefined ? '' : `\n  hint: ${hint}`}`, at);
    },
    list: () => [...found].sort(([, a], [, b]) => compare(a, b)).map(([text]) => text),
  };
}

function compare(a: Place, b: Place): number {
  return a.file === b.file ? a.line - b.line || a.column - b.column : 0;
}
