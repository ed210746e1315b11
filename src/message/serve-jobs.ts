import { parentPort, workerData } from 'node:worker_threads';
import { CURRENT_JOB, JOBS_DONE } from './job-protocol.ts';
import type { Answers, Job, JobReport, JobResult, JobThreadData } from './job-protocol.ts';

/** Results are gathered for so long: each message between threads costs the thread that takes mail in. */
const GATHER_MS = 5;

/** How jobs of each kind are done. What is thrown is the job's failure. */
export type Handlers<A extends Answers> = {
  readonly [Kind in keyof A]: (octets: Uint8Array<ArrayBuffer>) => A[Kind] | Promise<A[Kind]>;
};

/**
 * Does the jobs of a thread that a JobThread has started, in their order.
 * @param toReason why a job failed, in plain words
 */
export function serveJobs<A extends Answers>(handlers: Handlers<A>, toReason: (error: unknown) => string): void {
  const { progress } = workerData as JobThreadData;
  const port = parentPort;
  if (!port) throw new Error('this file is a worker thread: it is started by a JobThread');
  const report = (message: JobReport): void => port.postMessage(message);
  let queue: readonly Job[] = [];
  let isWorking = false;

  port.on('message', (jobs: readonly Job[]) => {
    queue = [...queue, ...jobs];
    if (isWorking) return;
    isWorking = true;
    void work();
  });
  report({ type: 'ready' });

  async function work(): Promise<void> {
    let results: JobResult[] = [];
    let gatheringSince = performance.now();
    while (queue.length > 0) {
      const jobs = queue;
      queue = [];
      for (const job of jobs) {
        Atomics.store(progress, CURRENT_JOB, job.id);
        results.push(await doJob(job));
        Atomics.store(progress, CURRENT_JOB, 0);
        Atomics.add(progress, JOBS_DONE, 1);
        if (performance.now() - gatheringSince < GATHER_MS) continue;
        report({ type: 'results', results });
        results = [];
        gatheringSince = performance.now();
      }
      if (results.length > 0) report({ type: 'results', results });
      results = [];
    }
    isWorking = false;
  }

  async function doJob({ id, kind, octets }: Job): Promise<JobResult> {
    try {
      return { id, answer: await handlers[kind]?.(octets) };
    } catch (error) {
      return { id, failure: toReason(error) };
    }
  }
}
