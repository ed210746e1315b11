import { expect, test } from 'vitest';
import { readReceivedChain } from '../../../web/src/message/received-chain.ts';

test('the oldest hop is first, and each knows how long it took', () => {
  const hops = readReceivedChain([
    'from app.test (app.test [10.0.0.7]) by mx.test (Postfix) with ESMTPS id 4hT; Mon, 30 Nov 2026 13:00:07 +0000 (UTC)',
    'from worker by app.test with LMTP; Mon, 30 Nov 2026 14:00:05 +0100',
  ]);
  expect(hops).toEqual([
    { from: 'worker', by: 'app.test', with: 'LMTP', timeMs: Date.UTC(2026, 10, 30, 13, 0, 5), delayMs: undefined },
    { from: 'app.test', by: 'mx.test', with: 'ESMTPS', timeMs: Date.UTC(2026, 10, 30, 13, 0, 7), delayMs: 2000 },
  ]);
});

test.for([
  {
    what: 'clocks that differ',
    values: ['by b; 1 Jan 2026 00:00:00 +0000', 'by a; 1 Jan 2026 00:00:01 +0000'],
    delay: -1000,
  },
  { what: 'a hop without a date', values: ['by b', 'by a; 1 Jan 2026 00:00:00 +0000'], delay: undefined },
  { what: 'a date that is none', values: ['by b; soon', 'by a; 1 Jan 2026 00:00:00 +0000'], delay: undefined },
])('$what: $delay ms', ({ values, delay }) => {
  expect(readReceivedChain(values).at(-1)?.delayMs).toBe(delay);
});

test('what a comment says is not believed', () => {
  const [hop] = readReceivedChain(['from a (by evil.test (with lies) by x) by b']);
  expect(hop).toMatchObject({ from: 'a', by: 'b', with: '' });
});
