// A worker thread of the command: runs the cases whose files it is sent, until it is sent `end`.
import { parentPort, workerData } from 'node:worker_threads';
import './guard.js';
import type { WorkerTask } from './pool.ts';
import { runCase } from './run-case.ts';
import { openShims } from './shims.ts';
import { readVector } from './vector.ts';

const { program } = workerData as WorkerTask;
const shims = await openShims(program);
process.env['CONFORMANCE_OFFENCES'] = shims.offences;
parentPort?.on('message', (file: string) => void handle(file));

async function handle(file: string): Promise<void> {
  if (file === 'end') {
    await shims[Symbol.asyncDispose]();
    parentPort?.close();
    return;
  }
  parentPort?.postMessage(await runCase(await readVector(file), shims));
}
