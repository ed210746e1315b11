import type { Octets } from '../octets.ts';
import type { Pattern } from '../patterns/posix-pattern.ts';
import { parseReplacement, type Replacement, type ReplacementFault } from './replacement.ts';
import { RuleMistake, type RuleLine, type RuleSource } from './rule-lines.ts';

/** A pattern as it stands in a rule. */
export interface WrittenPattern {
  /** Without its delimiters. */
  readonly source: Octets;
  /** What stands behind the closing delimiter. */
  readonly flags: Octets;
  readonly isNegated: boolean;
}

/** What differs between regexp: and pcre: tables. */
export interface PatternDialect {
  /** The flags there are. */
  readonly flags: string;
  /** Those of them that mean nothing any more. */
  readonly obsoleteFlags: string;
  /**
   * Compiles a pattern.
   * @throws {RuleMistake}
   */
  compile(pattern: WrittenPattern): Pattern;
  /** Whether a second pattern may follow at once: `/this/!/but not this/`. */
  readonly allowsSecond: boolean;
  /** What is said of a pattern that isn't closed, after the delimiter. */
  readonly notClosed: string;
  /** What is said of `$0`. */
  readonly zeroIndex: string;
  /** What is said of a search that was given up. */
  readonly givenUp: { readonly limit: string; readonly recursion: string };
}

/** A pattern, and whether it must not match. */
export interface PatternTest {
  readonly pattern: Pattern;
  readonly isNegated: boolean;
}

/** A rule, ready to be asked. */
export type PatternRule = { readonly line: number; readonly written: Octets } & (
  | { readonly kind: 'match'; readonly tests: readonly PatternTest[]; readonly replacement: Replacement }
  | { readonly kind: 'if'; readonly test: PatternTest }
  | { readonly kind: 'endif' }
);

const ALNUM = /^[A-Za-z0-9]/;
const SPACE = /^[ \t\n\v\f\r]/;

/**
 * Reads a rule.
 * @param nesting how many `if` are open
 * @throws {RuleMistake} if it can't be used
 * @see regexp_table(5), pcre_table(5)
 */
export function parsePatternRule(
  source: RuleSource,
  dialect: PatternDialect,
  rule: RuleLine,
  nesting: number,
): PatternRule {
  const { text, line } = rule;
  if (!ALNUM.test(text)) return parseMatch(source, dialect, rule);
  if (/^if(?![A-Za-z0-9])/i.test(text)) return parseIf(source, dialect, rule);
  if (!/^endif(?![A-Za-z0-9])/i.test(text)) {
    throw new RuleMistake('ignoring unrecognized request', 'write /pattern/ result, if /pattern/ or endif');
  }
  if (nesting === 0) throw new RuleMistake('ignoring ENDIF without matching IF', 'take the endif away');
  if (skipSpace(text, 5) < text.length) {
    source.warn(line, new RuleMistake('ignoring extra text after ENDIF', 'write nothing after endif'));
  }
  return { kind: 'endif', line, written: text };
}

function parseMatch(source: RuleSource, dialect: PatternDialect, { text, line }: RuleLine): PatternRule {
  const written = [readPattern(source, dialect, { text, line }, 0)];
  const [first] = written;
  let end = first?.end ?? 0;
  if (dialect.allowsSecond && text.charAt(end) === '!') {
    const second = readPattern(source, dialect, { text, line }, end);
    written.push(second);
    end = second.end;
  }
  const result = text.slice(skipSpace(text, end));
  if (result === '') {
    source.warn(line, new RuleMistake('no replacement text: using empty string', 'write a result after the pattern'));
  }
  const replacement = parseReplacement(source.valueOf(result));
  for (const fault of replacement.faults) reportFault(source, dialect, { fault, line, result });
  if (replacement.faults.length > 0) {
    const hint = 'write $1, ${1} or $(1), or $$ for a dollar sign';
    throw new RuleMistake('bad replacement syntax: skipping this rule', hint);
  }
  if (replacement.highest > 0 && first?.pattern.isNegated === true) {
    const problem = '$number found in negative match replacement text: skipping this rule';
    throw new RuleMistake(problem, 'write no $number: a pattern that does not match has no groups');
  }
  if (replacement.highest > 0 && !source.substitutes) {
    const problem = 'regular expression substitution is not allowed: skipping this rule';
    throw new RuleMistake(problem, 'write the answer out: whoever sends mail could choose it by $number');
  }
  const tests: PatternTest[] = [];
  for (const { pattern } of written) {
    const compiled = dialect.compile(pattern);
    if (tests.length === 0) checkIndex(replacement.highest, compiled);
    tests.push({ pattern: compiled, isNegated: pattern.isNegated });
  }
  return { kind: 'match', line, written: text.slice(0, end), tests, replacement: replacement.parts };
}

