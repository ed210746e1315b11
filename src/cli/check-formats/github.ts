import type { Finding, Severity } from '../../rules/config/finding.ts';
import { fromOctets } from '../../rules/octets.ts';

const COMMANDS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', note: 'notice' };

/**
 * Findings as workflow commands, which GitHub shows beside the lines.
 * @see GitHub's "Workflow commands for GitHub Actions"
 */
export function toGitHubAnnotations(findings: readonly Finding[]): string {
  return findings.map(toAnnotation).join('');
}

function toAnnotation({ severity, code, at, problem, why, hint, postfixLine }: Finding): string {
  const properties = Object.entries({ file: at.file, line: at.line, col: at.column, title: code })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${escapeProperty(fromOctets(String(value)))}`);
  const lines = [problem, why, `hint: ${hint}`, ...(postfixLine === undefined ? [] : [`Postfix: ${postfixLine}`])];
  return `::${COMMANDS[severity]} ${properties.join(',')}::${escapeData(fromOctets(lines.join('\n')))}\n`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
