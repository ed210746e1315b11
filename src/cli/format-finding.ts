import type { Finding, Severity } from '../rules/config/finding.ts';
import { fromOctets } from '../rules/octets.ts';

/** What a terminal is told of a finding: place, what is wrong, what comes of it, how to mend it, what Postfix says. */
export function formatFinding(finding: Finding, { hasColor }: { readonly hasColor: boolean }): string {
  const { severity, code, at, problem, why, hint, postfixLine } = finding;
  const place = [at.file, at.line, at.column].filter((part) => part !== undefined).join(':');
  const word = hasColor ? `\u001b[${COLORS[severity]}m${severity}\u001b[39m` : severity;
  const lines = [
    `${place}: ${word}: ${problem} [${code}]`,
    `  ${why}`,
    `  hint: ${hint}`,
    ...(postfixLine === undefined ? [] : [`  Postfix: ${postfixLine}`]),
  ];
  return fromOctets(lines.join('\n'));
}

/** `2 errors, 1 warning`; notes aren't counted. Empty if there is neither. */
export function countFindings(findings: readonly Finding[]): string {
  return (['error', 'warning'] as const)
    .map((severity) => ({ severity, count: findings.filter((finding) => finding.severity === severity).length }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => `${count} ${severity}${count === 1 ? '' : 's'}`)
    .join(', ');
}

const COLORS: Readonly<Record<Severity, number>> = { error: 31, warning: 33, note: 36 };
