import type { Octets } from '../octets.ts';
import { WHITE_SPACE } from './logical-lines.ts';

/** What is done with an entry: it gets a value, becomes a comment, or goes. */
export type EditVerb = 'set' | 'comment-out' | 'exclude';

/** A line of main.cf or master.cf as an editor sees it, with its end of line. */
export interface CfLine {
  /** The first line of an entry, one that continues an entry, or a comment or blank line. */
  readonly kind: 'start' | 'continuation' | 'other';
  readonly text: Octets;
  /** From 1. */
  readonly line: number;
}

const COMMENT_OR_BLANK = new RegExp(`^${WHITE_SPACE}*(?:#|$)`);
const STARTS_WITH_WHITE_SPACE = new RegExp(`^${WHITE_SPACE}`);

/** Reads every line, so that those which aren't edited can be written back as they were. */
export function* readCfLines(text: Octets): Generator<CfLine> {
  let start = 0;
  for (let line = 1; start < text.length; line++) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline + 1;
    const physical = text.slice(start, end);
    start = end;
    const kind = COMMENT_OR_BLANK.test(physical)
      ? 'other'
      : STARTS_WITH_WHITE_SPACE.test(physical)
        ? 'continuation'
        : 'start';
    yield { kind, text: physical, line };
  }
}
