import type { Worker } from 'node:worker_threads';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { startWorker, type WorkerName } from '../worker.ts';
import { CURRENT_JOB, JOBS_DONE } from './job-protocol.ts';
import type { Answers, Job, JobReport, JobResult, JobThreadData } from './job-protocol.ts';

/** What a thread is, and what is said of it. */
export interface JobThreadOptions {
  readonly worker: WorkerName;
  /** The thread's name, for debuggers. */
  readonly threadName: string;
  /** The last guard: what a job takes is to be bounded by itself, since V8 may end the process instead of the thread. */
  readonly heapLimitMb: number;
  /** A job that takes longer is given up. */
  readonly timeLimitMs: number;
  readonly clock: Clock;
  readonly log: Log;
  /** After how long without work the thread ends; the next job starts it again. @default 30000 */
  readonly idleMs?: number;
  readonly words: {
    /** Who does it: `the parser`. */
    readonly doer: string;
    /** What it does: `parsing` (took too long). */
    readonly doing: string;
    /** What the log says of a job that ended the thread: `a message could not be parsed`. */
    readonly failed: string;
  };
}

/** A job that can't be done, and is to blame itself. */
export class JobFailedError extends Error {
  override readonly name = 'JobFailedError';
  readonly code = 'JOB_FAILED';
}

/** So many jobs are with the thread at once: enough to keep it busy, few enough to let urgent ones overtake. */
const MAX_SENT_JOBS = 32;
const MAX_SENT_BYTES = 4 * 1024 * 1024;
/** Ends in a row without a result in between, none of them a job's fault. */
const MAX_FAILED_STARTS = 3;

interface PendingJob {
  readonly kind: string;
  readonly octets: Uint8Array;
  settle(result: JobResult | { readonly failure: string }): void;
  reject(error: Error): void;
}

interface RunningThread {
  readonly worker: Worker;
  readonly progress: Int32Array<SharedArrayBuffer>;
  ready: boolean;
  doneAtDeadlineStart: number;
  /** Set by whoever ends it. */
  endReason?: string;
}

/**
 * A thread that does jobs whose input is a stranger's. It starts with the first, leaves when there is none for a while,
 * and is ended and started anew when a job takes too long or too much: that one fails, the others go to the new thread.
 */
export class JobThread<A extends Answers> implements AsyncDisposable {
  readonly #options: JobThreadOptions;
  readonly #waiting: PendingJob[] = [];
  readonly #sent = new Map<number, PendingJob>();
  #sentBytes = 0;
  #lastId = 0;
  #running: RunningThread | undefined;
  #timer: Disposable | undefined;
  #willSend = false;
  #failedStarts = 0;
  #closed = false;

  constructor(options: JobThreadOptions) {
    this.#options = options;
  }

