import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import { fromOctets } from '../rules/octets.ts';
import type { Answer, SqliteQuestion } from '../rules/question.ts';
import { startWorker } from '../worker.ts';
import type { Answerer } from './answer.ts';
import type { SqliteRequest, SqliteResponse } from './sqlite-protocol.ts';

/** Asks SQLite files, in a thread of its own: it is started with the first question. */
export interface SqliteAnswerer {
  readonly answer: Answerer<SqliteQuestion>;
  /** Ends the thread. */
  close(): Promise<void>;
}

/**
 * @param options.mapPath where a path that a configuration names is found
 * @param options.timeoutMs beyond it a query fails, and its thread is ended with it
 */
export function createSqliteAnswerer({
  mapPath,
  timeoutMs,
}: {
  readonly mapPath: (path: string) => string;
  readonly timeoutMs: number;
}): SqliteAnswerer {
  let worker: Worker | undefined;
  let last: Promise<unknown> = Promise.resolve();
  const end = async (): Promise<void> => {
    const ended = worker;
    worker = undefined;
    await ended?.terminate();
  };
  const query = async (request: SqliteRequest, signal: AbortSignal): Promise<Answer> => {
    signal.throwIfAborted();
    worker ??= startWorker('sqlite-lookup-worker', { name: 'sqlite-lookup' });
    const deadline = AbortSignal.timeout(timeoutMs);
    try {
      const response = once(worker, 'message', { signal: AbortSignal.any([signal, deadline]) });
      worker.postMessage(request);
      const [answer] = (await response) as [SqliteResponse];
      return answer;
    } catch (error) {
      // A thread inside SQLite hears nothing: only its end stops the query.
      await end();
      signal.throwIfAborted();
      const message = deadline.aborted ? 'interrupted' : error instanceof Error ? error.message : String(error);
      return { faults: [{ stage: 'step', where: request.where, message }] };
    }
  };
  return {
    answer: ({ file, query: text }, { signal }) => {
      const request = { path: mapPath(fromOctets(file)), query: fromOctets(text), where: file };
      const answer = last.then(() => query(request, signal));
      last = answer.catch(() => undefined);
      return answer;
    },
    close: end,
  };
}
