import { trimBlanks } from '../config/braces.ts';
import type { SourceLocation } from '../config/config-error.ts';
import { readLogicalLines } from '../config/logical-lines.ts';
import type { Octets } from '../octets.ts';
import { extractBraces, splitItems } from './braces.ts';
import { warnOfLine } from './line-warning.ts';
import type { TableHit } from './lookup-table.ts';
import { FILES_HINT, readNamedFiles } from './named-files.ts';
import { TableOpenError, type TableOpening } from './table-world.ts';

const OURS = 'Postfix would use this rule, but here the lookup table answers as if it were not there';

/** One rule of a table of patterns or networks, as it is written. */
export interface RuleLine {
  /** Without white space at its end; never empty. */
  readonly text: Octets;
  readonly line: number;
}

/** Where rules are written, and how to complain of them. */
export interface RuleSource {
  /** `regexp`, `pcre`, `cidr` */
  readonly type: string;
  /** The table's name: a file, or rules in braces. */
  readonly name: Octets;
  readonly lines: readonly RuleLine[];
  /** Whether an answer may have `$1` in it. */
  readonly substitutes: boolean;
  /** What a right-hand side stands for, where it may name files. @throws {RuleMistake} if one can't be read */
  valueOf(written: Octets): Octets;
  /** Where a line is written. */
  locate(line: number): SourceLocation;
  /**
   * Reports a mistake.
   * @param options.place how Postfix names the place, where it isn't `TYPE map NAME, line N: `
   */
  warn(line: number, mistake: RuleMistake, options?: { readonly place?: string; readonly code?: string }): void;
}

/** A rule that can't be used, or not as it is written, in Postfix's words. */
export class RuleMistake extends Error {
  override readonly name = 'RuleMistake';
  readonly code = 'TABLE_RULE_INVALID';
  readonly hint: string;
  /** Whether only this program finds it a mistake: Postfix would say nothing. */
  readonly isOurs: boolean;

  /** @param hint how to mend it, as one imperative sentence */
  constructor(problem: string, hint: string, { isOurs = false } = {}) {
    super(problem);
    this.hint = hint;
    this.isOurs = isOurs;
  }
}

/**
 * Reads the lines of a table, from its file or from `{{rule}, {rule}}`.
 * @throws {TableOpenError} if the file can't be read, or the braces are wrong
 * @see Postfix's dict_stream(3)
 */
export function readRules(type: string, name: Octets, { world, at }: TableOpening): RuleSource {
  const isInline = name.startsWith('{');
  const text = isInline ? readInline(type, name) : readFile(name, world.readFile(name));
  const lines: RuleLine[] = [];
  for (const { text: written, line } of readLogicalLines(text, name, world.report)) {
    // Without white space at its end.
    const rule = trimBlanks(`.${written}`).slice(1);
    if (rule !== '') lines.push({ text: rule, line });
  }
  const locate = (line: number): SourceLocation => (isInline ? at : { file: name, line });
  return {
    type,
    name,
    lines,
    substitutes: world.substitutes ?? true,
    valueOf(written) {
      const named = readNamedFiles(written, world);
      if ('value' in named) return named.value;
      throw new RuleMistake(`${named.fault}: skipping this rule`, FILES_HINT);
    },
    locate,
    warn(line, mistake, { place = `${type} map ${name}, line ${line}: `, code = 'table-rule' } = {}) {
      const { message: problem, hint } = mistake;
      if (!mistake.isOurs) warnOfLine(world.report, { code, at: locate(line), problem, hint, place });
      else
        world.report({
          severity: 'warning',
          code: 'table-rule-unsupported',
          at: locate(line),
          problem,
          why: OURS,
          hint,
        });
    },
  };
}

interface Block {
  readonly kind: 'match' | 'if' | 'endif';
  readonly line: number;
}

/** Rules in their order; and where each block that begins with `if` ends. */
export interface RuleList<Rule> {
  readonly rules: readonly Rule[];
  /** The place of the `endif`, by that of the `if`; none if there is none. */
  readonly ends: ReadonlyMap<number, number>;
}

/**
 * Reads every rule; those with a mistake are reported and left out.
 * @param parse reads one, inside so many blocks
 */
export function collectRules<Rule extends Block>(
  source: RuleSource,
  parse: (line: RuleLine, nesting: number) => Rule,
): RuleList<Rule> {
  const rules: Rule[] = [];
  const ends = new Map<number, number>();
  const open: { readonly index: number; readonly line: number }[] = [];
  for (const line of source.lines) {
    try {
      const rule = parse(line, open.length);
      if (rule.kind === 'if') open.push({ index: rules.length, line: rule.line });
      const opening = rule.kind === 'endif' ? open.pop() : undefined;
      if (opening !== undefined) ends.set(opening.index, rules.length);
      rules.push(rule);
    } catch (error) {
      if (!(error instanceof RuleMistake)) throw error;
      source.warn(line.line, error);
    }
  }
  for (const { line } of open.reverse()) {
    source.warn(line, new RuleMistake('IF has no matching ENDIF', 'end the block with endif'));
  }
  return { rules, ends };
}

/**
 * The first rule's answer.
 * @param ask a rule's answer; of an `if` whether its block counts
 */
export function findRule<Rule extends Block>(
  { rules, ends }: RuleList<Rule>,
  ask: (rule: Rule) => TableHit | 'enter' | undefined,
): TableHit | undefined {
  let skippedTo = 0;
  for (const [index, rule] of rules.entries()) {
    if (index < skippedTo) continue;
    const answer = ask(rule);
    if (typeof answer === 'object') return answer;
    if (rule.kind === 'if' && answer === undefined) skippedTo = ends.get(index) ?? Infinity;
  }
  return undefined;
}

function readInline(type: string, name: Octets): Octets {
  const rules = splitItems(extract(type, name)).map((item) => extract(type, item));
  return rules.map((rule) => `${rule}\n`).join('');
}

function extract(type: string, text: Octets): Octets {
  const inner = extractBraces(text);
  if (!('fault' in inner)) return inner.text;
  throw new TableOpenError(`${type} map: ${inner.fault}`, {
    finding: 'table-inline-syntax',
    hint: `write ${type}:{{rule}, {rule}}`,
  });
}

function readFile(path: Octets, file: { readonly text: Octets } | { readonly fault: string }): Octets {
  if ('text' in file) return file.text;
  throw new TableOpenError(`open ${path}: ${file.fault}`, {
    finding: 'table-missing',
    hint: 'name a file that exists and can be read',
  });
}
