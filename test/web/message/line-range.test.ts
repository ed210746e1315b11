import { expect, test } from 'vitest';
import { formatLineRange, parseLineRange } from '../../../web/src/message/line-range.ts';

test.for([
  { anchor: 'L120', range: { first: 120, last: 120 }, written: 'L120' },
  { anchor: 'L120-L130', range: { first: 120, last: 130 }, written: 'L120-L130' },
  { anchor: 'L130-120', range: { first: 120, last: 130 }, written: 'L120-L130' },
  { anchor: 'L0', range: { first: 1, last: 1 }, written: 'L1' },
])('#$anchor is $range', ({ anchor, range, written }) => {
  expect(parseLineRange(anchor)).toEqual(range);
  expect(formatLineRange(range)).toBe(written);
});

test.for([undefined, '', '2.1', 'L', 'L12x', 'L-5', 'L1234567890'])('#%s names no lines', (anchor) => {
  expect(parseLineRange(anchor)).toBeUndefined();
});
