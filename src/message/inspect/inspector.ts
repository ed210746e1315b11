import type { Worker } from 'node:worker_threads';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import { startWorker } from '../../worker.ts';
import type { HtmlCheck } from './html-check.ts';
import type { InspectJob, InspectReport } from './inspect-protocol.ts';

/** Looks at pictures and HTML of mails, in a thread of its own: whatever they are, they cost only their own answer. */
export interface Inspector extends AsyncDisposable {
  /** A JPEG of 180 by 120 pixels; white for what can't be shown. Rejects with {@link InspectError}. */
  thumbnail(octets: Uint8Array): Promise<Uint8Array>;
  /** Which mail programs show HTML as it is meant. Rejects with {@link InspectError}. */
  checkHtml(html: string): Promise<HtmlCheck>;
}

/** There is no answer: it took too long, or too much is asked at once. */
export class InspectError extends Error {
  override readonly name = 'InspectError';
  readonly code = 'NOT_INSPECTED';
}

const MAX_WAITING = 200;
const HEAP_LIMIT_MB = 256;
const IDLE_MS = 30_000;

interface Task {
  readonly job: InspectJob;
  settle(report: InspectReport): void;
  reject(error: Error): void;
}

interface Running {
  readonly worker: Worker;
  isReady: boolean;
  task: Task | undefined;
}

/**
 * Opens an inspector. Its thread starts with the first thing to be looked at, and leaves when there is none for a while.
 * @param options.timeLimitMs what takes longer is given up
 */
export function openInspector(options: {
  readonly timeLimitMs: number;
  readonly clock: Clock;
  readonly log: Log;
}): Inspector {
  return new ThreadedInspector(options);
}

class ThreadedInspector implements Inspector {
  readonly #options: { readonly timeLimitMs: number; readonly clock: Clock; readonly log: Log };
  readonly #waiting: Task[] = [];
  #running: Running | undefined;
  #timer: Disposable | undefined;
  #isClosed = false;

  constructor(options: { readonly timeLimitMs: number; readonly clock: Clock; readonly log: Log }) {
    this.#options = options;
  }

  thumbnail(octets: Uint8Array): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      const settle = (report: InspectReport): void => {
        if (report.kind === 'thumbnail') resolve(report.jpeg);
      };
      this.#enqueue({ job: { kind: 'thumbnail', octets: new Uint8Array(octets) }, settle, reject });
    });
  }

  checkHtml(html: string): Promise<HtmlCheck> {
    return new Promise((resolve, reject) => {
      const settle = (report: InspectReport): void => {
        if (report.kind === 'html') resolve(report.check);
      };
      this.#enqueue({ job: { kind: 'html', html }, settle, reject });
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true;
    this.#timer?.[Symbol.dispose]();
    const running = this.#running;
    this.#running = undefined;
    const error = new InspectError('the server stops');
    for (const task of [...(running?.task ? [running.task] : []), ...this.#waiting.splice(0)]) task.reject(error);
    await running?.worker.terminate();
  }

  #enqueue(task: Task): void {
    if (this.#isClosed) task.reject(new InspectError('the server stops'));
    else if (this.#waiting.length >= MAX_WAITING) task.reject(new InspectError('too much is to be looked at'));
    else {
      this.#waiting.push(task);
      this.#next();
    }
  }

  #next(): void {
    const running = (this.#running ??= this.#start());
    if (!running.isReady || running.task) return;
    this.#timer?.[Symbol.dispose]();
    running.task = this.#waiting.shift();
    if (running.task === undefined) {
      running.worker.unref();
      this.#timer = this.#options.clock.setTimer(IDLE_MS, () => this.#leave(running));
      return;
    }
    running.worker.ref();
    const { timeLimitMs, clock } = this.#options;
    this.#timer = clock.setTimer(timeLimitMs, () => {
      this.#fail(running, `it took longer than ${timeLimitMs / 1000} s`);
    });
    running.worker.postMessage(running.task.job);
  }

  #start(): Running {
    const worker = startWorker('inspect-worker', {
      name: 'postfixture-inspect',
      resourceLimits: { maxOldGenerationSizeMb: HEAP_LIMIT_MB },
    });
    const running: Running = { worker, isReady: false, task: undefined };
    worker.on('message', (report: InspectReport) => {
      if (this.#running !== running) return;
      running.isReady = true;
      running.task?.settle(report);
      running.task = undefined;
      this.#next();
    });
    worker.on('error', (error) => this.#fail(running, error.message));
    worker.on('exit', () => this.#fail(running, 'the thread ended'));
    return running;
  }

  #leave(running: Running): void {
    this.#running = undefined;
    void running.worker.terminate();
  }

  /** What the thread was at gets no answer; what waits goes to a new one, unless none can be started. */
  #fail(running: Running, reason: string): void {
    if (this.#running !== running) return;
    this.#timer?.[Symbol.dispose]();
    this.#leave(running);
    const failed = running.isReady ? (running.task ? [running.task] : []) : this.#waiting.splice(0);
    this.#options.log.warn({ kind: failed[0]?.job.kind }, `something in a mail could not be looked at: ${reason}`);
    for (const task of failed) task.reject(new InspectError(reason));
    if (this.#waiting.length > 0) this.#next();
  }
}
