import type { Octets } from '../octets.ts';
import { invert, makeSet, setOf } from './octet-set.ts';
import { readClass } from './pcre-class.ts';
import { PcrePatternError, UnsupportedPatternError } from './pcre-error.ts';
import { readEscape, type Escape } from './pcre-escape.ts';
import { readGroup } from './pcre-group.ts';
import { readNamed } from './pcre-name.ts';
import { fail, peek, startsWith, take, takeMatch, toOctetSet, type PcreFlags, type PcreReader } from './pcre-reader.ts';
import {
  EMPTY,
  KEEP,
  makeAtomic,
  makeCall,
  makeChoice,
  makeOctet,
  makePlace,
  makeReference,
  makeRepeat,
  makeSequence,
  type PatternNode,
} from './syntax-tree.ts';

/** A PCRE pattern while it is read. It is read twice: the first time tells which groups there are. */
export interface PcreParser {
  readonly reader: PcreReader;
  flags: PcreFlags;
  /** Opened so far. */
  groups: number;
  /** The groups of each name, as far as they have been opened. */
  readonly names: Map<string, number[]>;
  /** All groups, the second time. */
  readonly known: { readonly groups: number; readonly names: ReadonlyMap<string, readonly number[]> } | undefined;
  depth: number;
  /** How many lookarounds we are in. */
  looks: number;
  /** Mistakes that PCRE2 sees only once it has read all: first those of lookbehinds, then those of references. */
  readonly lookbehindMistakes: PcrePatternError[];
  readonly laterMistakes: PcrePatternError[];
}

/** A PCRE pattern, read. */
export interface ParsedPcre {
  readonly tree: PatternNode;
  readonly groups: number;
}

/** PCRE2's own limit. */
const DEPTH = 250;
/** PCRE2's is 64 KB of its own code. */
const SIZE = 100_000;
const MOST_TIMES = 65_535;
const NEWLINE = setOf('\n');

/**
 * Reads a PCRE2 pattern, octet by octet (no UTF).
 * @throws {PcrePatternError} with PCRE2's message and offset
 * @throws {UnsupportedPatternError} if it is valid but can't be expressed here
 * @see pcre2pattern(3)
 */
export function parsePcrePattern(pattern: Octets, flags: PcreFlags): ParsedPcre {
  const first = parseOnce(pattern, flags, undefined);
  const { tree, groups, lookbehindMistakes, laterMistakes } = parseOnce(pattern, flags, first);
  // The outermost lookbehind begins first.
  const [mistake = laterMistakes[0]] = lookbehindMistakes.sort((a, b) => a.offset - b.offset);
  if (mistake !== undefined) throw mistake;
  return { tree, groups };
}

function parseOnce(pattern: Octets, flags: PcreFlags, known: PcreParser['known']): ParsedPcre & PcreParser {
  const reader = { pattern, position: 0 };
  const parser: PcreParser = {
    reader,
    flags,
    groups: 0,
    names: new Map(),
    known,
    depth: 0,
    looks: 0,
    lookbehindMistakes: [],
    laterMistakes: [],
  };
  const verb = takeMatch(
    reader,
    /\(\*(?:UTF8?|UCP|CR|LF|CRLF|ANYCRLF|ANY|NUL|BSR_\w+|NO_\w+|NOTEMPTY\w*|LIMIT_\w+=\d+)\)/y,
  );
  if (verb !== undefined && verb !== '(*LF)') throw new UnsupportedPatternError(verb);
  const tree = parseAlternatives(parser);
  if (peek(reader) === ')') fail(reader, 'UNMATCHED_CLOSING_PARENTHESIS');
  return { ...parser, tree };
}

/** Up to the closing parenthesis, which is left. Option settings within hold to there. */
export function parseAlternatives(parser: PcreParser): PatternNode {
  return makeChoice(parseBranches(parser));
}

/** As {@link parseAlternatives}, one by one. @param resets whether each branch numbers its groups anew: `(?|` */
export function parseBranches(parser: PcreParser, resets = false): readonly PatternNode[] {
  const { flags } = parser;
  if (++parser.depth > DEPTH + 1) fail(parser.reader, 'PARENTHESES_NEST_TOO_DEEP');
  const before = parser.groups;
  let most = before;
  const branches: PatternNode[] = [];
  do {
    if (resets) parser.groups = before;
    branches.push(parseBranch(parser));
    most = Math.max(most, parser.groups);
  } while (take(parser.reader, '|'));
  parser.groups = most;
  parser.flags = flags;
  parser.depth--;
  return branches;
}

