import type { Worker } from 'node:worker_threads';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { startWorker } from '../worker.ts';
import type { MessageBodies } from './bodies.ts';
import type { ParseOutcome } from './parsed.ts';
import {
  CURRENT_JOB,
  JOBS_DONE,
  type ParseAnswer,
  type ParseJob,
  type ParseWorkerData,
  type WorkerReport,
} from './parse-protocol.ts';

/** Parses messages in a thread of its own. */
export interface MessageParser extends AsyncDisposable {
  /**
   * Parses a message. Its octets are copied: they stay the caller's. Calls made in one turn go over together.
   * @throws {Error} when there is no parser any more, or its thread can't be started: the message isn't to blame
   */
  parse(raw: Uint8Array): Promise<ParseOutcome>;
  /**
   * Text and HTML of a message, decoded; goes before waiting `parse` calls, since somebody looks at it.
   * @throws {UnparsableMessageError} the message can't be read
   * @throws {Error} as `parse`
   */
  bodies(raw: Uint8Array): Promise<MessageBodies>;
}

/** How a parser is to be. */
export interface MessageParserOptions {
  /** A message that takes longer is given up. */
  readonly timeLimitMs: number;
  readonly log: Log;
  readonly clock: Clock;
  /** After how long without work the thread ends; the next message starts it again. @default 30000 */
  readonly idleMs?: number;
}

/** A message whose text and HTML can't be read. */
export class UnparsableMessageError extends Error {
  override readonly name = 'UnparsableMessageError';
  readonly code = 'MESSAGE_UNPARSABLE';
}

/** So many jobs are with the worker at once: enough to keep it busy, few enough to let `bodies` overtake. */
const MAX_SENT_JOBS = 32;
const MAX_SENT_BYTES = 4 * 1024 * 1024;
/**
 * The last guard: what is parsed is bounded so that it takes far less (see mime-tree.ts, bodies.ts), since V8 ends the
 * thread only if the heap grows in small steps, and else the process.
 */
const HEAP_LIMIT_MB = 512;
/** Ends in a row without an answer in between, none of them a message's fault. */
const MAX_FAILED_STARTS = 3;

interface PendingJob {
  readonly kind: ParseJob['kind'];
  readonly raw: Uint8Array;
  settle(answer: ParseAnswer): void;
  fail(reason: string): void;
  reject(error: Error): void;
}

interface RunningWorker {
  readonly worker: Worker;
  readonly progress: Int32Array<SharedArrayBuffer>;
  ready: boolean;
  doneAtDeadlineStart: number;
  /** Set by whoever ends it. */
  endReason?: string;
}

/** Opens a parser. Its thread starts with the first message, and leaves when there is none for a while. */
export function openMessageParser(options: MessageParserOptions): MessageParser {
  return new ThreadedParser(options);
}

class ThreadedParser implements MessageParser {
  readonly #options: MessageParserOptions;
  readonly #waiting: PendingJob[] = [];
  readonly #sent = new Map<number, PendingJob>();
  #sentBytes = 0;
  #lastId = 0;
  #running: RunningWorker | undefined;
  #timer: Disposable | undefined;
  #willSend = false;
  #failedStarts = 0;
  #closed = false;

  constructor(options: MessageParserOptions) {
    this.#options = options;
  }

