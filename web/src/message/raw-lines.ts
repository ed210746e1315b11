/** Lines of a raw message, decoded for the eye, and where the next piece goes on. */
export interface RawLines {
  readonly lines: readonly string[];
  /** The last line has not ended yet. */
  readonly isOpen: boolean;
}

/** Nothing read yet. */
export const NO_LINES: RawLines = { lines: [], isOpen: false };

/** A line longer than this is shown up to here: a browser that lays out two megabytes in a row stands still. */
export const LINE_SHOWN_MAX = 4000;

/**
 * Adds the next piece of text. Lines end with LF; the CR before it isn't shown, a CR anywhere else is.
 * @param piece decoded; may begin and end in the middle of a line
 */
export function addRawText(before: RawLines, piece: string): RawLines {
  if (piece === '') return before;
  const parts = piece.split('\n');
  const lines = [...before.lines];
  const open = before.isOpen ? (lines.pop() ?? '') : '';
  parts[0] = open + (parts[0] ?? '');
  const last = parts.pop() ?? '';
  for (const line of parts) lines.push(line.endsWith('\r') ? line.slice(0, -1) : line);
  if (last !== '') lines.push(last);
  return { lines, isOpen: last !== '' };
}
