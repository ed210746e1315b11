import { statSync } from 'node:fs';
import { parentPort, receiveMessageOnPort, workerData, type MessagePort } from 'node:worker_threads';
import { storeFile } from './connection.ts';
import type { Request, WorkerMessage, WorkerSetup } from './protocol.ts';
import { Reader } from './reader.ts';
import { toWireError } from './wire-error.ts';
import { Writer } from './writer.ts';

/** What comes in: requests, or null as the last thing. */
type Incoming = readonly Request[] | null;

/** After so long without a request the log is brought into the database. */
const IDLE_MS = 250;
/** So large the log may grow while mail keeps coming in. */
const LOG_LIMIT_BYTES = 64 * 1024 * 1024;
/** How often its size is looked at, in transactions. */
const LOG_CHECK = 64;
/** Pause before a lock that another process holds is asked for again. */
const BUSY_RETRY_MS = 5;

if (parentPort) {
  const { role, directory } = workerData as WorkerSetup;
  try {
    if (role === 'writer') serveWrites(parentPort, directory);
    else serveReads(parentPort, directory);
  } catch (error) {
    const message: WorkerMessage = { type: 'failed', error: toWireError(error) };
    parentPort.postMessage(message);
  }
}

function serveWrites(port: MessagePort, directory: string): void {
  const writer = new Writer(directory);
  const log = `${storeFile(directory)}-wal`;
  let commits = 0;
  let isLast = false;
  let isScheduled = false;
  const idle = setTimeout(() => writer.checkpoint(), IDLE_MS);
  idle.unref();

  const work = (): void => {
    isScheduled = false;
    const outcome = writer.work();
    if (outcome && outcome.answers.length > 0) send(port, { type: 'answers', ...outcome });
    idle.refresh();
    commits += 1;
    if (commits % LOG_CHECK === 0 && sizeOf(log) > LOG_LIMIT_BYTES) writer.checkpoint();
    if (writer.isBusy) {
      isScheduled = true;
      // What has come in meanwhile takes part in the next transaction.
      if (outcome) setImmediate(work);
      else setTimeout(work, BUSY_RETRY_MS);
    } else if (isLast) {
      clearTimeout(idle);
      writer[Symbol.dispose]();
      port.close();
    }
  };
  const take = (incoming: Incoming): void => {
    if (incoming === null) isLast = true;
    else writer.add(incoming);
  };
  port.on('message', (incoming: Incoming) => {
    take(incoming);
    // Everything that waits shares the commit.
    for (let next = receiveMessageOnPort(port); next; next = receiveMessageOnPort(port)) {
      take(next.message as Incoming);
    }
    if (!isScheduled) work();
  });
  send(port, { type: 'opened', opened: writer.opened });
}

function serveReads(port: MessagePort, directory: string): void {
  const reader = new Reader(directory);
  port.on('message', (incoming: Incoming) => {
    if (incoming === null) {
      reader[Symbol.dispose]();
      port.close();
      return;
    }
    // One at a time: a quick answer doesn't wait for a slow one.
    for (const request of incoming) send(port, { type: 'answers', answers: [reader.answer(request)], changes: [] });
  });
  send(port, { type: 'opened' });
}

function send(port: MessagePort, message: WorkerMessage): void {
  port.postMessage(message);
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
