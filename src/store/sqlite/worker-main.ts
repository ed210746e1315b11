import { parentPort, receiveMessageOnPort, workerData, type MessagePort } from 'node:worker_threads';
import type { Request, WorkerMessage, WorkerSetup } from './protocol.ts';
import { Reader } from './reader.ts';
import { toWireError } from './wire-error.ts';
import { Writer } from './writer.ts';

/** What comes in: requests, or null as the last thing. */
type Incoming = readonly Request[] | null;

/** After so long without a request the log is brought into the database. */
const IDLE_MS = 250;
/** So much may be written to the log while mail keeps coming in. */
const LOG_LIMIT_BYTES = 32 * 1024 * 1024;
/** Pause before a lock that another process holds is asked for again. */
const BUSY_RETRY_MS = 5;

if (parentPort) {
  const { role, directory } = workerData as WorkerSetup;
  if (role === 'writer') serveWrites(parentPort, directory);
  else serveReads(parentPort, directory);
}

function serveWrites(port: MessagePort, directory: string): void {
  const writer = tryOpen(port, () => new Writer(directory));
  if (writer === undefined) return;
  let commits = 0;
  let isLast = false;
  let isScheduled = false;
  const idle = setTimeout(() => {
    writer.checkpoint();
    writer.reserveLog(LOG_LIMIT_BYTES);
  }, IDLE_MS);
  idle.unref();

  const work = (): void => {
    isScheduled = false;
    const outcome = writer.work();
    if (outcome && outcome.answers.length > 0) send(port, { type: 'answers', ...outcome });
    // Looking whether others have committed is no work.
    if (writer.commits !== commits) idle.refresh();
    if (writer.loggedBytes > LOG_LIMIT_BYTES) writer.checkpoint();
    commits = writer.commits;
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
}

function serveReads(port: MessagePort, directory: string): void {
  let reader: Reader | undefined;
  port.on('message', (incoming: Incoming) => {
    if (incoming === null) {
      reader?.[Symbol.dispose]();
      port.close();
      return;
    }
    // Not before it is asked: by then the writer has made the database.
    reader ??= tryOpen(port, () => new Reader(directory));
    if (reader === undefined) return;
    // One at a time: a quick answer doesn't wait for a slow one.
    for (const request of incoming) send(port, { type: 'answers', answers: [reader.answer(request)], changes: [] });
  });
}

/** Without its database the thread is of no use: it says why, and leaves. */
function tryOpen<T>(port: MessagePort, open: () => T): T | undefined {
  try {
    return open();
  } catch (error) {
    send(port, { type: 'failed', error: toWireError(error) });
    port.close();
    return undefined;
  }
}

function send(port: MessagePort, message: WorkerMessage): void {
  port.postMessage(message);
}