function parseIf(source: RuleSource, dialect: PatternDialect, { text, line }: RuleLine): PatternRule {
  const { pattern, end } = readPattern(source, dialect, { text, line }, 2);
  const extra = text.slice(skipSpace(text, end));
  if (extra !== '') {
    const hint = 'write nothing after the pattern of an if, and begin the lines of its block without white space';
    source.warn(line, new RuleMistake(`ignoring extra text after IF statement: "${extra}"`, hint));
    source.warn(line, new RuleMistake('do not prepend whitespace to statements between IF and ENDIF', hint));
  }
  const test = { pattern: dialect.compile(pattern), isNegated: pattern.isNegated };
  return { kind: 'if', line, written: text.slice(0, end), test };
}

/** Reads `!/pattern/flags` from `start` on. */
function readPattern(
  source: RuleSource,
  dialect: PatternDialect,
  { text, line }: RuleLine,
  start: number,
): { readonly pattern: WrittenPattern; readonly end: number } {
  const negations = /^[! \t\n\v\f\r]*/.exec(text.slice(start))?.[0] ?? '';
  const begin = start + negations.length + 1;
  const delimiter = text.charAt(begin - 1);
  if (delimiter === '') throw new RuleMistake('no regexp: skipping this rule', 'write a pattern: /pattern/');
  let close = begin;
  while (close < text.length && text.charAt(close) !== delimiter) close += text.charAt(close) === '\\' ? 2 : 1;
  if (close >= text.length) {
    const problem = `no closing regexp delimiter "${delimiter}": ${dialect.notClosed}`;
    throw new RuleMistake(problem, `close the pattern with ${delimiter}`);
  }
  const flags =
    (dialect.allowsSecond ? /^[^! \t\n\v\f\r]*/ : /^[^ \t\n\v\f\r]*/).exec(text.slice(close + 1))?.[0] ?? '';
  for (const flag of flags) checkFlag(source, dialect, flag, line);
  const isNegated = negations.split('!').length % 2 === 0;
  return { pattern: { source: text.slice(begin, close), flags, isNegated }, end: close + 1 + flags.length };
}

function checkFlag(source: RuleSource, { flags, obsoleteFlags }: PatternDialect, flag: string, line: number): void {
  if (obsoleteFlags.includes(flag)) {
    source.warn(line, new RuleMistake(`ignoring obsolete regexp option "${flag}"`, 'take the option away'));
  } else if (!flags.includes(flag)) {
    const hint = `write none but ${Array.from(flags).join(' ')} behind the pattern`;
    throw new RuleMistake(`unknown regexp option "${flag}": skipping this rule`, hint);
  }
}

function checkIndex(highest: number, { groups }: Pattern): void {
  if (highest <= groups) return;
  const problem = `out of range replacement index "${highest}": skipping this rule`;
  throw new RuleMistake(problem, `write a number up to ${groups}: so many () the pattern has`);
}

interface Faulty {
  readonly fault: ReplacementFault;
  readonly line: number;
  readonly result: Octets;
}

function reportFault(source: RuleSource, { zeroIndex }: PatternDialect, { fault, line, result }: Faulty): void {
  const hint = 'write $1, ${1} or $(1), or $$ for a dollar sign';
  switch (fault.kind) {
    case 'name':
      source.warn(line, new RuleMistake(`non-numeric replacement index "${fault.name}"`, hint));
      break;
    case 'zero':
      source.warn(line, new RuleMistake(`${zeroIndex} replacement index "${fault.name}"`, hint));
      break;
    // Postfix says of these neither table nor line.
    case 'truncated':
      source.warn(line, new RuleMistake(`truncated macro reference: "${result}"`, hint), { place: '' });
      break;
    case 'empty':
      source.warn(line, new RuleMistake(`empty macro name: "${result}"`, hint), { place: '' });
      break;
  }
}

function skipSpace(text: Octets, start: number): number {
  let position = start;
  while (SPACE.test(text.charAt(position))) position++;
  return position;
}
