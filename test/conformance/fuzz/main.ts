// The command `npm run fuzz:postfix`: random cases, answered by a real Postfix and by the product.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Parts } from '../main.ts';
import { runCases, type Case } from '../pool.ts';
import { formatFailure } from '../report.ts';
import type { ProbeResult } from '../run-case.ts';
import { makeCase, type FuzzCase } from './make-case.ts';
import { findLack, openOracle, type Oracle } from './oracle.ts';
import { openRandom } from './random.ts';
import { shrink } from './shrink.ts';
import { toCaseJson } from './to-vector.ts';

const USAGE = `\
Usage: npm run fuzz:postfix -- [--cases N] [--seed N]
Makes random configurations, sends the same messages through a real Postfix and through the product, and shows the first
that comes out differently, made small. Needs root and Debian's Postfix.

  --cases N   how many configurations (500)
  --seed N    where to begin: the same seed makes the same cases (the time)
`;

/** So many cases are answered together. */
const AT_ONCE = 8;
/** A try costs the oracle some seconds. */
const TRIES = 80;

/** @returns the exit status: 0 none differs, or there is no Postfix; 1 one does; 2 usage */
export async function main(argv: readonly string[], parts: Parts, print: (text: string) => void): Promise<number> {
  const numbers = readNumbers(argv);
  if (numbers === undefined) {
    print(USAGE);
    return argv.includes('--help') || argv.includes('-h') ? 0 : 2;
  }
  const lack = findLack();
  if (lack !== undefined) {
    print(`fuzz:postfix is skipped: ${lack}\n`);
    return 0;
  }
  await using oracle = await openOracle(join(parts.root, 'test/conformance/oracle/pforacle.py'));
  return await fuzz(numbers, { oracle, parts, print });
}

interface Surroundings {
  readonly oracle: Oracle;
  readonly parts: Parts;
  readonly print: (text: string) => void;
}

async function fuzz(
  { cases, seed }: { readonly cases: number; readonly seed: number },
  surroundings: Surroundings,
): Promise<number> {
  const { print } = surroundings;
  print(`seed ${seed}\n`);
  let [doneCases, doneProbes] = [0, 0];
  while (doneCases < cases) {
    const count = Math.min(AT_ONCE, cases - doneCases);
    const made = Array.from({ length: count }, (_, i) =>
      makeCase(openRandom(seed + doneCases + i), seed + doneCases + i),
    );
    const results = await answerBoth(made, surroundings);
    doneCases += count;
    doneProbes += results.flat().filter(({ status }) => status !== 'not supported').length;
    const first = made.findIndex((_, i) => results[i]?.some(isFailed));
    const found = made[first];
    print(
      `${doneCases} cases, ${doneProbes} probes compared, ${found === undefined ? 'none differs' : `${found.name} differs`}\n`,
    );
    if (found === undefined) continue;
    await tell(found, results[first] ?? [], surroundings);
    return 1;
  }
  return 0;
}

/** The results of each case's probes. */
async function answerBoth(
  made: readonly FuzzCase[],
  { oracle, parts }: Surroundings,
): Promise<readonly (readonly ProbeResult[])[]> {
  const answered = await oracle.answer(made);
  const results = new Map<Case, readonly ProbeResult[]>();
  await runCases(answered, parts, (one, judged) => void results.set(one, judged));
  return answered.map((one) => results.get(one) ?? []);
}

function isFailed({ status }: ProbeResult): boolean {
  return status === 'failed';
}

/** Shows what differs, made small. */
async function tell(found: FuzzCase, results: readonly ProbeResult[], surroundings: Surroundings): Promise<void> {
  const { parts, print } = surroundings;
  for (const result of results.filter(isFailed)) print(formatFailure(found.name, result));
  const probes = results.find(isFailed)?.index ?? 0;
  const alone = { ...found, probes: found.probes.slice(probes, probes + 1) };
  const failures = async (one: FuzzCase): Promise<readonly ProbeResult[]> => {
    const [judged = []] = await answerBoth([one], surroundings);
    return judged.filter(isFailed);
  };
  const differs = async (one: FuzzCase): Promise<boolean> => {
    // What Postfix itself can't start with is no smaller case.
    return (await failures(one).catch(() => [])).length > 0;
  };
  const start = (await differs(alone)) ? alone : found;
  const small = await shrink(start, differs, { tries: TRIES });
  const last = await failures(small);
  if (last.length === 0) print('It came out alike the next time: it may hang on the order of things.\n');
  else print(`\nMade small:\n${last.map((result) => formatFailure(small.name, result)).join('')}`);
  const directory = join(parts.root, 'node_modules/.cache/fuzz');
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, `${small.name}.json`), toCaseJson(small));
  print(`${toCaseJson(small)}It is kept in ${join(directory, `${small.name}.json`)}\n`);
}

function readNumbers(argv: readonly string[]): { readonly cases: number; readonly seed: number } | undefined {
  const option = { type: 'string' } as const;
  try {
    const { values } = parseArgs({ args: [...argv], options: { cases: option, seed: option } });
    const cases = Number(values.cases ?? 500);
    const seed = Number(values.seed ?? Math.floor(Date.now() / 1000));
    return Number.isInteger(cases) && Number.isInteger(seed) && cases > 0 ? { cases, seed } : undefined;
  } catch {
    return undefined;
  }
}
