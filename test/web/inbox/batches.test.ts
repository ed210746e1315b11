import { expect, test } from 'vitest';
import { createBatches } from '../../../web/src/inbox/batches.ts';

/** A clock that the test moves. */
function createTicker() {
  let now = 0;
  let due: { readonly at: number; readonly act: () => void }[] = [];
  return {
    now: () => now,
    after(delayMs: number, act: () => void) {
      due.push({ at: now + delayMs, act });
    },
    advance(ms: number) {
      now += ms;
      const ready = due.filter(({ at }) => at <= now);
      due = due.filter(({ at }) => at > now);
      for (const { act } of ready) act();
    },
  };
}

test('a burst of a thousand in a second is at most ten batches and one, and none is lost or out of order', () => {
  const batches: (readonly number[])[] = [];
  const ticker = createTicker();
  const batcher = createBatches<number>({ everyMs: 100, onBatch: (items) => batches.push(items) }, ticker);
  const sent = Array.from({ length: 1000 }, (_, index) => index);
  for (const item of sent) {
    batcher.add(item);
    ticker.advance(1);
  }
  ticker.advance(100);
  expect(batches.length).toBeLessThanOrEqual(11);
  expect(batches.flat()).toEqual(sent);
});

test.for([
  { delayMs: 0, first: [1], why: 'the first one is handed on at once' },
  { delayMs: 2000, first: [1, 2], why: 'or waits for others' },
])('with a delay of $delayMs ms the first batch is $first: $why', ({ delayMs, first }) => {
  const batches: (readonly number[])[] = [];
  const ticker = createTicker();
  const batcher = createBatches<number>({ everyMs: 100, delayMs, onBatch: (items) => batches.push(items) }, ticker);
  batcher.add(1);
  ticker.advance(0);
  batcher.add(2);
  ticker.advance(2000);
  expect(batches[0]).toEqual(first);
  expect(batches.flat()).toEqual([1, 2]);
});
