import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from './clock.ts';

/** What a round of work came to. */
export interface RoundResult {
  /** How many there were to do; undefined: they couldn't be listed. */
  readonly listed: number | undefined;
  /** How many of them are no more. */
  readonly done: number;
}

/** What a round of work may know. */
export interface RoundOptions {
  /** At most so many are to be done. */
  readonly limit: number;
  /** Whether a long round had better end: mail begins to pour in, or the backlog is being closed. */
  readonly shouldEnd: () => boolean;
}

/** What a backlog works with. */
export interface BacklogOptions {
  readonly clock: Clock;
  /** Does what is to be done. It never rejects. */
  readonly round: (options: RoundOptions) => Promise<RoundResult>;
}

/** Does to kept messages what needn't be done before they are kept, beside the taking in of mail. */
export interface Backlog extends AsyncDisposable {
  /** A message was kept: to be called for each. Costs next to nothing; nothing is done before this turn is over. */
  wake(): void;
  /** Fulfilled when nothing is left to do, or the backlog is closed. */
  idle(): Promise<void>;
}

/** Mail "keeps coming" while one comes less than so long after the one before. */
const QUIET_MS = 20;
/** While mail keeps coming, little is done each so often: less, and a steady stream would never be done. */
const BUSY_PERIOD_MS = 250;
const BUSY_LIMIT = 8;
/** So many are listed at once. */
const LIMIT = 256;
const RETRY_MS = 1_000;

/** Opens a backlog; it begins with what an earlier run left. */
export function openBacklog(options: BacklogOptions): Backlog {
  return new MailBacklog(options);
}

class MailBacklog implements Backlog {
  readonly #options: BacklogOptions;
  readonly #loop: Promise<void>;
  #previousWakeMs = -Infinity;
  #lastWakeMs = -Infinity;
  /** There may be something to do. */
  #dirty = true;
  #closed = false;
  /** Ends the wait for the next message, if there is one. */
  #resume: (() => void) | undefined;
  /** Ends a wait for the clock, if there is one. */
  #endWait: (() => void) | undefined;
  #idleWaiters: (() => void)[] = [];

  constructor(options: BacklogOptions) {
    this.#options = options;
    this.#loop = this.#run();
  }

  wake(): void {
    this.#previousWakeMs = this.#lastWakeMs;
    this.#lastWakeMs = this.#options.clock.nowMs();
    this.#dirty = true;
    this.#resume?.();
  }

  idle(): Promise<void> {
    if (this.#closed || (!this.#dirty && this.#resume)) return Promise.resolve();
    return new Promise((resolve) => this.#idleWaiters.push(resolve));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    this.#resume?.();
    this.#endWait?.();
    await this.#loop;
    this.#tellIdle();
  }

  async #run(): Promise<void> {
    while (!this.#closed) {
      // Whoever called wake is told of the message first: what this turn and the sockets have to do goes before.
      await nextTurn();
      const isBusy = this.#isBusy();
      this.#dirty = false;
      const limit = isBusy ? BUSY_LIMIT : LIMIT;
      const shouldEnd = () => this.#closed || (!isBusy && this.#isBusy());
      const { listed, done } = await this.#options.round({ limit, shouldEnd });
      const isStuck = listed === undefined || (listed > 0 && done === 0);
      if (isStuck || done < listed || listed === limit) this.#dirty = true;
      if (isStuck) await this.#wait(RETRY_MS);
      else if (isBusy) await this.#waitForQuiet();
      else if (!this.#dirty) await this.#waitForMail();
    }
  }

  /** A single message is no stream: only one that follows another closely tells of more to come. */
  #isBusy(): boolean {
    const sinceLastMs = this.#options.clock.nowMs() - this.#lastWakeMs;
    return sinceLastMs < QUIET_MS && this.#lastWakeMs - this.#previousWakeMs < QUIET_MS;
  }

  async #waitForQuiet(): Promise<void> {
    const endMs = this.#options.clock.nowMs() + BUSY_PERIOD_MS;
    while (!this.#closed && this.#isBusy()) {
      const nowMs = this.#options.clock.nowMs();
      if (nowMs >= endMs) return;
      await this.#wait(Math.min(endMs - nowMs, this.#lastWakeMs + QUIET_MS - nowMs));
    }
  }

  async #waitForMail(): Promise<void> {
    if (this.#dirty || this.#closed) return;
    this.#tellIdle();
    await new Promise<void>((resolve) => {
      this.#resume = resolve;
    });
    this.#resume = undefined;
  }

  /** Waits, or is closed before. */
  async #wait(delayMs: number): Promise<void> {
    if (this.#closed) return;
    await new Promise<void>((resolve) => {
      const timer = this.#options.clock.setTimer(delayMs, resolve);
      this.#endWait = () => {
        timer[Symbol.dispose]();
        resolve();
      };
    });
    this.#endWait = undefined;
  }

  #tellIdle(): void {
    const waiters = this.#idleWaiters;
    this.#idleWaiters = [];
    for (const resolve of waiters) resolve();
  }
}
