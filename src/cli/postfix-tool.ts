import { toPrintable } from '../rules/octets.ts';
import { FatalError, isFatal } from '../rules/config/fatal-error.ts';
import type { Finding, ReportFinding } from '../rules/config/finding.ts';
import type { Context, Output } from './context.ts';

/** One of Postfix's own tools: it reads its arguments by getopt(3)'s rules, and its words and statuses are Postfix's. */
export interface PostfixTool {
  /** `postmap`. */
  readonly name: string;
  /** One line for `--help`. */
  readonly summary: string;
  /** What the tool exits with when it gives up; 1 if absent. */
  readonly fatalStatus?: number;
  /**
   * @param argv without the tool's name
   * @returns the exit status
   * @throws {FatalError} where Postfix's tool gives up: its line is printed, and the status is `fatalStatus`
   */
  run(argv: readonly string[], context: Context): Promise<number>;
}

/** Runs a tool; prints why it gave up, if it did. @returns the exit status */
export async function runTool(tool: PostfixTool, argv: readonly string[], context: Context): Promise<number> {
  try {
    return await tool.run(argv, context);
  } catch (error) {
    if (!(error instanceof FatalError)) throw error;
    printLine(tool.name, error.message, context.stderr);
    return tool.fatalStatus ?? 1;
  }
}

/**
 * Prints findings as the tool called `name` does: those of which Postfix says nothing are left out, and the first fatal
 * one ends the tool.
 * @param keepsUtf8 as in `printLine`
 * @throws {FatalError} from the function that it returns
 */
export function reportAs(name: string, stderr: Output, keepsUtf8 = false): ReportFinding {
  return (finding) => {
    if (isFatal(finding)) throw new FatalError(finding);
    if (finding.postfixLine !== undefined) printLine(name, finding.postfixLine, stderr, keepsUtf8);
  };
}

/** What a tool gives up with when its command line is at fault. @param text what follows `fatal: ` */
export function toUsageError(text: string): FatalError {
  return new FatalError(toUsageFinding(text));
}

/**
 * Writes one line as Postfix's msg(3) does.
 * @param line `warning: …`, `fatal: …` or plain text
 * @param keepsUtf8 whether smtputf8_enable has been read, and is on
 */
export function printLine(name: string, line: string, stderr: Output, keepsUtf8 = false): void {
  stderr.write(Buffer.from(`${name}: ${toPrintable(line, keepsUtf8)}\n`, 'latin1'));
}

function toUsageFinding(text: string): Finding {
  return {
    severity: 'error',
    code: 'usage',
    at: { file: '<command line>' },
    problem: text,
    why: 'Nothing was done.',
    hint: 'see postfixture --help',
    postfixLine: `fatal: ${text}`,
  };
}
