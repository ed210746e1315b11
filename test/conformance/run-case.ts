// Puts a case's probes to the product, in their order.
import type { World } from './answer.ts';
import type { Difference } from './compare.ts';
import { indexTables } from './index-tables.ts';
import { judge, type Judgement } from './judge.ts';
import { openMailSystem, type MailSystem } from './mail/mail-system.ts';
import { openPolicyServers } from './mail/policy-servers.ts';
import { NOT_SUPPORTED, type NotSupported } from './not-supported.ts';
import { openRewriter, type Rewriter } from './rewriter.ts';
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
  /** Which entry of the list excuses it, or a part of it. */
  readonly excuse?: number;
}

/** @param excuses what the product is not asked */
export async function runCase(
  vector: Vector,
  shims: Shims,
  excuses: readonly NotSupported[] = NOT_SUPPORTED,
): Promise<readonly ProbeResult[]> {
  const excused = vector.probes.map((probe) => excuses.findIndex((entry) => entry.matches(probe, vector)));
  if (excused.every((excuse) => excuses[excuse]?.still === 'nothing')) {
    return vector.probes.map((probe, index) => toResult({ probe, index, excuse: excused[index] ?? -1 }, undefined));
  }
  await using sandbox = await openSandbox(vector.config);
  const place = { sandbox, shims, hostname: vector.config.hostname ?? 'box' };
  await using policy = await openPolicyServers(vector.config.policy ?? {}, sandbox);
  await using mail = openLazily(() => openMailSystem(place, policy));
  let rewriter: Rewriter | undefined;
  const world: World = {
    place,
    vector,
    beganAt: Date.now(),
    mailSystem: () => mail.get(),
    rewriter: () => (rewriter ??= openRewriter(place)),
  };
  await indexTables(world);
  const results: ProbeResult[] = [];
  for (const [index, probe] of vector.probes.entries()) {
    const excuse = excused[index] ?? -1;
    const still = excuses[excuse]?.still;
    const judgement = still === 'nothing' ? undefined : await judge(probe, world, still);
    results.push(toResult({ probe, index, excuse }, judgement));
  }
  return results;
}

function toResult(
  { excuse, ...asked }: { readonly probe: Probe; readonly index: number; readonly excuse: number },
  judgement: Judgement | undefined,
): ProbeResult {
  const { differences = [], complaints = [] } = judgement ?? {};
  const agrees = differences.length === 0 && complaints.length === 0;
  const status = !agrees ? 'failed' : excuse < 0 ? 'passed' : 'not supported';
  return { status, ...asked, differences, complaints, ...(excuse < 0 ? {} : { excuse }) };
}

/** Opened when it is first asked for. */
function openLazily(open: () => Promise<MailSystem>): AsyncDisposable & { get(): Promise<MailSystem> } {
  let opened: Promise<MailSystem> | undefined;
  return {
    get: () => (opened ??= open()),
    async [Symbol.asyncDispose]() {
      // If it couldn't be opened, the probe that asked for it has told.
      const system = await opened?.catch(() => undefined);
      await system?.[Symbol.asyncDispose]();
    },
  };
}
