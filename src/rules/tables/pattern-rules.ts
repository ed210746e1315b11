import type { Octets } from '../octets.ts';
import type { Pattern } from '../patterns/posix-pattern.ts';
import type { LookupTable } from './lookup-table.ts';
import { expandReplacement, parseReplacement, type Replacement, type ReplacementFault } from './replacement.ts';
import type { RuleLine, RuleSource } from './rule-lines.ts';

/** A pattern as it stands in a rule. */
export interface WrittenPattern {
  /** Without its delimiters. */
  readonly source: Octets;
  /** What stood behind the closing delimiter. */
  readonly flags: Octets;
  readonly isNegated: boolean;
}

/** What differs between regexp: and pcre: tables. */
export interface PatternDialect {
  /**
   * Compiles a pattern.
   * @returns what is wrong with it otherwise, to be reported
   */
  compile(pattern: WrittenPattern, warn: (problem: string) => void): Pattern | { readonly problem: string };
  /** Whether a second pattern may follow at once: `/this/!/but not this/`. */
  readonly allowsSecond: boolean;
  /** What is said of a pattern that isn't closed, after the delimiter. */
  readonly notClosed: string;
  /** What is said of `$0`. */
  readonly zeroIndex: string;
  /** What is said of a search that was given up. */
  readonly givenUp: { readonly limit: string; readonly recursion: string };
}

interface Test {
  readonly pattern: Pattern;
  readonly isNegated: boolean;
}

type Rule = { readonly line: number; readonly written: Octets } & (
  | { readonly kind: 'match'; readonly tests: readonly Test[]; readonly replacement: Replacement }
  | { readonly kind: 'if'; readonly test: Test; end: number }
  | { readonly kind: 'endif' }
);

const ALNUM = /^[A-Za-z0-9]/;
const SPACE = /^[ \t\n\v\f\r]/;

/**
 * Makes a table of rules with patterns: the first that matches answers. Rules that can't be used have been reported and
 * are left out.
 * @see regexp_table(5), pcre_table(5)
 */
export function makePatternTable(source: RuleSource, dialect: PatternDialect): LookupTable {
  const rules: Rule[] = [];
  const open: (Rule & { readonly kind: 'if' })[] = [];
  for (const line of source.lines) {
    const rule = parseRule(source, dialect, line, open.length);
    if (rule === undefined) continue;
    if (rule.kind === 'if') open.push(rule);
    if (rule.kind === 'endif') {
      const opening = open.pop();
      if (opening !== undefined) opening.end = rules.length;
    }
    rules.push(rule);
  }
  for (const { line } of open.reverse()) warn(source, line, 'IF has no matching ENDIF', 'end the block with endif');
  return {
    name: `${source.type}:${source.name}`,
    kind: 'pattern',
    lookup(key) {
      for (let index = 0; index < rules.length; index++) {
        const rule = rules[index];
        if (rule === undefined || rule.kind === 'endif') continue;
        if (rule.kind === 'if') {
          if (!passes(rule.test, key, { source, dialect, line: rule.line })) index = rule.end;
          continue;
        }
        const value = answer(rule, key, { source, dialect, line: rule.line });
        if (value !== undefined) return { key: rule.written, value, source: source.locate(rule.line) };
      }
      return undefined;
    },
  };
}

interface Asked {
  readonly source: RuleSource;
  readonly dialect: PatternDialect;
  readonly line: number;
}

function answer(rule: Rule & { readonly kind: 'match' }, key: Octets, asked: Asked): Octets | undefined {
  const needsGroups = rule.replacement.some((part) => typeof part === 'number');
  const [first, ...others] = rule.tests;
  if (first === undefined) return undefined;
  const offsets = findOffsets(first, key, { ...asked, needsGroups });
  if (offsets === undefined || !others.every((test) => passes(test, key, asked))) return undefined;
  return expandReplacement(rule.replacement, key, offsets);
}

function passes(test: Test, key: Octets, asked: Asked): boolean {
  return findOffsets(test, key, { ...asked, needsGroups: false }) !== undefined;
}

/** @returns undefined if the test isn't passed; a search that is given up passes none */
function findOffsets(
  { pattern, isNegated }: Test,
  key: Octets,
  { source, dialect, line, needsGroups }: Asked & { readonly needsGroups: boolean },
): readonly number[] | undefined {
  const result = pattern.matches(key, { needsGroups });
  switch (result.kind) {
    case 'match':
      return isNegated ? undefined : result.offsets;
    case 'none':
      return isNegated ? [] : undefined;
    case 'given up':
      source.warn(line, {
        code: 'pattern-too-slow',
        problem: dialect.givenUp[result.fault],
        hint: 'write the pattern without repetitions within repetitions and without back references',
      });
      return undefined;
  }
}

function warn(source: RuleSource, line: number, problem: string, hint: string): undefined {
  source.warn(line, { code: 'table-rule', problem, hint });
}

/** @param nesting how many blocks are open */
function parseRule(source: RuleSource, dialect: PatternDialect, line: RuleLine, nesting: number): Rule | undefined {
  const { text } = line;
  if (!ALNUM.test(text)) return parseMatch(source, dialect, line);
  if (/^if(?![A-Za-z0-9])/i.test(text)) return parseIf(source, dialect, line);
  if (/^endif(?![A-Za-z0-9])/i.test(text)) {
    if (nesting === 0) return warn(source, line.line, 'ignoring ENDIF without matching IF', 'take the endif away');
    if (skipSpace(text, 5) < text.length) {
      warn(source, line.line, 'ignoring extra text after ENDIF', 'write nothing after endif');
    }
    return { kind: 'endif', line: line.line, written: text };
  }
  return warn(source, line.line, 'ignoring unrecognized request', 'write /pattern/ result, if /pattern/ or endif');
}

