import type { Octets } from '../octets.ts';
import { isWordOctet, makeSet, otherCase, toUpper, findClass, invert, type OctetSet } from './octet-set.ts';
import { readBrackets, type PosixFlags } from './posix-brackets.ts';
import { PosixPatternError } from './posix-error.ts';
import { readToken, type PosixReader, type PosixToken } from './posix-token.ts';
import {
  EMPTY,
  makeChoice,
  makeGroup,
  makeOctet,
  makePlace,
  makeReference,
  makeRepeat,
  makeSequence,
  type PatternNode,
  type Place,
} from './syntax-tree.ts';

/** A POSIX pattern, read. */
export interface ParsedPattern {
  readonly tree: PatternNode;
  /** How many groups it remembers. */
  readonly groups: number;
}

/** How deep groups may nest. glibc has no limit, and then no stack. */
const DEPTH = 250;
/** How large a pattern may grow by its repetitions. */
const SIZE = 100_000;
/** RE_DUP_MAX */
const MOST_TIMES = 0x7fff;
/** How many optional turns are nested in each other: deeper, the stack would end. */
const MOST_NESTED = 100;
const NEWLINE = 0x0a;

interface Parser {
  readonly reader: PosixReader;
  readonly flags: PosixFlags;
  token: PosixToken;
  groups: number;
  /** The groups that a back reference may name here. */
  closed: ReadonlySet<number>;
  depth: number;
}

/**
 * Reads a POSIX regular expression, extended or basic, as glibc does in C's locale.
 * @throws {PosixPatternError}
 * @see regcomp(3), regex(7); glibc's parse_reg_exp
 */
export function parsePosixPattern(pattern: Octets, flags: PosixFlags): ParsedPattern {
  const reader = { pattern, isExtended: flags.isExtended, position: 0 };
  const parser: Parser = { reader, flags, token: readToken(reader, true), groups: 0, closed: new Set(), depth: 0 };
  const tree = parseAlternatives(parser);
  return { tree, groups: parser.groups };
}

function next(parser: Parser, anchorsHere = false): void {
  parser.token = readToken(parser.reader, anchorsHere);
}

function parseAlternatives(parser: Parser): PatternNode {
  const before = parser.closed;
  const branches = [parseBranch(parser)];
  while (parser.token.kind === '|') {
    next(parser, true);
    const { closed } = parser;
    // A group of another branch can't be named.
    parser.closed = before;
    branches.push(parseBranch(parser));
    parser.closed = new Set([...closed, ...parser.closed]);
  }
  const [first, second, ...others] = branches;
  // QUIRK: glibc tries an empty first branch after the second.
  if (second !== undefined && first === EMPTY) return checkSize(makeChoice([second, EMPTY, ...others]));
  return checkSize(makeChoice(branches));
}

function parseBranch(parser: Parser): PatternNode {
  const items: PatternNode[] = [];
  while (!isBranchEnd(parser)) {
    const item = parseExpression(parser);
    if (item !== EMPTY) items.push(item);
  }
  return items.length === 0 ? EMPTY : checkSize(makeSequence(items));
}

function isBranchEnd({ token, depth }: Parser): boolean {
  return token.kind === '|' || token.kind === 'end' || (token.kind === ')' && depth > 0);
}

/** An atom and what repeats it. */
function parseExpression(parser: Parser): PatternNode {
  const { token } = parser;
  if (token.kind === 'anchor') {
    // Returned at once: what would repeat an anchor is an error, or (basic) an octet.
    next(parser);
    return makePlace(toPlace(token.name, parser.flags));
  }
  let node = parseAtom(parser);
  while (isRepetition(parser.token)) {
    node = checkSize(parseRepetition(parser, node));
    const isBasicTwice = !parser.flags.isExtended && ['*', '{'].includes(parser.token.kind);
    if (isBasicTwice) throw new PosixPatternError('Invalid preceding regular expression');
  }
  return node;
}

function isRepetition({ kind }: PosixToken): boolean {
  return kind === '*' || kind === '+' || kind === '?' || kind === '{';
}

function parseAtom(parser: Parser): PatternNode {
  const { token, flags } = parser;
  switch (token.kind) {
    case '(':
      return parseGroup(parser);
    case '[': {
      const set = readBrackets(parser.reader, flags);
      next(parser);
      return makeOctet(foldedTo(set, flags));
    }
    case '.':
      next(parser);
      return makeOctet(makeSet((octet) => !flags.splitsLines || octet !== NEWLINE));
    case 'class':
      next(parser);
      return makeOctet(toClass(token.name));
    case 'reference':
      if (!parser.closed.has(token.group)) throw new PosixPatternError('Invalid back reference');
      next(parser);
      return makeReference([token.group], flags.isCaseless);
    case 'lone-backslash':
      throw new PosixPatternError('Trailing backslash');
    case '*':
    case '+':
    case '?':
      if (flags.isExtended) throw new PosixPatternError('Invalid preceding regular expression');
      return literal(parser, token.kind.charCodeAt(0));
    case '{':
      throw new PosixPatternError('Invalid preceding regular expression');
    case ')':
      if (!flags.isExtended) throw new PosixPatternError('Unmatched ( or \\(');
      return literal(parser, token.kind.charCodeAt(0));
    case '}':
      return literal(parser, token.kind.charCodeAt(0));
    case 'octet':
      // QUIRK: glibc compares capitals, but leaves the case of what has a backslash: without case `\d` matches nothing.
      if (token.isEscaped !== true) return literal(parser, token.octet);
      next(parser);
      return makeOctet(
        foldedTo(
          makeSet((octet) => octet === token.octet),
          flags,
        ),
      );
    case 'anchor':
    case '|':
    case 'end':
      return EMPTY;
  }
}

