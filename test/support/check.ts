import type { Finding } from '../../src/rules/config/finding.ts';
import { parseMasterCf } from '../../src/rules/config/master-cf.ts';
import { toOctets } from '../../src/rules/octets.ts';
import { checkConfiguration } from '../../src/settings/check.ts';
import { readPostfixConfiguration } from '../../src/settings/postfix-configuration.ts';

/** What is looked at: the two files, and the version that production is to be upgraded to. */
export interface CheckedFiles {
  readonly mainCf: string;
  readonly masterCf?: string;
  readonly upgrade?: string;
}

/** Everything that is wrong with a configuration, without a file on disk. */
export function check({ mainCf, masterCf = '', upgrade }: CheckedFiles): readonly Finding[] {
  const found: Finding[] = [];
  const report = (finding: Finding): void => void found.push(finding);
  const text = toOctets(mainCf);
  const configuration = readPostfixConfiguration(
    { program: 'postfixture', mainCf: { text, file: 'main.cf' }, cwd: '/nonexistent', env: {} },
    report,
  );
  const services = parseMasterCf(masterCf, 'master.cf', report);
  return checkConfiguration(
    { configuration, services, env: {}, now: 0, ...(upgrade !== undefined && { upgrade }) },
    found,
  ).findings;
}

/** The findings of one family as `line:column code`, in their order. @param codes those that are looked at */
export function summarize(findings: readonly Finding[], codes: ReadonlySet<string>): readonly string[] {
  return findings
    .filter(({ code }) => codes.has(code))
    .map(({ at, code }) => [at.line === undefined ? [] : [`${at.line}:${at.column ?? ''}`], code].flat().join(' '));
}
