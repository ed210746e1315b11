import { PcrePatternError, UnsupportedPatternError } from './pcre-error.ts';
import { readCondition } from './pcre-condition.ts';
import { findFixedLength } from './pcre-length.ts';
import { findNamed, readName, toGroup } from './pcre-name.ts';
import {
  call,
  fixed,
  parseAlternatives,
  parseBranches,
  refer,
  repeatable,
  type Atom,
  type PcreParser,
} from './pcre-parser.ts';
import { fail, peek, take, takeMatch, type PcreFlags } from './pcre-reader.ts';
import {
  EMPTY,
  FAIL,
  makeAtomic,
  makeBack,
  makeChoice,
  makeGroup,
  makeLook,
  makeSequence,
  type PatternNode,
} from './syntax-tree.ts';

/**
 * Reads what begins with a parenthesis.
 * @throws {PcrePatternError}
 */
export function readGroup(parser: PcreParser): Atom {
  const { reader, flags } = parser;
  const start = reader.position++;
  if (peek(reader) === '*') return readVerb(parser);
  if (!take(reader, '?')) {
    if (flags.isNoCapture) return repeatable(parseRest(parser));
    return repeatable(readCapture(parser, undefined));
  }
  const look = readLook(parser, start);
  if (look !== undefined) return repeatable(look);
  const character = peek(reader);
  switch (character) {
    case '':
      return fail(reader, 'MISSING_CLOSING_PARENTHESIS');
    case ':':
      reader.position++;
      return repeatable(parseRest(parser));
    case '>':
      reader.position++;
      return repeatable(makeAtomic(parseRest(parser)));
    case '|': {
      reader.position++;
      const branches = parseBranches(parser, true);
      close(parser);
      return repeatable(makeChoice(branches));
    }
    case '(':
      reader.position++;
      return repeatable(readCondition(parser, start));
    case 'C':
      throw new UnsupportedPatternError('(?C');
    case 'P':
      reader.position++;
      return repeatable(readPythonGroup(parser));
    case '<':
    case "'":
      reader.position++;
      return repeatable(readCapture(parser, character === '<' ? '>' : "'"));
    case '&':
      reader.position++;
      return repeatable(readNamedCall(parser));
    case 'R':
    case '+':
    case '-':
      break;
  }
  const number = takeMatch(reader, /R|[+-]?\d+/y);
  if (number !== undefined) return repeatable(readNumberedCall(parser, number));
  if (character === '+') return fail(reader, 'BAD_RELATIVE_REFERENCE');
  return readOptions(parser);
}

/** The body of a group, and the parenthesis that closes it. */
export function parseRest(parser: PcreParser): PatternNode {
  const tree = parseAlternatives(parser);
  close(parser);
  return tree;
}

export function close({ reader }: PcreParser): void {
  if (!take(reader, ')')) fail(reader, 'MISSING_CLOSING_PARENTHESIS');
}

/** @param terminator what ends its name, if it has one */
function readCapture(parser: PcreParser, terminator: string | undefined): PatternNode {
  const name = terminator === undefined ? undefined : readName(parser, terminator);
  const index = ++parser.groups;
  if (name !== undefined) {
    const groups = parser.names.get(name) ?? [];
    if (!groups.includes(index)) {
      if (groups.length > 0 && !parser.flags.allowsDuplicateNames) fail(parser.reader, 'DUPLICATE_SUBPATTERN_NAME');
      parser.names.set(name, [...groups, index]);
    }
  }
  return makeGroup(index, parseRest(parser));
}

/** `(?=`, `(?!`, `(?<=`, `(?<!`; `(?*` and `(?<*` are like the first and third, but may be tried again: here they aren't. */
function readLook(parser: PcreParser, start: number): PatternNode | undefined {
  const kind = takeMatch(parser.reader, /<?[=!*]/y);
  if (kind === undefined) return undefined;
  // (?!) is (*FAIL).
  if (kind === '!' && take(parser.reader, ')')) return FAIL;
  return readLookBody(parser, { isBehind: kind.startsWith('<'), isNegative: kind.endsWith('!'), start });
}

interface Look {
  readonly isBehind: boolean;
  readonly isNegative: boolean;
  readonly start: number;
}

/** The body of an assertion and its parenthesis. */
function readLookBody(parser: PcreParser, { isBehind, isNegative, start }: Look): PatternNode {
  parser.looks++;
  const branches = parseBranches(parser);
  close(parser);
  parser.looks--;
  return makeLook(
    makeChoice(isBehind ? branches.map((branch) => behind(parser, branch, start)) : branches),
    isNegative,
  );
}

function behind(parser: PcreParser, branch: PatternNode, start: number): PatternNode {
  const length = findFixedLength(branch);
  if (length === undefined && parser.known !== undefined) {
    parser.lookbehindMistakes.push(new PcrePatternError('LOOKBEHIND_NOT_FIXED_LENGTH', start));
  }
  return makeSequence([makeBack(length ?? 0), branch]);
}

