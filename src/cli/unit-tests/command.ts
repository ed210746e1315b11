import type { Context } from '../context.ts';
import { EXIT } from '../exit-status.ts';
import type { ConfigurationChoice } from '../open-configuration.ts';
import { UsageError } from '../usage-error.ts';
import { loadTests, type LoadedFile } from './load-tests.ts';
import { FORMATS, print } from './print.ts';
import { isPassed, runTestFile, type FileResult } from './run-tests.ts';

/** What `postfixture test` was asked for. */
export interface TestRequest extends ConfigurationChoice {
  /** Files and directories; none: the working directory. */
  readonly files: readonly string[];
  /** Only tests whose name has it. */
  readonly filter: string | undefined;
  readonly format: string;
  readonly isVerbose: boolean;
}

/**
 * Runs tests and prints what came of them.
 * @returns the exit status
 * @throws {UsageError} before a test is run
 */
export async function runTests(request: TestRequest, context: Context): Promise<number> {
  const { files: names, filter, isVerbose } = request;
  const format = FORMATS.find((known) => known === request.format);
  if (format === undefined) {
    throw new UsageError(`unknown format "${request.format}"`, `write one of ${FORMATS.join(', ')}`);
  }
  const loaded = await loadTests(names.length === 0 ? ['.'] : names, context.cwd);
  if ('mistakes' in loaded) {
    for (const mistake of loaded.mistakes) context.stderr.write(`${mistake}\n`);
    return EXIT.usage;
  }
  const files = filter === undefined ? loaded.files : loaded.files.flatMap((file) => choose(file, filter));
  if (files.length === 0) throw new UsageError(`no test’s name has "${filter ?? ''}"`, 'write a part of a name');
  const results: FileResult[] = [];
  for (const file of files) results.push(await runTestFile(file, request, context));
  for (const { file, configErrors } of results) {
    if (configErrors > 0) context.stderr.write(`${file}: ${toWarning(configErrors)}\n`);
  }
  context.stdout.write(print(results, { format, isVerbose }));
  return results.every((file) => file.results.every(isPassed)) ? EXIT.ok : EXIT.failure;
}

function choose(file: LoadedFile, filter: string): readonly LoadedFile[] {
  const tests = file.tests.filter(({ name }) => name.toLowerCase().includes(filter.toLowerCase()));
  return tests.length === 0 ? [] : [{ ...file, tests }];
}

/** Tests of what Postfix wouldn't start with say little. */
function toWarning(errors: number): string {
  const what = errors === 1 ? 'a mistake' : `${errors} mistakes`;
  return `the configuration has ${what}, which postfixture check tells of`;
}
