import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { SessionUpdate } from '../session.ts';
import type { WriterOperations } from './protocol.ts';
import { toUpdateRequest } from './update-request.ts';
import type { WorkerClient } from './worker-client.ts';

/** How long an update waits for a commit to go with. */
const DELAY_MS = 100;

/** Holds session updates back until there is a commit that they can be part of, or for a moment. */
export class Journal implements Disposable {
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #writer: WorkerClient<WriterOperations>;
  #waiting: SessionUpdate[] = [];
  #timer: Disposable | undefined;
  #sent: Promise<unknown> = Promise.resolve();

  constructor(parts: { readonly clock: Clock; readonly log: Log; readonly writer: WorkerClient<WriterOperations> }) {
    this.#clock = parts.clock;
    this.#log = parts.log;
    this.#writer = parts.writer;
  }

  add(update: SessionUpdate): void {
    this.#waiting.push(update);
    this.#timer ??= this.#clock.setTimer(DELAY_MS, () => this.send());
  }

  /** Sends what waits to the writer, ahead of what is sent after. */
  send(): void {
    this.#timer?.[Symbol.dispose]();
    this.#timer = undefined;
    if (this.#waiting.length === 0) return;
    const sent = this.#waiting.map((update) => this.#writer.call('journal', toUpdateRequest(update)));
    this.#waiting = [];
    this.#sent = Promise.all(sent).catch((cause: unknown) => {
      this.#log.warn({ err: cause }, 'part of a session was not written down');
    });
  }

  /** Resolves when everything given so far is written. */
  async flush(): Promise<void> {
    this.send();
    await this.#sent;
  }

  [Symbol.dispose](): void {
    this.send();
  }
}
