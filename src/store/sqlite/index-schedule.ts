import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { ReaderOperations, WriterOperations } from './protocol.ts';
import type { WorkerClient } from './worker-client.ts';

/** Pause between two steps while mail comes in, or is parsed: that needs the processor more. */
const PAUSE_MS = 200;

/** Has the reader index what has changed, step by step, as long as there is something. */
export class IndexSchedule implements Disposable {
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #writer: WorkerClient<WriterOperations>;
  readonly #reader: WorkerClient<ReaderOperations>;
  #state: 'idle' | 'stepping' | 'changed while stepping' | 'closed' = 'idle';
  #isPausing = false;
  #timer: Disposable | undefined;

  constructor(parts: {
    readonly clock: Clock;
    readonly log: Log;
    readonly writer: WorkerClient<WriterOperations>;
    readonly reader: WorkerClient<ReaderOperations>;
  }) {
    this.#clock = parts.clock;
    this.#log = parts.log;
    this.#writer = parts.writer;
    this.#reader = parts.reader;
  }

  /** Something is to be indexed. */
  wake(): void {
    if (this.#state === 'stepping') this.#state = 'changed while stepping';
    if (this.#state === 'idle') this.#step();
  }

  /** Something more important is at work: the next step waits. */
  stepBack(): void {
    this.#isPausing = true;
  }

  [Symbol.dispose](): void {
    this.#state = 'closed';
    this.#timer?.[Symbol.dispose]();
  }

  #step(): void {
    this.#state = 'stepping';
    this.#reader.call('index', undefined).then(
      ({ more, forgotten, isBusy }) => {
        if (this.#state === 'closed') return;
        this.#isPausing ||= isBusy;
        const goOn = more || this.#state === 'changed while stepping';
        this.#state = goOn ? 'stepping' : 'idle';
        if (forgotten.length === 0) {
          if (goOn) this.#stepSoon();
          return;
        }
        // The next step must not be told of these again.
        this.#writer.call('forget', forgotten).then(
          () => this.#stepSoon(),
          (cause: unknown) => this.#stop(cause),
        );
      },
      (cause: unknown) => this.#stop(cause),
    );
  }

  #stepSoon(): void {
    if (this.#state === 'closed') return;
    this.#state = 'stepping';
    if (!this.#isPausing) {
      this.#step();
      return;
    }
    this.#isPausing = false;
    this.#timer = this.#clock.setTimer(PAUSE_MS, () => this.#step());
  }

  /** A search finds what isn't indexed all the same, only slower. */
  #stop(cause: unknown): void {
    if (this.#state === 'closed') return;
    this.#state = 'idle';
    this.#log.warn({ err: cause }, 'the search index could not be brought up to date');
  }
}
