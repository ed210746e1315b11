import type { Octets } from '../octets.ts';

/** One logical line: `text` from `start` to before `end`. */
export interface LogicalLine {
  /** The whole file's; or the line's own, if it was put together of several. */
  readonly text: Octets;
  readonly start: number;
  readonly end: number;
  /** In which line of the file it begins. */
  readonly line: number;
  /**
   * Whether `text` is the line's own. Don't compare it with the file's to know: V8 may hold one long string in two
   * places, and then compares octet by octet.
   */
  readonly isJoined: boolean;
}

const NEWLINE = 10;
const HASH = 35;

/**
 * Goes through the logical lines of a table. Empty lines, white space and `#` lines are left out, in the middle of a
 * logical line too; a line that begins with white space continues the one before, its white space included.
 * @param refuse is told of a first line that begins with white space: it continues nothing
 * @see postmap(1), "TABLE FORMAT"; Postfix's readlline(3)
 */
export function visitLogicalLines(
  text: Octets,
  visit: (line: LogicalLine) => void,
  refuse: (line: Octets) => void,
): void {
  const hasNull = text.includes('\0');
  let position = 0;
  let line = 0;
  while (position < text.length) {
    line++;
    const end = findLineEnd(text, position);
    const start = position;
    position = end + 1;
    if (isBlankOrComment(text, start, end)) continue;
    if (!hasNull && !isSpaceAt(text, start) && !continuesAt(text, position)) {
      visit({ text, start, end, line, isJoined: false });
      continue;
    }
    const first = line;
    const parts = [text.slice(start, end)];
    for (; continuesAt(text, position); line++) {
      const partEnd = findLineEnd(text, position);
      if (!isBlankOrComment(text, position, partEnd)) parts.push(text.slice(position, partEnd));
      position = partEnd + 1;
    }
    const whole = parts.join('');
    if (isSpaceAt(whole, 0)) refuse(whole);
    else visit({ text: whole, start: 0, end: findStringEnd(whole), line: first, isJoined: true });
  }
}

/** White space as isspace(3) of the C locale has it. */
export function isSpaceAt(text: Octets, index: number): boolean {
  const code = text.charCodeAt(index);
  return code === 32 || (code >= 9 && code <= 13);
}

function findLineEnd(text: Octets, position: number): number {
  const end = text.indexOf('\n', position);
  return end < 0 ? text.length : end;
}

/** Octets end at the first null, as strings of C do. */
function findStringEnd(text: Octets): number {
  const end = text.indexOf('\0');
  return end < 0 ? text.length : end;
}

function continuesAt(text: Octets, position: number): boolean {
  return position < text.length && (text.charCodeAt(position) === HASH || isSpaceAt(text, position));
}

function isBlankOrComment(text: Octets, start: number, end: number): boolean {
  if (text.charCodeAt(start) > HASH) return false;
  let index = start;
  while (index < end && text.charCodeAt(index) !== NEWLINE && isSpaceAt(text, index)) index++;
  return index === end || text.charCodeAt(index) === HASH;
}