function literal(parser: Parser, octet: number): PatternNode {
  next(parser);
  const set = new Uint8Array(256);
  set[octet] = 1;
  if (parser.flags.isCaseless) set[otherCase(octet)] = 1;
  return makeOctet(set);
}

function parseGroup(parser: Parser): PatternNode {
  const index = ++parser.groups;
  if (++parser.depth > DEPTH) throw new PosixPatternError('Memory exhausted');
  next(parser, true);
  const body = parser.token.kind === ')' ? EMPTY : parseAlternatives(parser);
  if (parser.token.kind !== ')') throw new PosixPatternError('Unmatched ( or \\(');
  parser.depth--;
  parser.closed = new Set([...parser.closed, index]);
  next(parser);
  return makeGroup(index, body);
}

/** @see glibc's parse_dup_op */
function parseRepetition(parser: Parser, body: PatternNode): PatternNode {
  const { min, max } = parseTimes(parser);
  if (max === 0) return EMPTY;
  const optional = body.kind === 'group' ? makeGroup(body.index, body.body, true) : body;
  const required = Array.from({ length: min }, () => body);
  if (body.size * Math.max(min, 1) > SIZE) throw new PosixPatternError('Memory exhausted');
  if (min === max) return makeSequence(required);
  return makeSequence([...required, makeOptional(optional, max - min)]);
}

/** QUIRK: to glibc x{0,3} is (((x?)x)?x)?, so that the groups of the later turns count. */
function makeOptional(body: PatternNode, max: number): PatternNode {
  const once = { min: 0, max: 1, mode: 'greedy' } as const;
  if (body.kind === 'set' || max > MOST_NESTED) return makeRepeat(body, { ...once, max });
  let node = makeRepeat(body, once);
  for (let count = 1; count < max; count++) node = makeRepeat(makeSequence([node, body]), once);
  return node;
}

function parseTimes(parser: Parser): { readonly min: number; readonly max: number } {
  const { kind } = parser.token;
  if (kind !== '{') {
    next(parser);
    return { min: kind === '+' ? 1 : 0, max: kind === '?' ? 1 : Infinity };
  }
  const first = readNumber(parser);
  if (first === undefined && !isComma(parser.token)) throw new PosixPatternError('Invalid content of \\{\\}');
  const second = first === 'bad' ? 'bad' : readMost(parser, first ?? 0);
  if (first === 'bad' || second === 'bad') {
    throw new PosixPatternError(parser.token.kind === 'end' ? 'Unmatched \\{' : 'Invalid content of \\{\\}');
  }
  const [min, max] = [first ?? 0, second];
  if (min > max || parser.token.kind !== '}') throw new PosixPatternError('Invalid content of \\{\\}');
  if ((max === Infinity ? min : max) > MOST_TIMES) throw new PosixPatternError('Regular expression too big');
  next(parser);
  return { min, max };
}

/** What follows the first number. */
function readMost(parser: Parser, min: number): number | 'bad' {
  if (parser.token.kind === '}') return min;
  return isComma(parser.token) ? (readNumber(parser) ?? Infinity) : 'bad';
}

/** @returns `bad` if there is something else; undefined if there is nothing */
function readNumber(parser: Parser): number | 'bad' | undefined {
  let number: number | 'bad' | undefined;
  for (;;) {
    next(parser);
    const { token } = parser;
    if (token.kind === 'end') return 'bad';
    if (token.kind === '}' || isComma(token)) return number;
    const digit = token.kind === 'octet' ? token.octet - 0x30 : -1;
    if (digit < 0 || digit > 9 || number === 'bad') number = 'bad';
    else number = Math.min(MOST_TIMES + 1, (number ?? 0) * 10 + digit);
  }
}

function isComma(token: PosixToken): boolean {
  return token.kind === 'octet' && token.octet === 0x2c;
}

function toPlace(name: (PosixToken & { readonly kind: 'anchor' })['name'], { splitsLines }: PosixFlags): Place {
  switch (name) {
    case '^':
      return splitsLines ? 'line-start' : 'subject-start';
    case '$':
      return splitsLines ? 'line-end' : 'subject-end';
    case '`':
      return 'subject-start';
    case "'":
      return 'subject-end';
    case '<':
      return 'word-start';
    case '>':
      return 'word-end';
    case 'b':
      return 'word-edge';
    case 'B':
      return 'no-word-edge';
  }
}

function toClass(name: 'w' | 'W' | 's' | 'S'): OctetSet {
  const word = makeSet(isWordOctet);
  const space = findClass('space') ?? new Uint8Array(256);
  switch (name) {
    case 'w':
      return word;
    case 'W':
      return invert(word);
    case 's':
      return space;
    case 'S':
      return invert(space);
  }
}

/** The octets whose capitals are in the set, since glibc compares capitals. */
function foldedTo(set: OctetSet, { isCaseless }: PosixFlags): OctetSet {
  return isCaseless ? makeSet((octet) => set[toUpper(octet)] === 1) : set;
}

function checkSize(node: PatternNode): PatternNode {
  if (node.size > SIZE) throw new PosixPatternError('Memory exhausted');
  return node;
}
