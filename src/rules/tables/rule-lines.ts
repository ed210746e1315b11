import type { ReportFinding } from '../config/finding.ts';
import { readLogicalLines } from '../config/logical-lines.ts';
import type { Octets } from '../octets.ts';
import { extractBraces, splitItems, trimBlanks } from './braces.ts';
import { warnOfLine } from './line-warning.ts';
import type { SourceLocation } from '../config/config-error.ts';
import { TableOpenError, type TableOpening } from './table-world.ts';

/** One rule of a table of patterns, as it is written. */
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
  /** Where line `line` is written. */
  locate(line: number): SourceLocation;
  /** Reports a mistake at a line, in Postfix's words. */
  warn(line: number, mistake: Mistake): void;
  readonly report: ReportFinding;
}

/** What is wrong with a rule. */
export interface Mistake {
  readonly code: string;
  readonly problem: string;
  readonly hint: string;
}

/**
 * Reads the rules of a table, from its file or from `{{rule}, {rule}}`.
 * @throws {TableOpenError} if the file can't be read, or the braces are wrong
 * @see Postfix's dict_stream(3)
 */
export function readRules(type: string, name: Octets, { world, at }: TableOpening): RuleSource {
  const isInline = name.startsWith('{');
  const text = isInline ? readInline(type, name) : readFile(name, world.readFile(name));
  const { report } = world;
  const lines: RuleLine[] = [];
  for (const { text: written, line } of readLogicalLines(text, name, report)) {
    const rule = trimEnd(written);
    if (rule !== '') lines.push({ text: rule, line });
  }
  const locate = (line: number) => (isInline ? at : { file: name, line });
  const warn = (line: number, mistake: Mistake) => {
    warnOfLine(report, { ...mistake, at: locate(line), place: `${type} map ${name}, line ${line}: ` });
  };
  return { type, name, lines, locate, warn, report };
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

/** Text without white space at its end. */
function trimEnd(text: Octets): Octets {
  return trimBlanks(`.${text}`).slice(1);
}
