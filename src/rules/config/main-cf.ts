import type { Octets } from '../octets.ts';
import type { SourceLocation } from './config-error.ts';
import type { Finding, ReportFinding } from './finding.ts';
import { readLogicalLines, WHITE_SPACE, type LogicalLine } from './logical-lines.ts';

/** One `name = value`. */
export interface MainCfEntry {
  readonly name: Octets;
  /** As written, `$name` not expanded; continuation lines are joined with their white space. */
  readonly value: Octets;
  /** Where the name stands. */
  readonly at: SourceLocation;
  /** Where the value begins. */
  readonly valueAt: SourceLocation;
  /** Where an octet of the value stands: it may be on a continuation line. */
  readonly placeOf: (offset: number) => SourceLocation & { readonly line: number; readonly column: number };
}

/** A `name = value` taken apart; `valueOffset` says where the value begins. */
export interface NameValue {
  readonly name: Octets;
  readonly value: Octets;
  readonly valueOffset: number;
}

const NAME_VALUE = new RegExp(`^(${WHITE_SPACE}*)([^ \\t\\n\\v\\f\\r=]*)${WHITE_SPACE}*(=${WHITE_SPACE}*)?`);
const TRAILING_WHITE_SPACE = new Set(' \t\n\v\f\r');

/**
 * Takes `name = value` apart: white space around either doesn't count.
 * @returns what is wrong, in Postfix's words, if something is
 * @see Postfix's split_nameval(3)
 */
export function splitNameValue(text: Octets): NameValue | { readonly fault: string } {
  const [matched = '', , name = '', equals] = NAME_VALUE.exec(text) ?? [];
  if (name === '') return { fault: 'missing attribute name' };
  if (equals === undefined) return { fault: "missing '=' after attribute name" };
  let end = text.length;
  while (end > matched.length && TRAILING_WHITE_SPACE.has(text.charAt(end - 1))) end--;
  return { name, value: text.slice(matched.length, end), valueOffset: matched.length };
}

/**
 * Reads main.cf: every entry in the file's order, duplicates included; of equal names Postfix takes the last. Whatever
 * is wrong is reported, with what Postfix says of it, and reading goes on.
 * @param file the file's name in messages
 * @param known values that Postfix has before it reads the file, which an entry overrides
 * @see postconf(5); Postfix's dict(3), dict_load_fp
 */
export function parseMainCf(
  text: Octets,
  file: string,
  report: ReportFinding,
  known: ReadonlyMap<Octets, Octets> = new Map(),
): readonly MainCfEntry[] {
  const entries: MainCfEntry[] = [];
  const values = new Map(known);
  for (const line of readLogicalLines(text, file, report)) {
    const parsed = splitNameValue(line.text);
    if ('fault' in parsed) {
      report(toSyntaxFinding(line, file, parsed.fault));
      continue;
    }
    const { name, value, valueOffset } = parsed;
    const at = { file, ...line.place(0) };
    const old = values.get(name);
    if (old !== undefined && old !== value) report(toOverrideFinding(name, old, at));
    values.set(name, value);
    const placeOf: MainCfEntry['placeOf'] = (offset) => ({ file, ...line.place(valueOffset + offset) });
    entries.push({ name, value, at, valueAt: placeOf(0), placeOf });
  }
  return entries;
}

function toSyntaxFinding({ text, line }: LogicalLine, file: string, fault: string): Finding {
  return {
    severity: 'error',
    code: 'main-cf-syntax',
    at: { file, line, column: 1 },
    problem: `${fault}: "${text}"`,
    why: 'No program of Postfix starts with this line.',
    hint: 'write name = value, or begin the line with # if it is a comment',
    postfixLine: `fatal: ${file}, line ${line}: ${fault}: "${text}"`,
  };
}

function toOverrideFinding(name: Octets, old: Octets, at: SourceLocation & { readonly line: number }): Finding {
  return {
    severity: 'warning',
    code: 'duplicate-parameter',
    at,
    problem: `overriding earlier entry: ${name}=${old}`,
    why: 'Of two entries with one name the last counts; the first does nothing.',
    hint: `keep one of the entries of ${name}`,
    postfixLine: `warning: ${at.file}, line ${at.line}: overriding earlier entry: ${name}=${old}`,
  };
}
