// The command `npm run conformance`.
import { join } from 'node:path';
import { findVectorFiles } from './find-vectors.ts';
import { NOT_SUPPORTED } from './not-supported.ts';
import { USAGE, UsageError, isOfKind, isWanted, isWhole, parseOptions, type RunOptions } from './options.ts';
import { runCases, type Case } from './pool.ts';
import { describeProbe, formatFailure, formatSums } from './report.ts';
import type { ProbeResult } from './run-case.ts';
import type { Program } from './shims.ts';
import { VectorError, readVector } from './vector.ts';

/** Where the command finds what it needs. */
export interface Parts {
  /** The repository. */
  readonly root: string;
  /** The built file of worker-main.ts. */
  readonly worker: string;
  readonly program: Program;
}

/** @returns the exit status: 0 all agree, 1 some don't, 2 usage or a file that isn't a vector */
export async function main(argv: readonly string[], parts: Parts, print: (text: string) => void): Promise<number> {
  try {
    const options = parseOptions(argv);
    if (options === undefined) {
      print(USAGE);
      return 0;
    }
    return await runAll(options, parts, print);
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof VectorError)) throw error;
    print(`conformance: ${error.message}\n`);
    return 2;
  }
}

async function runAll(options: RunOptions, parts: Parts, print: (text: string) => void): Promise<number> {
  const paths = options.paths.length > 0 ? options.paths : [join(parts.root, 'test/conformance/vectors')];
  const files = await findVectorFiles(paths);
  const cases = await Promise.all(files.map(async (file): Promise<Case> => ({ file, vector: await readVector(file) })));
  const wanted = cases.filter(({ vector }) => isWanted(vector, options));
  const all: ProbeResult[] = [];
  await runCases(wanted, parts, ({ vector: { name } }, results) => {
    const reported = results.filter(({ probe }) => isOfKind(probe, options));
    all.push(...reported);
    print(reported.map((result) => formatResult(name, result, options)).join(''));
  });
  const idle = isWhole(options) ? findIdle(all) : [];
  for (const reason of idle) print(`FAIL not-supported.ts: no probe needs "${reason}" any more: take it away\n`);
  print(formatSums(all));
  return idle.length > 0 || all.some(({ status }) => status === 'failed') ? 1 : 0;
}

function formatResult(name: string, result: ProbeResult, { isVerbose }: RunOptions): string {
  if (result.status === 'failed') return formatFailure(name, result);
  if (!isVerbose) return '';
  const { status, probe, index, excuse } = result;
  const reason = excuse === undefined ? '' : `: ${NOT_SUPPORTED[excuse]?.reason ?? ''}`;
  return `${status} ${name}#${index} ${describeProbe(probe).replaceAll('\n', '\\n')}${reason}\n`;
}

/** The entries of the list that excused nothing. */
function findIdle(results: readonly ProbeResult[]): readonly string[] {
  const used = new Set(results.map(({ excuse }) => excuse));
  return NOT_SUPPORTED.filter((_, i) => !used.has(i)).map(({ reason }) => reason);
}
