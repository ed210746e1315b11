import type { Change } from './changes.ts';
import type { CommitNumber } from './store.ts';

/** How many changes are held ready for those who listen; who lags further behind reads them from the store again. */
const RECENT = 2048;
const REPLAY_PAGE = 500;

/** Part of the feed, read back from where it is kept. */
export interface ReplayPage {
  readonly changes: readonly Change[];
  /** Everything up to this number is in `changes`, or has no subject any more. */
  readonly through: CommitNumber;
}

/** Where a {@link ChangeFeed} looks when memory doesn't reach back far enough. */
export interface FeedSource {
  /** The changes after `since`, oldest first; undefined if older ones than are kept would belong there. */
  replay(since: CommitNumber, limit: number): Promise<ReplayPage | undefined>;
  /** Brings in what other handles committed. */
  refresh(): Promise<void>;
}

/**
 * Hands the numbered changes of a store to any number of listeners. A listener holds a number, not a queue: a slow one
 * costs no memory, it reads from the store what is no longer held ready.
 */
export class ChangeFeed {
  readonly #source: FeedSource;
  #recent: Change[] = [];
  /** Number of the last change that is not in `#recent`. */
  #floor: CommitNumber;
  #head: CommitNumber;
  #closed = false;
  readonly #waiting = new Set<() => void>();

  constructor(head: CommitNumber, source: FeedSource) {
    this.#head = head;
    this.#floor = head;
    this.#source = source;
  }

  /** The number of the last change. */
  get head(): CommitNumber {
    return this.#head;
  }

  /** @param changes the ones after `head`, without a gap but for subjects that are gone @param head the new head */
  publish(changes: readonly Change[], head: CommitNumber): void {
    if (head <= this.#head) return;
    for (const change of changes) if (change.seq > this.#head) this.#recent.push(change);
    this.#head = head;
    // Cut in halves: shifting at each change would move the whole array each time.
    if (this.#recent.length > 2 * RECENT) {
      const dropped = this.#recent.splice(0, RECENT);
      this.#floor = dropped.at(-1)?.seq ?? this.#floor;
    }
    this.#wake();
  }

  /** @see Store.changes */
  changes(since: CommitNumber | undefined, signal: AbortSignal): AsyncIterable<Change> {
    return this.#iterate(since ?? this.#head, this.#head, signal);
  }

  /** Ends every iteration. */
  close(): void {
    this.#closed = true;
    this.#wake();
  }

  /** @param replayThrough up to here changes are read back, so that those without a subject are left out */
  async *#iterate(since: CommitNumber, replayThrough: CommitNumber, signal: AbortSignal): AsyncGenerator<Change> {
    let cursor = since;
    if (cursor > this.#head) await this.#source.refresh();
    if (cursor > this.#head) {
      cursor = this.#head;
      yield prune(cursor);
    }
    while (!this.#isOver(signal)) {
      if (cursor >= this.#head) {
        await this.#change(signal);
        continue;
      }
      const page =
        cursor >= replayThrough && cursor >= this.#floor
          ? this.#readRecent(cursor)
          : await this.#source.replay(cursor, REPLAY_PAGE);
      if (page === undefined) {
        cursor = this.#head;
        yield prune(cursor);
        continue;
      }
      for (const change of page.changes) {
        if (this.#isOver(signal)) return;
        yield change;
      }
      cursor = page.through;
    }
  }

  #readRecent(cursor: CommitNumber): ReplayPage {
    const start = this.#recent.findLastIndex(({ seq }) => seq <= cursor) + 1;
    return { changes: this.#recent.slice(start), through: this.#head };
  }

  #isOver(signal: AbortSignal): boolean {
    return this.#closed || signal.aborted;
  }

  /** Resolves at the next change, or when there will be none. */
  #change(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        this.#waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.#waiting.add(wake);
      signal.addEventListener('abort', wake);
    });
  }

  #wake(): void {
    for (const wake of [...this.#waiting]) wake();
  }
}

function prune(seq: CommitNumber): Change {
  return { type: 'prune', seq, inbox: undefined };
}
