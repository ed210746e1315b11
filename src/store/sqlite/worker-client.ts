import type { Worker } from 'node:worker_threads';
import { startWorker } from '../../worker.ts';
import type { Answer, Answers, Operations, Request, WorkerMessage, WorkerSetup } from './protocol.ts';
import { fromWireError } from './wire-error.ts';

interface Pending {
  readonly convert: (output: unknown) => unknown;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** How a request is sent. */
interface CallOptions<Output, Result> {
  readonly transfer?: ArrayBuffer;
  /** Made of the answer before anybody hears of it. */
  readonly convert?: (output: Output) => Result;
}

/** One of the store's threads, seen from outside. Requests of one turn of the event loop travel together. */
export class WorkerClient<Known extends { [Name in keyof Known]: Operations[string] }> implements AsyncDisposable {
  readonly #worker: Worker;
  readonly #exited: Promise<void>;
  readonly #pending = new Map<number, Pending>();
  /** Called with each message, after the answers were converted and before the promises are fulfilled. */
  readonly #onAnswers: (answers: Answers) => void;
  #outgoing: Request[] = [];
  #transfer: ArrayBuffer[] = [];
  #lastNumber = 0;
  #failure: Error | undefined;

  /** Starts the thread. */
  constructor(setup: WorkerSetup, onAnswers: (answers: Answers) => void = () => {}) {
    const worker = startWorker('store-worker', { workerData: setup });
    this.#worker = worker;
    this.#onAnswers = onAnswers;
    this.#exited = new Promise((resolve) => worker.once('exit', () => resolve()));
    worker.on('message', (message: WorkerMessage) => {
      if (message.type === 'answers') this.#receive(message);
      else this.#fail(fromWireError(message.error));
    });
    worker.on('error', (error) => this.#fail(error instanceof Error ? error : new Error(String(error))));
    worker.on('exit', () => this.#fail(new Error('the store is closed')));
    worker.unref();
  }

  call<Name extends keyof Known & string, Result = Known[Name]['out']>(
    operation: Name,
    input: Known[Name]['in'],
    options: CallOptions<Known[Name]['out'], Result> = {},
  ): Promise<Result> {
    if (this.#failure) return Promise.reject(this.#failure);
    return new Promise<Result>((resolve, reject) => {
      const number = ++this.#lastNumber;
      const { convert = (output) => output as Result } = options;
      // A thread that owes an answer keeps the process alive; an idle one doesn't.
      if (this.#pending.size === 0) this.#worker.ref();
      this.#pending.set(number, { convert, resolve: resolve as Pending['resolve'], reject });
      if (this.#outgoing.length === 0) setImmediate(() => this.#post());
      this.#outgoing.push({ number, operation, input });
      if (options.transfer) this.#transfer.push(options.transfer);
    });
  }

  /** Lets the thread finish what it was asked for, and ends it. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#failure) {
      this.#post();
      this.#failure = new Error('the store is closed');
      this.#worker.ref();
      this.#worker.postMessage(null);
    }
    await this.#exited;
  }

  #post(): void {
    if (this.#outgoing.length === 0) return;
    const requests = this.#outgoing;
    const transfer = this.#transfer;
    this.#outgoing = [];
    this.#transfer = [];
    try {
      this.#worker.postMessage(requests, transfer);
    } catch (cause) {
      // Octets that were handed over before can't be handed over again.
      const error = new Error('the octets of a message belong to another thread already', { cause });
      for (const { number } of requests) {
        this.#pending.get(number)?.reject(error);
        this.#pending.delete(number);
      }
    }
  }

  #receive(message: Answers): void {
    const settled = message.answers.map((answer) => this.#settle(answer));
    this.#onAnswers(message);
    for (const settle of settled) settle();
    if (this.#pending.size === 0 && !this.#failure) this.#worker.unref();
  }

  /** Takes an answer in. @returns what tells the one who asked */
  #settle(answer: Answer): () => void {
    const pending = this.#pending.get(answer.number);
    this.#pending.delete(answer.number);
    if (pending === undefined) return () => {};
    if ('error' in answer) return () => pending.reject(fromWireError(answer.error));
    const value = pending.convert(answer.output);
    return () => pending.resolve(value);
  }

  #fail(error: Error): void {
    // An unusable thread answers nothing any more: the first reason is the one that counts.
    this.#failure ??= error;
    for (const { reject } of this.#pending.values()) reject(this.#failure);
    this.#pending.clear();
  }
}