  parse(raw: Uint8Array): Promise<ParseOutcome> {
    return new Promise((resolve, reject) => {
      this.#enqueue({
        kind: 'parse',
        raw,
        settle: (answer) => answer.kind === 'parse' && resolve(answer.outcome),
        fail: (failure) => resolve({ failure }),
        reject,
      });
    });
  }

  bodies(raw: Uint8Array): Promise<MessageBodies> {
    return new Promise((resolve, reject) => {
      const fail = (reason: string): void => reject(new UnparsableMessageError(reason));
      this.#enqueue({
        kind: 'bodies',
        raw,
        settle: (answer) => {
          if (answer.kind !== 'bodies') return;
          if ('failure' in answer.bodies) fail(answer.bodies.failure);
          else resolve(answer.bodies);
        },
        fail,
        reject,
      });
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    this.#timer?.[Symbol.dispose]();
    this.#rejectAll(new Error('the message parser is closed'));
    const running = this.#running;
    this.#running = undefined;
    await running?.worker.terminate();
  }

  #enqueue(job: PendingJob): void {
    if (this.#closed) {
      job.reject(new Error('the message parser is closed'));
      return;
    }
    if (job.kind === 'bodies') this.#waiting.unshift(job);
    else this.#waiting.push(job);
    this.#sendSoon();
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
    const jobs: ParseJob[] = [];
    while (this.#sent.size < MAX_SENT_JOBS && (this.#sentBytes < MAX_SENT_BYTES || this.#sent.size === 0)) {
      const job = this.#waiting.shift();
      if (!job) break;
      this.#lastId = (this.#lastId % 0x7fffffff) + 1;
      this.#sent.set(this.#lastId, job);
      this.#sentBytes += job.raw.byteLength;
      // A copy of its own: the caller's octets may be a window of something large, and stay the caller's.
      jobs.push({ id: this.#lastId, kind: job.kind, raw: new Uint8Array(job.raw) });
    }
    if (jobs.length === 0) return;
    try {
      this.#running ??= this.#start();
    } catch (cause) {
      this.#rejectAll(new Error('the parse worker could not be started', { cause }));
      return;
    }
    const { worker } = this.#running;
    worker.ref();
    worker.postMessage(
      jobs,
      jobs.map(({ raw }) => raw.buffer),
    );
    if (wasIdle) this.#startDeadline(this.#running);
  }

  #start(): RunningWorker {
    const progress = new Int32Array(new SharedArrayBuffer(8));
    const workerData: ParseWorkerData = { progress };
    const worker = startWorker('parse-worker', {
      name: 'postfixture-parse',
      workerData,
      resourceLimits: { maxOldGenerationSizeMb: HEAP_LIMIT_MB },
    });
    const running: RunningWorker = { worker, progress, ready: false, doneAtDeadlineStart: 0 };
    worker.on('message', (report: WorkerReport) => this.#onReport(running, report));
    worker.on('error', (error: NodeJS.ErrnoException) => {
      running.endReason ??=
        error.code === 'ERR_WORKER_OUT_OF_MEMORY'
          ? 'parsing took too much memory'
          : `the parser crashed: ${error.message}`;
    });
    worker.on('exit', () => this.#onExit(running));
    return running;
  }

  #onReport(running: RunningWorker, report: WorkerReport): void {
    if (this.#running !== running) return;
    running.ready = true;
    if (report.type === 'answers') {
      this.#failedStarts = 0;
      for (const answer of report.answers) this.#take(answer.id)?.settle(answer);
    }
    if (this.#sent.size > 0) this.#startDeadline(running);
    else if (this.#waiting.length === 0) this.#startIdling(running);
    this.#sendSoon();
  }

  #take(id: number): PendingJob | undefined {
    const job = this.#sent.get(id);
    if (!job) return undefined;
    this.#sent.delete(id);
    this.#sentBytes -= job.raw.byteLength;
    return job;
  }

  #setTimer(delayMs: number, callback: () => void): void {
    this.#timer?.[Symbol.dispose]();
    this.#timer = this.#options.clock.setTimer(delayMs, callback);
  }

  /** Each sign of life starts it anew. Until the worker is loaded it doesn't run: no message is to blame for that. */
  #startDeadline(running: RunningWorker): void {
    if (!running.ready) return;
    running.doneAtDeadlineStart = Atomics.load(running.progress, JOBS_DONE);
    this.#setTimer(this.#options.timeLimitMs, () => {
      const isStuck =
        Atomics.load(running.progress, CURRENT_JOB) !== 0 &&
        Atomics.load(running.progress, JOBS_DONE) === running.doneAtDeadlineStart;
      // Else it went on, and this thread was too busy to hear of it.
      if (!isStuck) this.#startDeadline(running);
      else this.#end(running, `parsing took longer than ${this.#options.timeLimitMs / 1000} s`);
    });
  }

  #startIdling(running: RunningWorker): void {
    running.worker.unref();
    this.#setTimer(this.#options.idleMs ?? 30_000, () => {
      this.#running = undefined;
      void running.worker.terminate();
    });
  }

  #end(running: RunningWorker, reason: string): void {
    running.endReason = reason;
    void running.worker.terminate();
  }

  /** One bad message costs only its own preview: the one that the worker was at fails, the others go to a new one. */
  #onExit(running: RunningWorker): void {
    if (this.#running !== running) return;
    this.#running = undefined;
    this.#timer?.[Symbol.dispose]();
    const reason = running.endReason ?? 'the parser ended unexpectedly';
    const guilty = this.#take(Atomics.load(running.progress, CURRENT_JOB));
    if (guilty) {
      this.#options.log.warn({ sizeBytes: guilty.raw.byteLength }, `a message could not be parsed: ${reason}`);
      guilty.fail(reason);
    } else if (this.#sent.size > 0) {
      this.#failedStarts += 1;
      this.#options.log.error({ failedStarts: this.#failedStarts }, `the parse worker ended: ${reason}`);
    }
    this.#waiting.unshift(...this.#sent.values());
    this.#sent.clear();
    this.#sentBytes = 0;
    if (this.#failedStarts < MAX_FAILED_STARTS) this.#sendSoon();
    else {
      this.#failedStarts = 0;
      this.#rejectAll(new Error(`the parse worker doesn't stay up: ${reason}`));
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
