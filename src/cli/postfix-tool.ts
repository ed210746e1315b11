import type { Context } from './context.ts';

/** One of Postfix's own tools: it reads its arguments by getopt(3)'s rules, and its words and statuses are Postfix's. */
export interface PostfixTool {
  /** `postmap`. */
  readonly name: string;
  /** One line for `--help`. */
  readonly summary: string;
  /** @param argv without the tool's name @returns the exit status */
  run(argv: readonly string[], context: Context): Promise<number>;
}
