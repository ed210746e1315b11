import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { fromOctets } from '../rules/octets.ts';
import type { Answer, SqliteQuestion } from '../rules/question.ts';
import { findBuiltFile } from '../worker.ts';
import type { Answerer } from './answer.ts';
import type { SqliteRequest, SqliteResponse } from './sqlite-protocol.ts';

/** Asks SQLite files, in a process of its own: it is started with the first question. */
export interface SqliteAnswerer {
  readonly answer: Answerer<SqliteQuestion>;
  /** Ends the process. */
  close(): Promise<void>;
}

/**
 * @param options.mapPath where a path that a configuration names is found
 * @param options.timeoutMs beyond it a query fails, and its process is killed
 */
export function createSqliteAnswerer({
  mapPath,
  timeoutMs,
}: {
  readonly mapPath: (path: string) => string;
  readonly timeoutMs: number;
}): SqliteAnswerer {
  let child: ChildProcess | undefined;
  let last: Promise<unknown> = Promise.resolve();
  const end = async (): Promise<void> => {
    const ended = child;
    child = undefined;
    if (ended === undefined || hasEnded(ended)) return;
    const exited = once(ended, 'exit');
    ended.kill('SIGKILL');
    await exited;
  };
  const query = async (request: SqliteRequest, signal: AbortSignal): Promise<Answer> => {
    signal.throwIfAborted();
    if (child === undefined || hasEnded(child)) child = startProcess();
    const deadline = AbortSignal.timeout(timeoutMs);
    try {
      return await exchange(child, request, AbortSignal.any([signal, deadline]));
    } catch (error) {
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

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

function startProcess(): ChildProcess {
  return fork(fileURLToPath(findBuiltFile('sqlite-process')), {
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
}

/** @throws when the process ends before it answers, or the signal aborts */
async function exchange(child: ChildProcess, request: SqliteRequest, signal: AbortSignal): Promise<Answer> {
  const done = new AbortController();
  const options = { signal: AbortSignal.any([signal, done.signal]) };
  try {
    const answered = once(child, 'message', options);
    const exited = once(child, 'exit', options).then(() => {
      throw new Error('the process that asks SQLite ended');
    });
    child.send(request);
    const [answer] = (await Promise.race([answered, exited])) as [SqliteResponse];
    return answer;
  } finally {
    done.abort();
  }
}
