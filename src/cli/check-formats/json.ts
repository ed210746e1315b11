import type { Finding } from '../../rules/config/finding.ts';
import { fromOctets } from '../../rules/octets.ts';

/** Findings for programs: `{"findings": [{severity, code, file, line, column, problem, why, hint, postfixLine}]}`. */
export function toJson(findings: readonly Finding[]): string {
  const rows = findings.map(({ at, problem, why, hint, postfixLine, severity, code }) => ({
    severity,
    code,
    ...at,
    file: fromOctets(at.file),
    problem: fromOctets(problem),
    why: fromOctets(why),
    hint: fromOctets(hint),
    ...(postfixLine === undefined ? {} : { postfixLine: fromOctets(postfixLine) }),
  }));
  return `${JSON.stringify({ findings: rows }, null, 2)}\n`;
}
