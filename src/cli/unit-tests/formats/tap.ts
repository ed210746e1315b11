import { toOctets } from '../../../rules/octets.ts';
import { show } from '../../journey-text.ts';
import { explainFailure, summariseFailure } from '../failure-text.ts';
import { isPassed, type FileResult, type TestResult } from '../run-tests.ts';

/** Results as the Test Anything Protocol has them, version 14. @see https://testanything.org/tap-version-14-specification.html */
export function toTap(files: readonly FileResult[]): string {
  const tests = files.flatMap(({ file, results }) => results.map((result) => ({ file, result })));
  const lines = tests.flatMap(({ file, result }, index) => formatTest(file, result, index + 1));
  return `${['TAP version 14', `1..${tests.length}`, ...lines].join('\n')}\n`;
}

function formatTest(file: string, result: TestResult, number: number): readonly string[] {
  const description = `${number} - ${escape(`${file}: ${result.name}`)}`;
  if (isPassed(result)) return [`ok ${description}`];
  const { line, column } = result.at;
  return [
    `not ok ${description}`,
    '  ---',
    // A JSON text in quotes is one of YAML, too.
    `  message: ${JSON.stringify(summariseFailure(result))}`,
    '  severity: fail',
    '  at:',
    `    file: ${JSON.stringify(file)}`,
    `    line: ${line}`,
    `    column: ${column}`,
    '  why: |',
    ...explainFailure(result, { isVerbose: false }).map((text) => `    ${text}`),
    '  ...',
  ];
}

/** A `#` begins a directive. */
function escape(text: string): string {
  return show(toOctets(text)).replace(/[\\#]/g, '\\$&');
}
