// Puts a case's probes to the product, in their order, and compares.
import type { Answer, World } from './answer.ts';
import { compareAnswers, type Difference } from './compare.ts';
import { indexTables } from './index-tables.ts';
import { askCli } from './kinds/cli.ts';
import { askPostconf } from './kinds/postconf.ts';
import { askPostmap } from './kinds/postmap.ts';
import { NOT_SUPPORTED, type NotSupported } from './not-supported.ts';
import { openSandbox } from './sandbox.ts';
import type { Shims } from './shims.ts';
import type { Probe, Vector } from './vector.ts';

/** How a probe came out. */
export interface ProbeResult {
  readonly status: 'passed' | 'failed' | 'not supported';
  readonly probe: Probe;
  /** Its place in the case, from 0. */
  readonly index: number;
  readonly differences: readonly Difference[];
  /** What else is wrong. */
  readonly complaints: readonly string[];
  /** Which entry of the list excuses it. */
  readonly excuse?: number;
}

/** @param excuses what the product is not asked */
export async function runCase(
  vector: Vector,
  shims: Shims,
  excuses: readonly NotSupported[] = NOT_SUPPORTED,
): Promise<readonly ProbeResult[]> {
  const excused = vector.probes.map((probe) => excuses.findIndex((entry) => entry.matches(probe, vector)));
  if (excused.every((excuse) => excuse >= 0)) return vector.probes.map((probe, i) => toExcused(probe, i, excused[i]));
  await using sandbox = await openSandbox(vector.config);
  const world: World = {
    place: { sandbox, shims, hostname: vector.config.hostname ?? 'box' },
    vector,
    beganAt: Date.now(),
  };
  await indexTables(world);
  const results: ProbeResult[] = [];
  for (const [index, probe] of vector.probes.entries()) {
    const excuse = excused[index] ?? -1;
    results.push(excuse >= 0 ? toExcused(probe, index, excuse) : await judge(probe, index, world));
  }
  return results;
}

function toExcused(probe: Probe, index: number, excuse = -1): ProbeResult {
  return { status: 'not supported', probe, index, differences: [], complaints: [], excuse };
}

async function judge(probe: Probe, index: number, world: World): Promise<ProbeResult> {
  let differences: readonly Difference[] = [];
  let complaints: readonly string[];
  try {
    const answer = await askByKind(probe, world);
    differences = compareAnswers(probe.expected, answer.got);
    complaints = answer.complaints;
  } catch (error) {
    complaints = [error instanceof Error ? (error.stack ?? error.message) : String(error)];
  }
  const offences = await world.place.shims.takeOffences();
  if (offences !== '') complaints = [...complaints, `the machine's own Postfix was run: ${offences}`];
  const status = differences.length === 0 && complaints.length === 0 ? 'passed' : 'failed';
  return { status, probe, index, differences, complaints };
}

async function askByKind(probe: Probe, world: World): Promise<Answer> {
  switch (probe.kind) {
    case 'cli':
      return await askCli(probe, world);
    case 'postmap':
      return await askPostmap(probe, world);
    case 'postconf':
      return await askPostconf(probe, world);
    default:
      throw new Error(`the runner has nothing for the kind "${probe.kind}"`);
  }
}
