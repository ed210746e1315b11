import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { PARSER_VERSION, type ParseOutcome } from './parsed.ts';

/** Where messages that are to be parsed are: what of a store the backlog needs. */
export interface BacklogSource<Id extends string> {
  /** The oldest `limit` messages that parser `version` hasn't parsed. */
  unparsed(version: number, limit: number): Promise<readonly Id[]>;
  /** Undefined: it is gone. */
  readRaw(id: Id): Promise<Uint8Array | undefined>;
  setParsed(id: Id, version: number, outcome: ParseOutcome): Promise<void>;
}

/** What a backlog works with. */
export interface BacklogOptions<Id extends string> {
  readonly source: BacklogSource<Id>;
  readonly parser: { parse(raw: Uint8Array): Promise<ParseOutcome> };
  readonly clock: Clock;
  readonly log: Log;
}

/** Parses what was kept, beside the taking in of mail. */
export interface Backlog extends AsyncDisposable {
  /** A message was kept: to be called for each. Costs next to nothing; nothing is parsed before this turn is over. */
  wake(): void;
  /** Fulfilled when nothing is left to parse, or the backlog is closed. */
  idle(): Promise<void>;
}

/** Mail "keeps coming" while one comes less than so long after the one before. */
const QUIET_MS = 20;
/** While mail keeps coming, a small batch is parsed each so often: less, and a steady stream would never be parsed. */
const BUSY_PERIOD_MS = 250;
const BUSY_BATCH = 8;
const BATCH = 32;
/** A batch is full with so much, too: messages wait in memory for the parser. */
const BATCH_BYTES = 8 * 1024 * 1024;
/** So many are read at once: each on its own would wait for whatever else the store is being asked. */
const READ_AT_ONCE = 8;
/** So many IDs are asked for at once. */
const ROUND = 256;
const RETRY_MS = 1_000;

/** Opens a backlog; it begins with what an earlier run, or an older parser, left. */
export function openBacklog<Id extends string>(options: BacklogOptions<Id>): Backlog {
  return new ParseBacklog(options);
}

interface Unparsed<Id> {
  readonly id: Id;
  readonly raw: Uint8Array;
}

class ParseBacklog<Id extends string> implements Backlog {
  readonly #options: BacklogOptions<Id>;
  readonly #loop: Promise<void>;
  #previousWakeMs = -Infinity;
  #lastWakeMs = -Infinity;
  /** There may be something to parse. */
  #dirty = true;
  #closed = false;
  /** Ends the wait for the next message, if there is one. */
  #resume: (() => void) | undefined;
  /** Ends a wait for the clock, if there is one. */
  #endWait: (() => void) | undefined;
  #idleWaiters: (() => void)[] = [];

  constructor(options: BacklogOptions<Id>) {
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
      const limit = isBusy ? BUSY_BATCH : ROUND;
      const { listed, done } = await this.#parseRound(limit);
      const isStuck = listed === undefined || (listed > 0 && done === 0);
      if (isStuck || done < listed || listed === limit) this.#dirty = true;
      if (isStuck) await this.#wait(RETRY_MS);
      else if (isBusy) await this.#waitForQuiet();
      else if (!this.#dirty) await this.#waitForMail();
    }
  }

  /** @returns how many messages there were to parse, if they could be listed, and how many are no more */
  async #parseRound(limit: number): Promise<{ listed: number | undefined; done: number }> {
    const { source, log } = this.#options;
    const round = { left: [] as Id[], done: 0 };
    try {
      round.left.push(...(await source.unparsed(PARSER_VERSION, limit)));
    } catch (error) {
      log.warn({ err: error }, 'the messages to be parsed could not be listed: trying again');
      return { listed: undefined, done: 0 };
    }
    const listed = round.left.length;
    let batch = await this.#readBatch(round);
    while (batch.length > 0) {
      // The next batch is read while this one is parsed; a long round ends when mail begins to pour in.
      const goesOn = !this.#closed && (limit === BUSY_BATCH || !this.#isBusy());
      const [kept, next] = await Promise.all([
        Promise.all(batch.map((message) => this.#parse(message))),
        goesOn ? this.#readBatch(round) : [],
      ]);
      round.done += kept.filter(Boolean).length;
      batch = next;
    }
    return { listed, done: round.done };
  }

  /** Takes IDs from the front of those left and reads their messages, until the batch is full. */
  async #readBatch(round: { readonly left: Id[]; done: number }): Promise<readonly Unparsed<Id>[]> {
    const batch: Unparsed<Id>[] = [];
    let bytes = 0;
    while (batch.length < BATCH && bytes < BATCH_BYTES && round.left.length > 0) {
      const read = await Promise.all(round.left.splice(0, READ_AT_ONCE).map((id) => this.#read(id)));
      for (const found of read) {
        if (found === 'gone') round.done += 1;
        else if (found !== undefined) batch.push(found);
        bytes += typeof found === 'object' ? found.raw.byteLength : 0;
      }
    }
    return batch;
  }

  /** @returns undefined if it couldn't be read this time */
  async #read(id: Id): Promise<Unparsed<Id> | 'gone' | undefined> {
    try {
      const raw = await this.#options.source.readRaw(id);
      return raw ? { id, raw } : 'gone';
    } catch (error) {
      this.#options.log.warn({ queueId: id, err: error }, 'a message could not be read to be parsed: trying again');
      return undefined;
    }
  }

  /** @returns whether the outcome was kept */
  async #parse({ id, raw }: Unparsed<Id>): Promise<boolean> {
    const { source, parser, log } = this.#options;
    try {
      const outcome = await parser.parse(raw);
      if ('failure' in outcome) log.info({ queueId: id, reason: outcome.failure }, 'a message has no preview');
      await source.setParsed(id, PARSER_VERSION, outcome);
      return true;
    } catch (error) {
      if (!this.#closed) log.warn({ queueId: id, err: error }, 'a message could not be parsed: trying again');
      return false;
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
