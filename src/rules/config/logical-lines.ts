import type { Octets } from '../octets.ts';
import type { ReportFinding } from './finding.ts';

/** A line and those that continue it, as Postfix reads them. */
export interface LogicalLine {
  /** The lines joined, without their line ends; C's end of a text, NUL, ends it too. */
  readonly text: Octets;
  /** Of the first line, from 1. */
  readonly line: number;
  /** Where the character at `offset` of the text was written, both from 1. */
  place(offset: number): { readonly line: number; readonly column: number };
}

interface Part {
  readonly offset: number;
  readonly line: number;
}

/** What C's isspace(3) takes for white space. */
export const WHITE_SPACE = '[ \\t\\n\\v\\f\\r]';

const BLANK_OR_COMMENT = new RegExp(`^${WHITE_SPACE}*(?:#|$)`);
const CONTINUES = new RegExp(`^(?:#|${WHITE_SPACE})`);
const STARTS_WITH_WHITE_SPACE = new RegExp(`^${WHITE_SPACE}`);

/**
 * Splits text into logical lines: one that begins with white space continues the last, blank lines and comments don't
 * count, not even between a line and what continues it. A first line that begins with white space is reported and left
 * out, with what continues it.
 * @see Postfix's readlline(3)
 */
export function* readLogicalLines(text: Octets, file: string, report: ReportFinding): Generator<LogicalLine> {
  let pieces: string[] = [];
  let parts: Part[] = [];
  let length = 0;
  let start = 0;
  for (let line = 1; start < text.length; line++) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const physical = text.slice(start, end);
    start = end + 1;
    if (!BLANK_OR_COMMENT.test(physical)) {
      parts.push({ offset: length, line });
      pieces.push(physical);
      length += physical.length;
    }
    if (length === 0 || CONTINUES.test(text.charAt(start))) continue;
    const found = toLogicalLine(pieces.join(''), parts);
    [pieces, parts, length] = [[], [], 0];
    if (STARTS_WITH_WHITE_SPACE.test(found.text)) reportIndented(found, file, report);
    else yield found;
  }
  if (length === 0) return;
  const last = toLogicalLine(pieces.join(''), parts);
  if (STARTS_WITH_WHITE_SPACE.test(last.text)) reportIndented(last, file, report);
  else yield last;
}

function toLogicalLine(text: Octets, parts: readonly Part[]): LogicalLine {
  const nul = text.indexOf('\0');
  return {
    text: nul < 0 ? text : text.slice(0, nul),
    line: parts[0]?.line ?? 1,
    place(offset) {
      const part = parts.findLast((candidate) => candidate.offset <= offset);
      return { line: part?.line ?? 1, column: offset - (part?.offset ?? 0) + 1 };
    },
  };
}

function reportIndented({ text, line }: LogicalLine, file: string, report: ReportFinding): void {
  const shown = text.length > 30 ? `${text.slice(0, 30)}...` : text;
  report({
    severity: 'error',
    code: 'indented-first-line',
    at: { file, line, column: 1 },
    problem: `logical line must not start with whitespace: "${shown}"`,
    why: 'A line that begins with white space continues the one before, and there is none: Postfix ignores it.',
    hint: 'take the white space away',
    postfixLine: `warning: ${file}: logical line must not start with whitespace: "${shown}"`,
  });
}
