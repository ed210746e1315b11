import { PcrePatternError } from './pcre-error.ts';
import { fail, peek, take, takeMatch } from './pcre-reader.ts';
import { call, refer, type PcreParser } from './pcre-parser.ts';
import type { PatternNode } from './syntax-tree.ts';

/** PCRE2's longest. */
const NAME_LENGTH = 32;

const CLOSING: ReadonlyMap<string, string> = new Map([
  ['<', '>'],
  ["'", "'"],
  ['{', '}'],
]);

/**
 * Reads a group's name up to `terminator`, which is taken.
 * @throws {PcrePatternError}
 */
export function readName(parser: PcreParser, terminator: string): string {
  const { reader } = parser;
  if (peek(reader) === '') return fail(reader, 'SUBPATTERN_NAME_EXPECTED');
  if (/\d/.test(peek(reader))) return fail(reader, 'INVALID_SUBPATTERN_NAME');
  const name = takeMatch(reader, /\w+/y);
  if (name === undefined) return fail(reader, 'SUBPATTERN_NAME_EXPECTED');
  if (name.length > NAME_LENGTH) return fail(reader, 'SUBPATTERN_NAME_TOO_LONG');
  if (!take(reader, terminator)) {
    return fail(reader, terminator === ')' ? 'MISSING_CLOSING_PARENTHESIS' : 'MISSING_NAME_TERMINATOR');
  }
  return name;
}

/** The groups of a name. @param start where the name is, for a mistake */
export function findNamed(parser: PcreParser, name: string, start: number): readonly number[] {
  const { known } = parser;
  const groups = known?.names.get(name);
  if (groups !== undefined || known === undefined) return groups ?? [0];
  parser.laterMistakes.push(new PcrePatternError('BAD_SUBPATTERN_REFERENCE', start));
  return [0];
}

/** Reads what follows `\g` or `\k`. */
export function readNamed(parser: PcreParser, letter: 'g' | 'k'): PatternNode {
  const { reader } = parser;
  const open = peek(reader);
  if (letter === 'g') {
    const plain = takeMatch(reader, /[+-]?\d+/y);
    if (plain !== undefined) return refer(parser, [toGroup(parser, plain)], -1);
  }
  const terminator = CLOSING.get(open);
  if (terminator === undefined) return fail(reader, letter === 'g' ? 'BACKSLASH_G_SYNTAX' : 'BACKSLASH_K_SYNTAX');
  reader.position++;
  const start = reader.position;
  const number = letter === 'g' ? takeMatch(reader, /[+-]?\d+/y) : undefined;
  if (number !== undefined) {
    const group = toGroup(parser, number, start - 1);
    if (!take(reader, terminator)) return fail(reader, 'BACKSLASH_G_SYNTAX');
    return open === '{'
      ? refer(parser, [group], start - reader.position - 1)
      : call(parser, group, start - reader.position);
  }
  const name = readName(parser, terminator);
  const groups = findNamed(parser, name, start);
  if (letter === 'g' && open !== '{') return call(parser, groups[0] ?? 0, 0);
  return refer(parser, groups, 0);
}

/**
 * A group's number from how it is written: `2`, `-1` (the last that was opened), `+1` (the next).
 * @param at where a mistake is told
 */
export function toGroup(parser: PcreParser, written: string, at = parser.reader.position): number {
  const { reader, groups } = parser;
  const number = Number(written);
  if (!/^[+-]/.test(written)) return number > 65_535 ? fail(reader, 'SUBPATTERN_NUMBER_TOO_BIG') : number;
  if (number === 0) return fail(reader, 'ZERO_RELATIVE_REFERENCE');
  if (number > 0) return groups + number;
  if (groups + number < 0) return fail(reader, 'BAD_SUBPATTERN_REFERENCE', at - reader.position);
  return groups + 1 + number;
}
