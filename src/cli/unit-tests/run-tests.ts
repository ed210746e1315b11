import { AskError, toAskedMail } from '../../rules/asked-mail.ts';
import { explain } from '../../rules/explain.ts';
import type { Journey } from '../../rules/journey.ts';
import type { Context } from '../context.ts';
import { openConfiguration, type ConfigurationChoice, type OpenConfiguration } from '../open-configuration.ts';
import { UsageError } from '../usage-error.ts';
import { judge, type Mismatch } from './judge.ts';
import type { LoadedFile, LoadedTest } from './load-tests.ts';
import type { Place } from './mistakes.ts';
import { observe } from './observed.ts';

/** What came of a test file. */
export interface FileResult {
  readonly file: string;
  readonly results: readonly TestResult[];
  /** How many mistakes of the configuration keep Postfix from what it says. */
  readonly configErrors: number;
}

/** What came of a test: it passed if there is neither a mismatch nor a problem. */
export interface TestResult {
  readonly name: string;
  readonly at: Place;
  readonly mismatches: readonly Mismatch[];
  /** Why it couldn't be asked. */
  readonly problem?: string;
  readonly journey?: Journey;
  readonly durationMs: number;
}

/** Whether a test passed. */
export function isPassed({ mismatches, problem }: TestResult): boolean {
  return mismatches.length === 0 && problem === undefined;
}

/** The queue ID that tested mail has: nobody sent it, and nothing is stored. */
const QUEUE_ID = '4000000000z1';

/**
 * Runs the tests of a file.
 * @param choice what the command line says: its directory goes before the file's, its values after
 * @throws {UsageError} if there is no configuration
 * @throws {ConfigErrors} if it can't be read
 */
export async function runTestFile(
  { file, config, configAt, override, tests }: LoadedFile,
  choice: ConfigurationChoice,
  context: Context,
): Promise<FileResult> {
  const own = { config, ...(configAt && { named: { spelled: 'config', at: configAt } }) };
  const directory = choice.config === undefined ? own : { config: choice.config };
  const chosen = { ...directory, override: [...override, ...choice.override], live: choice.live };
  await using configuration = openConfiguration(chosen, context);
  const { settings } = configuration;
  if (settings.configuration.isBuiltIn) {
    throw new UsageError(`${file}: there is no main.cf to test`, 'write config: DIR, or say --config DIR');
  }
  const results: TestResult[] = [];
  for (const test of tests) results.push(await runTest(test, configuration));
  return { file, results, configErrors: settings.findings.filter(({ severity }) => severity === 'error').length };
}

async function runTest(test: LoadedTest, configuration: OpenConfiguration): Promise<TestResult> {
  const { name, at, raw, expect } = test;
  const { world } = configuration;
  const started = performance.now();
  const mail = { ...test.mail, ...(raw !== undefined && { message: raw }) };
  try {
    const asked = toAskedMail(mail, world, { queueId: QUEUE_ID, nowMs: Date.now() });
    const observed = observe(await configuration.decide(() => explain(asked, world)), asked.raw);
    const mismatches = judge(expect, observed);
    return { name, at, mismatches, journey: observed.journey, durationMs: performance.now() - started };
  } catch (error) {
    if (!(error instanceof AskError)) throw error;
    return { name, at, mismatches: [], problem: error.message, durationMs: performance.now() - started };
  }
}
