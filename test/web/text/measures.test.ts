import { expect, test } from 'vitest';
import { createMeasures } from '../../../web/src/text/measures.ts';

const measures = createMeasures('en-GB');
const now = new Date(2026, 10, 24, 15, 0, 0);

test.for([
  { time: new Date(2026, 10, 24, 14, 2, 11), shown: '14:02:11', why: 'today: seconds show the order' },
  { time: new Date(2026, 10, 23, 23, 59, 59), shown: '23 Nov', why: 'before today' },
  { time: new Date(2025, 10, 24, 14, 2, 11), shown: '24 Nov 2025', why: 'another year' },
])('$shown: $why', ({ time, shown }) => {
  expect(measures.shortTime(time.toISOString(), now.getTime())).toBe(shown);
});

test('the tooltip says how long ago that is', () => {
  const time = new Date(now.getTime() - 180_000).toISOString();
  expect(measures.longTime(time, now.getTime())).toContain('(3 minutes ago)');
});

test('a time that cannot be read is shown as it is', () => {
  expect(measures.shortTime('yesterday-ish', now.getTime())).toBe('yesterday-ish');
});

test.for([
  { octets: 734, shown: '734 B' },
  { octets: 2150, shown: '2.1 KB' },
  { octets: 5_347_738, shown: '5.1 MB' },
])('$octets octets are $shown', ({ octets, shown }) => {
  expect(measures.size(octets)).toBe(shown);
});

test.for([
  { ms: 0.42, shown: '0.4ms' },
  { ms: 1500, shown: '1.5s' },
  { ms: 90_000, shown: '1.5m' },
])('$ms ms are $shown', ({ ms, shown }) => {
  expect(measures.duration(ms)).toBe(shown);
});

test('a delay has its sign', () => {
  expect([2000, -1000, 0].map((ms) => measures.delay(ms))).toEqual(['+2s', '-1s', '0ms']);
});
