import { PcrePatternError, type PCRE_PROBLEMS } from './pcre-error.ts';
import { close, readGroup } from './pcre-group.ts';
import { findNamed, readName, toGroup } from './pcre-name.ts';
import { parseBranches, type PcreParser } from './pcre-parser.ts';
import { fail, peek, startsWith, take, takeMatch } from './pcre-reader.ts';
import { EMPTY, makeCondition, makeLookCondition, type Condition, type PatternNode } from './syntax-tree.ts';

/**
 * Reads a conditional group, of which `(?(` has been read.
 * @param start where it begins
 * @throws {PcrePatternError}
 * @see pcre2pattern(3), "CONDITIONAL GROUPS"
 */
export function readCondition(parser: PcreParser, start: number): PatternNode {
  const { reader } = parser;
  if (startsWith(reader, '?') || startsWith(reader, '*')) return readLookCondition(parser);
  const isDefine = startsWith(reader, 'DEFINE)');
  const test = readTest(parser);
  const branches = parseBranches(parser);
  const { length: count } = branches;
  const [yes = EMPTY, no = EMPTY] = branches;
  close(parser);
  if (isDefine && count > 1) later(parser, 'DEFINE_TOO_MANY_BRANCHES', start + 3);
  else if (count > 2) later(parser, 'TOO_MANY_CONDITION_BRANCHES', start);
  return makeCondition(test, yes, no);
}

function readLookCondition(parser: PcreParser): PatternNode {
  const { reader } = parser;
  reader.position--;
  const open = reader.position;
  if (takeMatch(reader, /\((?:\?<?[=!*]|\*[a-z])/y) === undefined) return fail(reader, 'CONDITION_ASSERTION_EXPECTED');
  reader.position = open;
  const { node } = readGroup(parser);
  const [yes = EMPTY, no = EMPTY, ...others] = parseBranches(parser);
  close(parser);
  if (others.length > 0) later(parser, 'TOO_MANY_CONDITION_BRANCHES', 0);
  // (?!) never holds.
  if (node.kind !== 'look') return makeCondition({ kind: 'never' }, no, yes);
  return makeLookCondition({ body: node.body, negative: node.negative }, yes, no);
}

/** Notes a mistake that is told when all has been read. */
function later({ known, laterMistakes }: PcreParser, problem: keyof typeof PCRE_PROBLEMS, offset: number): void {
  if (known !== undefined) laterMistakes.push(new PcrePatternError(problem, offset));
}

function readTest(parser: PcreParser): Condition {
  const { reader } = parser;
  const at = reader.position;
  if (peek(reader) === '') return fail(reader, 'MISSING_CLOSING_PARENTHESIS');
  if (take(reader, 'DEFINE)')) return { kind: 'never' };
  const number = takeMatch(reader, /[+-]?\d+/y);
  if (number !== undefined) {
    const group = toGroup(parser, number);
    if (!take(reader, ')')) return fail(reader, 'MISSING_CONDITION_CLOSING');
    if (parser.known !== undefined && group > parser.known.groups) later(parser, 'BAD_SUBPATTERN_REFERENCE', at - 1);
    return { kind: 'group', groups: [group] };
  }
  const call = takeMatch(reader, /R(?:\d*\)|&)/y);
  if (call === 'R&') {
    const start = reader.position;
    return { kind: 'call', groups: findNamed(parser, readName(parser, ')'), start) };
  }
  if (call !== undefined && !hasName(parser, call.slice(0, -1))) {
    return { kind: 'call', groups: call === 'R)' ? undefined : [Number(call.slice(1, -1))] };
  }
  reader.position = at;
  const terminator = take(reader, '<') ? '>' : take(reader, "'") ? "'" : ')';
  const start = reader.position;
  const name = readName(parser, terminator);
  if (terminator !== ')' && !take(reader, ')')) return fail(reader, 'MISSING_CONDITION_CLOSING');
  return { kind: 'group', groups: findNamed(parser, name, start) };
}

function hasName({ known, names }: PcreParser, name: string): boolean {
  return (known?.names ?? names).has(name);
}