/** `(?P<name>`, `(?P=name)`, `(?P>name)` */
function readPythonGroup(parser: PcreParser): PatternNode {
  const { reader } = parser;
  if (peek(reader) === '') return fail(reader, 'MISSING_CLOSING_PARENTHESIS');
  if (take(reader, '<')) return readCapture(parser, '>');
  if (take(reader, '>')) return readNamedCall(parser);
  if (!take(reader, '=')) return fail(reader, 'UNRECOGNIZED_AFTER_QUERY_P');
  const start = reader.position;
  const name = readName(parser, ')');
  return refer(parser, findNamed(parser, name, start), 0);
}

function readNamedCall(parser: PcreParser): PatternNode {
  const start = parser.reader.position;
  const name = readName(parser, ')');
  return call(parser, findNamed(parser, name, start)[0] ?? 0, 0);
}

/** `(?R)`, `(?1)`, `(?-1)` */
function readNumberedCall(parser: PcreParser, written: string): PatternNode {
  const { reader } = parser;
  const group = written === 'R' ? 0 : toGroup(parser, written);
  const end = reader.position;
  if (!take(reader, ')')) {
    return fail(reader, written === 'R' ? 'PARENS_QUERY_R_MISSING_CLOSING' : 'MISSING_CLOSING_PARENTHESIS');
  }
  return call(parser, group, end - reader.position);
}

/** `(*FAIL)`; and assertions in words. */
function readVerb(parser: PcreParser): Atom {
  const { reader } = parser;
  const start = reader.position - 1;
  if (takeMatch(reader, /\*F(?:AIL)?\)/y) !== undefined) return fixed(FAIL);
  const word = takeMatch(
    reader,
    /\*(?:pla|positive_lookahead|nla|negative_lookahead|plb|positive_lookbehind|nlb|negative_lookbehind):/y,
  );
  if (word !== undefined) {
    const isBehind = /^\*(?:.lb|.*behind)/.test(word);
    return repeatable(readLookBody(parser, { isBehind, isNegative: word.startsWith('*n'), start }));
  }
  if (takeMatch(reader, /\*atomic:/y) !== undefined) return repeatable(makeAtomic(parseRest(parser)));
  const verb = takeMatch(reader, /\*(?:ACCEPT|COMMIT|PRUNE|SKIP|THEN|MARK)?(?::[^)]*)?\)/y);
  if (verb !== undefined && verb !== '*)') throw new UnsupportedPatternError(`(${verb}`);
  reader.position = start + 1;
  if (peek(reader, 1) === '') return fail(reader, 'QUANTIFIER_INVALID');
  const isWord = /[a-z]/.test(peek(reader, 1));
  takeMatch(reader, /\*\w*/y);
  return fail(reader, isWord ? 'ALPHA_ASSERTION_UNKNOWN' : 'VERB_UNKNOWN');
}

const OPTIONS: ReadonlyMap<string, Partial<PcreFlags>> = new Map([
  ['i', { isCaseless: true }],
  ['m', { isMultiline: true }],
  ['s', { isDotAll: true }],
  ['x', { isExtended: true }],
  ['n', { isNoCapture: true }],
  ['J', { allowsDuplicateNames: true }],
  ['U', { isUngreedy: true }],
]);

/** `(?i-s)` to the end of the group, `(?i-s:…)` for what is within. */
function readOptions(parser: PcreParser): Atom {
  const { reader } = parser;
  let flags = parser.flags;
  let isOff = false;
  const resets = take(reader, '^');
  if (resets) {
    flags = {
      ...flags,
      isCaseless: false,
      isMultiline: false,
      isDotAll: false,
      isExtended: false,
      isExtendedMore: false,
      isNoCapture: false,
    };
  }
  for (let seenHyphen = resets; ;) {
    const character = peek(reader);
    if (character === '') return fail(reader, 'MISSING_CLOSING_PARENTHESIS');
    if (character === ')' || character === ':') break;
    reader.position++;
    const option = OPTIONS.get(character);
    if (character === '-') {
      if (seenHyphen) return fail(reader, 'INVALID_HYPHEN_IN_OPTIONS', -1);
      seenHyphen = true;
      isOff = true;
    } else if (option === undefined) return fail(reader, 'INVALID_AFTER_PARENS_QUERY', resets ? 0 : -1);
    else {
      const isMore = character === 'x' && take(reader, 'x');
      flags = { ...flags, ...(isOff ? negate(option) : option) };
      if (character === 'x') flags = { ...flags, isExtendedMore: isMore && !isOff };
    }
  }
  if (take(reader, ')')) {
    parser.flags = flags;
    return fixed(EMPTY);
  }
  reader.position++;
  const outer = parser.flags;
  parser.flags = flags;
  const body = parseRest(parser);
  parser.flags = outer;
  return repeatable(body);
}

function negate(option: Partial<PcreFlags>): Partial<PcreFlags> {
  return Object.fromEntries(Object.keys(option).map((name) => [name, false]));
}
