import type { SourceLocation } from '../config/config-error.ts';
import type { ReportFinding } from '../config/finding.ts';

/** What is wrong with an entry of a table. */
export interface LineWarning {
  /** The finding's code. */
  readonly code: string;
  readonly at: SourceLocation;
  /** Postfix's words, without the place. */
  readonly problem: string;
  readonly hint: string;
  /** How Postfix names the place, with the punctuation after it; `FILE, line N: ` by default. */
  readonly place?: string;
}

/** Reports an entry that a table goes without, or that hardly means what it says. */
export function warnOfLine(report: ReportFinding, { code, at, problem, hint, place }: LineWarning): void {
  const prefix = place ?? (at.line === undefined ? `${at.file}: ` : `${at.file}, line ${at.line}: `);
  report({
    severity: 'warning',
    code,
    at,
    problem,
    why: 'the lookup table answers as if this line were not there, or not as meant',
    hint,
    postfixLine: `warning: ${prefix}${problem}`,
  });
}

/** Reports a first line that begins with white space. */
export function warnOfStrayLine(report: ReportFinding, file: string, line: string): void {
  const shown = line.length > 30 ? `${line.slice(0, 30)}...` : line;
  warnOfLine(report, {
    code: 'table-stray-continuation',
    at: { file },
    problem: `logical line must not start with whitespace: "${shown}"`,
    hint: 'begin the line without white space: it continues nothing',
  });
}

/** Reports a line that isn't UTF-8 where smtputf8_enable asks for it. */
export function warnOfNonUtf8Line(report: ReportFinding, at: SourceLocation, line: string): void {
  warnOfLine(report, {
    code: 'table-not-utf8',
    at,
    problem: `non-UTF-8 input "${line}" -- ignoring this line`,
    hint: 'save the file as UTF-8',
  });
}