function parseBranch(parser: PcreParser): PatternNode {
  const { reader } = parser;
  const items: PatternNode[] = [];
  for (;;) {
    skipIgnored(parser);
    const character = peek(reader);
    if (character === '' || character === '|' || character === ')') break;
    const quoted = readQuoted(parser);
    if (quoted !== undefined) {
      const last = quoted.pop();
      items.push(...quoted);
      if (last !== undefined) items.push(parseQuantifiers(parser, last));
      continue;
    }
    const { node, isRepeatable } = parseAtom(parser);
    items.push(isRepeatable ? parseQuantifiers(parser, node) : node);
  }
  return checkSize(parser, makeSequence(items));
}

/** What is between `\Q` and `\E`, octet by octet. */
function readQuoted({ reader, flags }: PcreParser): PatternNode[] | undefined {
  if (!take(reader, '\\Q')) return undefined;
  const end = reader.pattern.indexOf('\\E', reader.position);
  const text = reader.pattern.slice(reader.position, end < 0 ? undefined : end);
  reader.position = end < 0 ? reader.pattern.length : end + 2;
  return Array.from(text, (character) => makeOctet(toOctetSet(character.charCodeAt(0), flags.isCaseless)));
}

/** Comments, and with `x` white space; and an empty `\Q\E` or a lone `\E`. */
function skipIgnored({ reader, flags }: PcreParser): void {
  for (;;) {
    if (take(reader, '\\Q\\E') || take(reader, '\\E')) continue;
    if (take(reader, '(?#')) {
      const end = reader.pattern.indexOf(')', reader.position);
      reader.position = end < 0 ? reader.pattern.length : end + 1;
      if (end < 0) fail(reader, 'MISSING_COMMENT_CLOSING');
      continue;
    }
    if (!flags.isExtended || takeMatch(reader, /[ \t\n\v\f\r]+|#[^\n]*\n?/y) === undefined) return;
  }
}

/** An item that a quantifier may follow, or that none may. */
export interface Atom {
  readonly node: PatternNode;
  readonly isRepeatable: boolean;
}

function parseAtom(parser: PcreParser): Atom {
  const { reader, flags } = parser;
  const character = peek(reader);
  if (takeMatch(reader, QUANTIFIER) !== undefined) return fail(reader, 'QUANTIFIER_INVALID', -1);
  if (character === '(') return readGroup(parser);
  reader.position++;
  switch (character) {
    case '\\':
      return toAtom(parser, readEscape(reader, { groups: parser.known?.groups ?? parser.groups, inClass: false }));
    case '[':
      return repeatable(makeOctet(readClass(reader, flags)));
    case '.':
      return repeatable(makeOctet(flags.isDotAll ? makeSet(() => true) : invert(NEWLINE)));
    case '^':
      return fixed(makePlace(flags.isMultiline ? 'inner-line-start' : 'subject-start'));
    case '$':
      if (flags.isMultiline) return fixed(makePlace('line-end'));
      return fixed(makePlace(flags.isDollarEndOnly ? 'subject-end' : 'last-line-end'));
    default:
      return repeatable(makeOctet(toOctetSet(character.charCodeAt(0), flags.isCaseless)));
  }
}

function toAtom(parser: PcreParser, escape: Escape): Atom {
  switch (escape.kind) {
    case 'octet':
      return repeatable(makeOctet(toOctetSet(escape.octet, parser.flags.isCaseless)));
    case 'set':
      return repeatable(makeOctet(escape.set));
    case 'reference':
      return repeatable(refer(parser, [escape.group], -1));
    case 'letter':
      return toLetterAtom(parser, escape.letter);
  }
}

function toLetterAtom(parser: PcreParser, letter: string): Atom {
  const { reader } = parser;
  switch (letter) {
    case 'A':
    case 'G':
      return fixed(makePlace('subject-start'));
    case 'z':
      return fixed(makePlace('subject-end'));
    case 'Z':
      return fixed(makePlace('last-line-end'));
    case 'b':
      return fixed(makePlace('word-edge'));
    case 'B':
      return fixed(makePlace('no-word-edge'));
    case 'K':
      if (parser.looks > 0) {
        parser.laterMistakes.push(new PcrePatternError('BACKSLASH_K_IN_LOOKAROUND', reader.pattern.length));
      }
      return fixed(KEEP);
    case 'C':
      return repeatable(makeOctet(makeSet(() => true)));
    case 'N':
      if (startsWith(reader, '{') && !/^\{\d+(?:,\d*)?\}/.test(reader.pattern.slice(reader.position))) {
        fail(reader, startsWith(reader, '{U+') ? 'UNICODE_ONLY' : 'UNSUPPORTED_ESCAPE_SEQUENCE');
      }
      return repeatable(makeOctet(invert(NEWLINE)));
    case 'R':
      return repeatable(makeAtomic(makeChoice([makeLineBreak(), makeOctet(setOf('\n\v\f\r\x85'))])));
    case 'X':
      return repeatable(makeAtomic(makeChoice([makeLineBreak(), makeOctet(makeSet(() => true))])));
    case 'g':
    case 'k':
      return repeatable(readNamed(parser, letter));
    default:
      return fail(reader, 'UNKNOWN_ESCAPE', -1);
  }
}

function makeLineBreak(): PatternNode {
  return makeSequence([makeOctet(setOf('\r')), makeOctet(setOf('\n'))]);
}

/** A back reference. @param by where a mistake is, from the reader's position */
export function refer(parser: PcreParser, groups: readonly number[], by: number): PatternNode {
  checkExists(parser, groups, by);
  return makeReference(groups, parser.flags.isCaseless);
}

/** A call of a group. */
export function call(parser: PcreParser, group: number, by: number): PatternNode {
  checkExists(parser, [group], by);
  return makeCall(group);
}

function checkExists({ known, reader, laterMistakes }: PcreParser, groups: readonly number[], by: number): void {
  if (known === undefined || groups.every((group) => group <= known.groups)) return;
  laterMistakes.push(new PcrePatternError('BAD_SUBPATTERN_REFERENCE', reader.position + by));
}

export function repeatable(node: PatternNode): Atom {
  return { node, isRepeatable: true };
}

export function fixed(node: PatternNode): Atom {
  return { node, isRepeatable: false };
}

const QUANTIFIER = /[*+?]|\{\d+(?:,\d*)?\}/y;

/** The quantifier that follows, if one does. */
function parseQuantifiers(parser: PcreParser, body: PatternNode): PatternNode {
  const { reader, flags } = parser;
  skipIgnored(parser);
  const start = reader.position;
  const written = takeMatch(reader, QUANTIFIER);
  if (written === undefined) return body;
  const { min, max } = toTimes(reader, written, start);
  skipIgnored(parser);
  const isPossessive = take(reader, '+');
  const isLazy = !isPossessive && take(reader, '?') !== flags.isUngreedy;
  const mode = isPossessive ? 'possessive' : isLazy ? 'lazy' : 'greedy';
  // What takes nothing is asked once, or not at all.
  if (body.kind === 'look' || body.kind === 'fail')
    return checkSize(parser, toRepeatedLook(body, { min, max, isLazy }));
  return checkSize(parser, max === 0 && body.size === 0 ? EMPTY : makeRepeat(body, { min, max, mode }));
}

function toRepeatedLook(
  body: PatternNode,
  { min, max, isLazy }: { readonly min: number; readonly max: number; readonly isLazy: boolean },
): PatternNode {
  const times = { min: Math.min(min, 1), max: Math.min(max, 1) };
  return makeRepeat(body, { ...times, mode: isLazy ? 'lazy' : 'greedy' });
}

function toTimes(reader: PcreReader, written: string, start: number): { readonly min: number; readonly max: number } {
  switch (written) {
    case '*':
      return { min: 0, max: Infinity };
    case '+':
      return { min: 1, max: Infinity };
    case '?':
      return { min: 0, max: 1 };
  }
  const [, least = '', comma, most = ''] = /^\{(\d+)(,?)(\d*)\}$/.exec(written) ?? [];
  const end = start + 1 + least.length;
  if (Number(least) > MOST_TIMES) throw new PcrePatternError('QUANTIFIER_TOO_BIG', start + 1 + tooLong(least));
  if (Number(most) > MOST_TIMES) throw new PcrePatternError('QUANTIFIER_TOO_BIG', end + 1 + tooLong(most));
  const min = Number(least);
  const max = comma === '' ? min : most === '' ? Infinity : Number(most);
  if (max < min) throw new PcrePatternError('QUANTIFIER_OUT_OF_ORDER', reader.position - 1);
  return { min, max };
}

/** After how many digits the number is too big. */
function tooLong(digits: string): number {
  let length = 1;
  while (Number(digits.slice(0, length)) <= MOST_TIMES) length++;
  return length;
}

function checkSize({ reader }: PcreParser, node: PatternNode): PatternNode {
  if (node.size <= SIZE) return node;
  throw new PcrePatternError('PATTERN_TOO_LARGE', reader.pattern.length);
}