function parseMatch(source: RuleSource, dialect: PatternDialect, { text, line }: RuleLine): Rule | undefined {
  const first = readPattern(source, dialect, { text, line }, 0);
  if (first === undefined) return undefined;
  const hasSecond = dialect.allowsSecond && text.charAt(first.end) === '!';
  const second = hasSecond ? readPattern(source, dialect, { text, line }, first.end) : undefined;
  if (hasSecond && second === undefined) return undefined;
  const end = second?.end ?? first.end;
  const result = text.slice(skipSpace(text, end));
  if (result === '') warn(source, line, 'no replacement text: using empty string', 'write a result after the pattern');
  const replacement = parseReplacement(result);
  for (const fault of replacement.faults) reportFault(source, dialect, { fault, line, result });
  if (replacement.faults.length > 0) {
    return warn(source, line, 'bad replacement syntax: skipping this rule', 'write $1, ${1}, or $$ for a dollar sign');
  }
  if (replacement.highest > 0 && first.pattern.isNegated) {
    const problem = '$number found in negative match replacement text: skipping this rule';
    return warn(source, line, problem, 'write no $number: a pattern that does not match has no groups');
  }
  const pattern = compile(source, dialect, first.pattern, line);
  if (pattern === undefined) return undefined;
  if (replacement.highest > pattern.groups) {
    const problem = `out of range replacement index "${replacement.highest}": skipping this rule`;
    return warn(source, line, problem, `write a number from 1 to ${pattern.groups}: so many () the pattern has`);
  }
  const other = second && compile(source, dialect, second.pattern, line);
  if (second !== undefined && other === undefined) return undefined;
  const tests = [{ pattern, isNegated: first.pattern.isNegated }];
  if (second !== undefined && other !== undefined) tests.push({ pattern: other, isNegated: second.pattern.isNegated });
  return { kind: 'match', line, written: text.slice(0, end), tests, replacement: replacement.parts };
}

function parseIf(source: RuleSource, dialect: PatternDialect, { text, line }: RuleLine): Rule | undefined {
  const found = readPattern(source, dialect, { text, line }, 2);
  if (found === undefined) return undefined;
  const extra = text.slice(skipSpace(text, found.end));
  if (extra !== '') {
    const hint = 'write nothing after the pattern of an if, and begin the lines of its block without white space';
    warn(source, line, `ignoring extra text after IF statement: "${extra}"`, hint);
    warn(source, line, 'do not prepend whitespace to statements between IF and ENDIF', hint);
  }
  const pattern = compile(source, dialect, found.pattern, line);
  if (pattern === undefined) return undefined;
  const test = { pattern, isNegated: found.pattern.isNegated };
  return { kind: 'if', line, written: text.slice(0, found.end), test, end: Infinity };
}

/** Reads `!/pattern/flags` from `start` on. */
function readPattern(
  source: RuleSource,
  dialect: PatternDialect,
  { text, line }: RuleLine,
  start: number,
): { readonly pattern: WrittenPattern; readonly end: number } | undefined {
  let position = start;
  let isNegated = false;
  for (; text.charAt(position) === '!' || SPACE.test(text.charAt(position)); position++) {
    if (text.charAt(position) === '!') isNegated = !isNegated;
  }
  const delimiter = text.charAt(position);
  if (delimiter === '') return warn(source, line, 'no regexp: skipping this rule', 'write a pattern: /pattern/');
  const begin = position + 1;
  let close = begin;
  while (close < text.length && text.charAt(close) !== delimiter) close += text.charAt(close) === '\\' ? 2 : 1;
  if (close >= text.length) {
    const problem = `no closing regexp delimiter "${delimiter}": ${dialect.notClosed}`;
    return warn(source, line, problem, `close the pattern with ${delimiter}`);
  }
  let end = close + 1;
  while (end < text.length && !SPACE.test(text.charAt(end)) && !(dialect.allowsSecond && text.charAt(end) === '!'))
    end++;
  return { pattern: { source: text.slice(begin, close), flags: text.slice(close + 1, end), isNegated }, end };
}

function compile(
  source: RuleSource,
  dialect: PatternDialect,
  pattern: WrittenPattern,
  line: number,
): Pattern | undefined {
  const hint = 'mend the pattern; try it with postmap -q';
  const compiled = dialect.compile(pattern, (problem) => warn(source, line, problem, hint));
  return 'problem' in compiled ? warn(source, line, compiled.problem, hint) : compiled;
}

interface Faulty {
  readonly fault: ReplacementFault;
  readonly line: number;
  readonly result: Octets;
}

function reportFault(source: RuleSource, dialect: PatternDialect, { fault, line, result }: Faulty): void {
  const hint = 'write $1, ${1} or $(1), or $$ for a dollar sign';
  if (fault.kind === 'name') return warn(source, line, `non-numeric replacement index "${fault.name}"`, hint);
  if (fault.kind === 'zero') return warn(source, line, `${dialect.zeroIndex} replacement index "${fault.name}"`, hint);
  const problem =
    fault.kind === 'truncated' ? `truncated macro reference: "${result}"` : `empty macro name: "${result}"`;
  // Postfix says of these neither table nor line.
  source.report({
    severity: 'warning',
    code: 'table-rule',
    at: source.locate(line),
    problem,
    why: 'the rule is left out',
    hint,
    postfixLine: `warning: ${problem}`,
  });
}

function skipSpace(text: Octets, start: number): number {
  let position = start;
  while (SPACE.test(text.charAt(position))) position++;
  return position;
}
