import type { SourceLocation } from '../../rules/config/config-error.ts';
import type { Finding } from '../../rules/config/finding.ts';
import { fromOctets } from '../../rules/octets.ts';
import { countFindings, formatFinding } from '../format-finding.ts';

/** How findings are shown to a person. */
export interface TextOptions {
  readonly hasColor: boolean;
  /** A file's lines, as octets; none if it can't be read. */
  readonly readLines: (file: string) => readonly string[];
}

/** Findings for a person: file by file, each with its line and where in it; a line with the sum at the end. */
export function toText(findings: readonly Finding[], options: TextOptions): string {
  if (findings.length === 0) return 'No mistakes were found.\n';
  const files = groupByFile(findings);
  const groups = [...files].map(([file, ofFile]) => {
    const lines = options.readLines(file);
    const told = new Set<string>();
    return ofFile.map((finding) => formatOne(finding, { lines, told, ...options })).join('\n\n');
  });
  const notes = findings.filter(({ severity }) => severity === 'note').length;
  const counts = [countFindings(findings), notes === 0 ? '' : `${notes} note${notes === 1 ? '' : 's'}`];
  return `${groups.join('\n\n')}\n\n${counts.filter((count) => count !== '').join(', ')}\n`;
}

function groupByFile(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  const files = new Map<string, Finding[]>();
  for (const finding of findings) {
    const known = files.get(finding.at.file) ?? [];
    known.push(finding);
    files.set(finding.at.file, known);
  }
  return files;
}

/** @param context.told what the file's other findings said of why they matter: it is said once */
function formatOne(
  finding: Finding,
  { lines, told, hasColor }: TextOptions & { readonly lines: readonly string[]; readonly told: Set<string> },
): string {
  const [head = '', why = '', ...rest] = formatFinding(finding, { hasColor }).split('\n');
  const reason = told.has(finding.code + why) ? [] : [why];
  told.add(finding.code + why);
  return [head, ...quote(finding.at, lines), ...reason, ...rest].join('\n');
}

/** The line, and below it a caret where the finding is. */
function quote({ line, column }: SourceLocation, lines: readonly string[]): readonly string[] {
  const text = line === undefined ? undefined : lines[line - 1];
  if (text === undefined) return [];
  const shown = `    ${fromOctets(text).replace(/\r$/, '')}`;
  if (column === undefined) return [shown];
  // Tabs stay, so that the caret stands below whatever they make of the line.
  const before = fromOctets(text.slice(0, column - 1)).replace(/[^\t]/gu, (char) => ' '.repeat(widthOf(char)));
  return [shown, `    ${before}^`];
}

/** How many columns a terminal gives a character: two for those of East Asian scripts. */
function widthOf(char: string): number {
  return /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(char)
    ? 2
    : 1;
}
