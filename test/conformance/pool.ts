// Runs cases on all cores: a worker thread each, which takes the next case when it has done one.
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { ProbeResult } from './run-case.ts';
import type { Program } from './shims.ts';
import type { Vector } from './vector.ts';

/** What a worker is told at its start. */
export interface WorkerTask {
  readonly program: Program;
}

const TIME_LIMIT_MS = 120_000;

/** A vector and where it was read. */
export interface Case {
  readonly file: string;
  readonly vector: Vector;
}

/**
 * Runs the cases, in any order, and hands the results over in the order of `cases`.
 * @param worker the built file of worker-main.ts
 */
export async function runCases(
  cases: readonly Case[],
  { worker, program }: { readonly worker: string; readonly program: Program },
  report: (one: Case, results: readonly ProbeResult[]) => void,
): Promise<void> {
  const done = new Map<Case, readonly ProbeResult[]>();
  const waiting = cases.values();
  const unreported = [...cases];
  const work = async (): Promise<void> => {
    let thread: Worker | undefined;
    for (const one of waiting) {
      thread ??= new Worker(worker, { workerData: { program } satisfies WorkerTask });
      const results = await runIn(thread, one.file);
      if (results === undefined) {
        await thread.terminate();
        thread = undefined;
      }
      done.set(one, results ?? toHung(one));
      for (let next = unreported[0]; next !== undefined; next = unreported[0]) {
        const found = done.get(next);
        if (found === undefined) break;
        report(next, found);
        unreported.shift();
      }
    }
    if (thread === undefined) return;
    thread.postMessage('end');
    await once(thread, 'exit');
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), cases.length) }, work));
}

/** @returns undefined when it took too long */
async function runIn(thread: Worker, file: string): Promise<readonly ProbeResult[] | undefined> {
  thread.postMessage(file);
  const signal = AbortSignal.timeout(TIME_LIMIT_MS);
  try {
    const [results] = (await once(thread, 'message', { signal })) as [readonly ProbeResult[]];
    return results;
  } catch (error) {
    if (signal.aborted) return undefined;
    throw error;
  }
}

function toHung({ vector }: Case): readonly ProbeResult[] {
  const complaints = [`the case had not ended after ${TIME_LIMIT_MS / 1000} s`];
  return vector.probes.map((probe, index) => ({ status: 'failed', probe, index, differences: [], complaints }));
}