  /**
   * Has a job done. Its octets are copied: they stay the caller's. Calls made in one turn go over together.
   * @param options.isUrgent it goes before those that wait
   * @throws {JobFailedError} it can't be done
   * @throws {Error} when the thread is closed, or can't be started: the job isn't to blame
   */
  ask<Kind extends keyof A & string>(
    kind: Kind,
    octets: Uint8Array,
    { isUrgent = false }: { readonly isUrgent?: boolean } = {},
  ): Promise<A[Kind]> {
    return new Promise((resolve, reject) => {
      if (this.#closed) {
        reject(this.#closedError());
        return;
      }
      const job: PendingJob = {
        kind,
        octets,
        settle: (result) => {
          if ('failure' in result) reject(new JobFailedError(result.failure));
          else resolve(result.answer as A[Kind]);
        },
        reject,
      };
      if (isUrgent) this.#waiting.unshift(job);
      else this.#waiting.push(job);
      this.#sendSoon();
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    this.#timer?.[Symbol.dispose]();
    this.#rejectAll(this.#closedError());
    const running = this.#running;
    this.#running = undefined;
    await running?.worker.terminate();
  }

  #closedError(): Error {
    return new Error(`${this.#options.words.doer} is closed`);
  }

  /** Sends what waits at the end of this turn: jobs of one turn are one message to the worker. */
  #sendSoon(): void {
    if (this.#willSend) return;
    this.#willSend = true;
    queueMicrotask(() => {
      this.#willSend = false;
      this.#send();
    });
  }

  #send(): void {
    if (this.#closed || this.#waiting.length === 0) return;
    const wasIdle = this.#sent.size === 0;
    const jobs: Job[] = [];
    while (this.#sent.size < MAX_SENT_JOBS && (this.#sentBytes < MAX_SENT_BYTES || this.#sent.size === 0)) {
      const job = this.#waiting.shift();
      if (!job) break;
      this.#lastId = (this.#lastId % 0x7fffffff) + 1;
      this.#sent.set(this.#lastId, job);
      this.#sentBytes += job.octets.byteLength;
      // A copy of its own: the caller's octets may be a window of something large, and stay the caller's.
      jobs.push({ id: this.#lastId, kind: job.kind, octets: new Uint8Array(job.octets) });
    }
    if (jobs.length === 0) return;
    try {
      this.#running ??= this.#start();
    } catch (cause) {
      this.#rejectAll(new Error(`${this.#options.words.doer} could not be started`, { cause }));
      return;
    }
    const { worker } = this.#running;
    worker.ref();
    worker.postMessage(
      jobs,
      jobs.map(({ octets }) => octets.buffer),
    );
    if (wasIdle) this.#startDeadline(this.#running);
  }

  #start(): RunningThread {
    const { words } = this.#options;
    const progress = new Int32Array(new SharedArrayBuffer(8));
    const workerData: JobThreadData = { progress };
    const worker = startWorker(this.#options.worker, {
      name: this.#options.threadName,
      workerData,
      resourceLimits: { maxOldGenerationSizeMb: this.#options.heapLimitMb },
    });
    const running: RunningThread = { worker, progress, ready: false, doneAtDeadlineStart: 0 };
    worker.on('message', (report: JobReport) => this.#onReport(running, report));
    worker.on('error', (error: NodeJS.ErrnoException) => {
      running.endReason ??=
        error.code === 'ERR_WORKER_OUT_OF_MEMORY'
          ? `${words.doing} took too much memory`
          : `${words.doer} crashed: ${error.message}`;
    });
    worker.on('exit', () => this.#onExit(running));
    return running;
  }

  #onReport(running: RunningThread, report: JobReport): void {
    if (this.#running !== running) return;
    running.ready = true;
    if (report.type === 'results') {
      this.#failedStarts = 0;
      for (const result of report.results) this.#take(result.id)?.settle(result);
    }
    if (this.#sent.size > 0) this.#startDeadline(running);
    else if (this.#waiting.length === 0) this.#startIdling(running);
    this.#sendSoon();
  }

  #take(id: number): PendingJob | undefined {
    const job = this.#sent.get(id);
    if (!job) return undefined;
    this.#sent.delete(id);
    this.#sentBytes -= job.octets.byteLength;
    return job;
  }

  #setTimer(delayMs: number, callback: () => void): void {
    this.#timer?.[Symbol.dispose]();
    this.#timer = this.#options.clock.setTimer(delayMs, callback);
  }

  /** Each sign of life starts it anew. Until the worker is loaded it doesn't run: no job is to blame for that. */
  #startDeadline(running: RunningThread): void {
    if (!running.ready) return;
    running.doneAtDeadlineStart = Atomics.load(running.progress, JOBS_DONE);
    this.#setTimer(this.#options.timeLimitMs, () => {
      const isStuck =
        Atomics.load(running.progress, CURRENT_JOB) !== 0 &&
        Atomics.load(running.progress, JOBS_DONE) === running.doneAtDeadlineStart;
      // Else it went on, and this thread was too busy to hear of it.
      if (!isStuck) this.#startDeadline(running);
      else this.#end(running, `${this.#options.words.doing} took longer than ${this.#options.timeLimitMs / 1000} s`);
    });
  }

  #startIdling(running: RunningThread): void {
    running.worker.unref();
    this.#setTimer(this.#options.idleMs ?? 30_000, () => {
      this.#running = undefined;
      void running.worker.terminate();
    });
  }

  #end(running: RunningThread, reason: string): void {
    running.endReason = reason;
    void running.worker.terminate();
  }

  /** The job that the thread was at fails, the others go to a new one. */
  #onExit(running: RunningThread): void {
    if (this.#running !== running) return;
    const { log, words } = this.#options;
    this.#running = undefined;
    this.#timer?.[Symbol.dispose]();
    const reason = running.endReason ?? `${words.doer} ended unexpectedly`;
    const guilty = this.#take(Atomics.load(running.progress, CURRENT_JOB));
    if (guilty) {
      log.warn({ kind: guilty.kind, sizeBytes: guilty.octets.byteLength }, `${words.failed}: ${reason}`);
      guilty.settle({ failure: reason });
    } else if (this.#sent.size > 0) {
      this.#failedStarts += 1;
      log.error({ failedStarts: this.#failedStarts }, `a worker thread ended: ${reason}`);
    }
    this.#waiting.unshift(...this.#sent.values());
    this.#sent.clear();
    this.#sentBytes = 0;
    if (this.#failedStarts < MAX_FAILED_STARTS) this.#sendSoon();
    else {
      this.#failedStarts = 0;
      this.#rejectAll(new Error(`${words.doer} doesn't stay up: ${reason}`));
    }
  }

  #rejectAll(error: Error): void {
    const jobs = [...this.#sent.values(), ...this.#waiting];
    this.#sent.clear();
    this.#sentBytes = 0;
    this.#waiting.length = 0;
    for (const job of jobs) job.reject(error);
  }
}
