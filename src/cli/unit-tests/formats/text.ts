import { toOctets } from '../../../rules/octets.ts';
import { show } from '../../journey-text.ts';
import { explainFailure } from '../failure-text.ts';
import { isPassed, type FileResult, type TestResult } from '../run-tests.ts';

/** How results are printed. */
export interface TextOptions {
  /** Also the tests that passed, and look-ups that found nothing. */
  readonly isVerbose: boolean;
}

/** Results as a person reads them: a line for each file, and of each test that failed what differs and why. */
export function toText(files: readonly FileResult[], options: TextOptions): string {
  const lines = files.flatMap((file) => formatFile(file, options));
  return `${[...lines, '', summarise(files)].join('\n')}\n`;
}

function formatFile({ file, results }: FileResult, options: TextOptions): readonly string[] {
  const failed = results.filter((result) => !isPassed(result));
  const tests = count(results.length, 'test');
  const head = failed.length === 0 ? `ok    ${file}: ${tests}` : `FAIL  ${file}: ${failed.length} of ${tests} failed`;
  const told = options.isVerbose ? results : failed;
  return [head, ...told.flatMap((result) => formatTest(result, options))];
}

function formatTest(result: TestResult, { isVerbose }: TextOptions): readonly string[] {
  const name = show(toOctets(result.name));
  if (isPassed(result)) return [`  ok  ${name}`];
  const lines = explainFailure(result, { isVerbose });
  return ['', `  FAIL  ${name}`, ...lines.map((line) => `    ${line}`), ''];
}

function summarise(files: readonly FileResult[]): string {
  const results = files.flatMap((file) => file.results);
  const failed = results.filter((result) => !isPassed(result)).length;
  const all = `${count(results.length, 'test')} in ${count(files.length, 'file')}`;
  return failed === 0 ? `${all}: all passed` : `${all}: ${results.length - failed} passed, ${failed} failed`;
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
