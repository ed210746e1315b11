// Runs cases on all cores: a worker thread each, which takes the next case when it has done one.
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { ProbeResult } from './run-case.ts';
import type { Program } from './shims.ts';

/** What a worker is told at its start. */
export interface WorkerTask {
  readonly program: Program;
}

const TIME_LIMIT_MS = 120_000;

/**
 * Runs each file's case, in any order, and hands the results over in the order of `files`.
 * @param worker the built file of worker-main.ts
 */
export async function runCases(
  files: readonly string[],
  { worker, program }: { readonly worker: string; readonly program: Program },
  report: (file: string, results: readonly ProbeResult[]) => void,
): Promise<void> {
  const done = new Map<string, readonly ProbeResult[]>();
  const waiting = files.entries();
  let reported = 0;
  const work = async (): Promise<void> => {
    let thread = startWorker(worker, { program });
    for (const [, file] of waiting) {
      const results = await runIn(thread, file);
      if (results === undefined) {
        await thread.terminate();
        thread = startWorker(worker, { program });
        throw new Error(`${file}: no end after ${TIME_LIMIT_MS / 1000} s`);
      }
      done.set(file, results);
      for (let next = files[reported]; next !== undefined; next = files[reported]) {
        const found = done.get(next);
        if (found === undefined) break;
        report(next, found);
        reported += 1;
      }
    }
    thread.postMessage('end');
    await once(thread, 'exit');
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), files.length) }, work));
}

function startWorker(file: string, workerData: WorkerTask): Worker {
  return new Worker(file, { workerData });
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
