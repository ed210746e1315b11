/** Collects what comes thick and fast. */
export interface Batches<T> {
  add(item: T): void;
}

/** The clock of a page, or of a test. */
export interface Ticker {
  /** In ms, from anywhere. */
  readonly now: () => number;
  readonly after: (delayMs: number, act: () => void) => void;
}

const PAGE_TICKER: Ticker = { now: () => performance.now(), after: (delayMs, act) => void setTimeout(act, delayMs) };

/**
 * Hands items on in batches, in their order, none less than `everyMs` after the one before.
 * @param options.delayMs the first one waits so long for others. @default 0
 */
export function createBatches<T>(
  options: { readonly everyMs: number; readonly delayMs?: number; readonly onBatch: (items: readonly T[]) => void },
  ticker: Ticker = PAGE_TICKER,
): Batches<T> {
  const { everyMs, delayMs = 0, onBatch } = options;
  let waiting: T[] = [];
  let lastAt = Number.NEGATIVE_INFINITY;

  function handOn(): void {
    const batch = waiting;
    waiting = [];
    lastAt = ticker.now();
    onBatch(batch);
  }

  return {
    add(item) {
      waiting.push(item);
      if (waiting.length === 1) ticker.after(Math.max(delayMs, lastAt + everyMs - ticker.now()), handOn);
    },
  };
}
