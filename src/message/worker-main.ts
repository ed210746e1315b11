// The parse worker: takes messages, answers with what is in them. Started by parser.ts, which ends it when it hangs.
import { parentPort, workerData } from 'node:worker_threads';
import { parseBodies, parseMessage, toReason } from './parse-message.ts';
import {
  CURRENT_JOB,
  JOBS_DONE,
  type ParseAnswer,
  type ParseJob,
  type ParseWorkerData,
  type WorkerReport,
} from './parse-protocol.ts';

/** Answers are gathered for so long: each message between threads costs the thread that takes mail in. */
const GATHER_MS = 5;

const { progress } = workerData as ParseWorkerData;
const port = parentPort;
if (!port) throw new Error('this file is a worker thread: it is started by openMessageParser');
const report = (message: WorkerReport): void => port.postMessage(message);

let queue: readonly ParseJob[] = [];
let working = false;
port.on('message', (jobs: readonly ParseJob[]) => {
  queue = [...queue, ...jobs];
  if (working) return;
  working = true;
  void work();
});
report({ type: 'ready' });

async function work(): Promise<void> {
  let answers: ParseAnswer[] = [];
  let gatheringSince = performance.now();
  while (queue.length > 0) {
    const jobs = queue;
    queue = [];
    for (const job of jobs) {
      Atomics.store(progress, CURRENT_JOB, job.id);
      answers.push(await answer(job));
      Atomics.store(progress, CURRENT_JOB, 0);
      Atomics.add(progress, JOBS_DONE, 1);
      if (performance.now() - gatheringSince < GATHER_MS) continue;
      report({ type: 'answers', answers });
      answers = [];
      gatheringSince = performance.now();
    }
    if (answers.length > 0) report({ type: 'answers', answers });
    answers = [];
  }
  working = false;
}

async function answer({ id, kind, raw }: ParseJob): Promise<ParseAnswer> {
  if (kind === 'parse') return { id, kind, outcome: await parseMessage(raw) };
  try {
    return { id, kind, bodies: await parseBodies(raw) };
  } catch (error) {
    return { id, kind, bodies: { failure: toReason(error) } };
  }
}
