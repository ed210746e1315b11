import type { Finding } from '../../rules/config/finding.ts';
import { fromOctets } from '../../rules/octets.ts';
import { readVersion } from '../../settings/version.ts';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/** Findings as one run of SARIF 2.1.0, which code scanners of CI services read. @see OASIS SARIF 2.1.0 */
export function toSarif(findings: readonly Finding[]): string {
  const codes = [...new Set(findings.map(({ code }) => code))].sort();
  const log = {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Postfixture', version: readVersion(), rules: codes.map((id) => ({ id })) } },
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding) => toResult(finding, codes)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function toResult({ severity, code, at, problem, why, hint, postfixLine }: Finding, codes: readonly string[]): unknown {
  const sentences = [
    `${problem}.`,
    why,
    `Hint: ${hint}.`,
    ...(postfixLine === undefined ? [] : [`Postfix: ${postfixLine}`]),
  ];
  // The columns here are octets: after a character beyond ASCII they would point too far.
  const region = at.line === undefined ? {} : { region: { startLine: at.line } };
  return {
    ruleId: code,
    ruleIndex: codes.indexOf(code),
    level: severity,
    message: { text: fromOctets(sentences.join(' ')) },
    locations: [{ physicalLocation: { artifactLocation: { uri: toUri(fromOctets(at.file)) }, ...region } }],
  };
}

/** A path as a URI reference: relative ones stay relative. */
function toUri(file: string): string {
  const path = file.replaceAll('\\', '/').replace(/^\.\//, '');
  const encoded = path.split('/').map(encodeURIComponent).join('/');
  return path.startsWith('/') ? `file://${encoded}` : encoded;
}
