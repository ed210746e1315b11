// The command `npm run fuzz:postfix`: random cases, answered by a real Postfix and by the product.
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Parts } from '../main.ts';
import { runCases, type Case } from '../pool.ts';
import { formatFailure } from '../report.ts';
import type { ProbeResult } from '../run-case.ts';
import { forgiveOrder } from './forgive-order.ts';
import { makeCase, type FuzzCase } from './make-case.ts';
import { readOptions, USAGE, type Options } from './options.ts';
import { findLack, openOracle, type Answered, type Oracle } from './oracle.ts';
import { openRandom } from './random.ts';
import { shrink } from './shrink.ts';
import { toCaseJson } from './to-vector.ts';

/** So many cases are answered together. */
const AT_ONCE = 8;
/** A try costs the oracle some seconds. */
const TRIES = 120;
const ORACLE = 'test/conformance/oracle/pforacle.py';

/** @returns the exit status: 0 none differs, or there is no Postfix; 1 one does; 2 usage */
export async function main(argv: readonly string[], parts: Parts, print: (text: string) => void): Promise<number> {
  const options = readOptions(argv, new Date());
  if (options === undefined) {
    print(USAGE);
    return argv.includes('--help') || argv.includes('-h') ? 0 : 2;
  }
  const lack = findLack();
  if (lack !== undefined) {
    print(`fuzz:postfix is skipped: ${lack}\n`);
    return 0;
  }
  await using oracle = await openOracle(join(parts.root, ORACLE), options.jobs);
  return await fuzz(options, { oracle, parts, print });
}

interface Surroundings {
  readonly oracle: Oracle;
  readonly parts: Parts;
  readonly print: (text: string) => void;
}

/** A case and how it came out; `lack` if Postfix couldn't answer it. */
interface Outcome {
  readonly made: FuzzCase;
  readonly results: readonly ProbeResult[];
  readonly lack?: string;
  /** Its vector, with Postfix's answers. */
  readonly file?: string;
}

async function fuzz(options: Options, surroundings: Surroundings): Promise<number> {
  const { cases, probes, seed, keepGoing } = options;
  const { oracle, parts, print } = surroundings;
  print(`${cases} cases of ${probes} probes, seeds ${seed} to ${seed + cases - 1}\n`);
  const ask = (from: number): Asked => {
    const made = Array.from({ length: Math.min(AT_ONCE, cases - from) }, (_, i) =>
      makeCase(openRandom(seed + from + i), { seed: seed + from + i, probes }),
    );
    return { made, answered: oracle.answer(made) };
  };
  let [done, compared, differing] = [0, 0, 0];
  let next = ask(0);
  while (done < cases) {
    const { made, answered } = next;
    const answers = await answered;
    done += made.length;
    // Postfix waits more than it works: it answers the next ones while these are judged.
    if (done < cases) next = ask(done);
    const outcomes = await judge(made, answers, surroundings);
    compared += outcomes.flatMap(({ results }) => results).filter(({ status }) => status !== 'not supported').length;
    for (const outcome of outcomes.filter(isDifferent)) {
      if (!(await differsAgain(outcome, surroundings))) continue;
      differing += 1;
      print(`${formatOutcome(outcome)}${await keep(outcome, { probes, root: parts.root })}`);
      if (keepGoing) continue;
      await next.answered;
      await makeSmall(outcome, surroundings);
      return 1;
    }
    print(`${done} of ${cases} cases, ${compared} probes compared, ${differing} cases differ\n`);
  }
  return differing === 0 ? 0 : 1;
}

/** @returns how to see it again */
async function keep(
  { made, file }: Outcome,
  { probes, root }: { readonly probes: number; readonly root: string },
): Promise<string> {
  const seed = made.name.replace('fuzz-', '');
  const again = `Again: npm run fuzz:postfix -- --cases 1 --probes ${probes} --seed ${seed}\n`;
  if (file === undefined) return again;
  const kept = join(await openKept(root), `${made.name}.json`);
  await copyFile(file, kept);
  return `${again}Without asking Postfix again: npm run conformance -- ${kept}\n`;
}

/** Where cases that differ are kept. */
async function openKept(root: string): Promise<string> {
  const directory = join(root, 'node_modules/.cache/fuzz');
  await mkdir(directory, { recursive: true });
  return directory;
}

interface Asked {
  readonly made: readonly FuzzCase[];
  readonly answered: Promise<readonly Answered[]>;
}

/** Puts the answered cases to the product. */
async function judge(
  made: readonly FuzzCase[],
  answers: readonly Answered[],
  { parts }: Surroundings,
): Promise<readonly Outcome[]> {
  const results = new Map<Case, readonly ProbeResult[]>();
  const cases = answers.filter((answer) => 'vector' in answer);
  await runCases(cases, parts, (one, judged) => void results.set(one, judged.map(forgiveOrder)));
  return made.map((one, i): Outcome => {
    const answer = answers[i];
    if (answer === undefined || 'lack' in answer) return { made: one, results: [], lack: answer?.lack ?? '' };
    return { made: one, results: results.get(answer) ?? [], file: answer.file };
  });
}

async function answerBoth(one: FuzzCase, surroundings: Surroundings): Promise<Outcome> {
  const [outcome] = await judge([one], await surroundings.oracle.answer([one]), surroundings);
  return outcome ?? { made: one, results: [] };
}

function isDifferent({ results, lack }: Outcome): boolean {
  return lack !== undefined || results.some(isFailed);
}

function isFailed({ status }: ProbeResult): boolean {
  return status === 'failed';
}

/** A busy machine, or the order of deliveries, may make a difference that isn't there the next time. */
async function differsAgain(outcome: Outcome, surroundings: Surroundings): Promise<boolean> {
  const again = await answerBoth(outcome.made, surroundings);
  if (isDifferent(again)) return true;
  surroundings.print(`${formatOutcome(outcome)}It came out alike the second time, and is not counted.\n`);
  return false;
}

function formatOutcome({ made, results, lack }: Outcome): string {
  if (lack !== undefined)
    return `${made.name}: Postfix did not answer; the generator made what isn't valid:\n${lack}\n`;
  return results
    .filter(isFailed)
    .map((result) => formatFailure(made.name, result))
    .join('');
}

/** Shows what differs, made small, and keeps it. */
async function makeSmall({ made, results, lack }: Outcome, surroundings: Surroundings): Promise<void> {
  if (lack !== undefined) return;
  const { parts, print } = surroundings;
  const first = results.find(isFailed)?.index ?? 0;
  const alone = { ...made, probes: made.probes.slice(first, first + 1) };
  const differs = async (one: FuzzCase): Promise<boolean> =>
    (await answerBoth(one, surroundings)).results.some(isFailed);
  print(`Making it small, in at most ${TRIES} steps …\n`);
  const small = await shrink((await differs(alone)) ? alone : made, differs, { tries: TRIES });
  const file = join(await openKept(parts.root), `${small.name}-small.json`);
  await writeFile(file, toCaseJson(small));
  print(`\nMade small:\n${formatOutcome(await answerBoth(small, surroundings))}${toCaseJson(small)}`);
  print(`It is kept. To record it as a vector: python3 ${ORACLE} run ${file} -o test/conformance/vectors/NAME.json\n`);
}
