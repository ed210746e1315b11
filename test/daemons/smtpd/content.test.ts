import { expect, test } from 'vitest';
import { openContent } from '../../../src/daemons/smtpd/content.ts';
import { openIntakeBudget } from '../../../src/daemons/smtpd/intake-budget.ts';

test('thousands of single octets come out in order, in memory that can be handed over whole', () => {
  const content = openContent(0, openIntakeBudget(1e6).open());
  const octets = Buffer.from(Array.from({ length: 5000 }, (_, index) => index % 256));

  for (let at = 0; at < octets.length; at += 1) content.add(octets.subarray(at, at + 1));
  const whole = content.take();

  expect(Buffer.from(whole).equals(octets)).toBe(true);
  expect(whole.buffer.byteLength).toBe(5000);
  expect(whole.buffer).toBeInstanceOf(ArrayBuffer);
});

test('small pieces among large ones stay in order', () => {
  const content = openContent(0, openIntakeBudget(1e9).open());
  const pieces = Array.from({ length: 2000 }, (_, index) => Buffer.alloc(index % 3 === 0 ? 3000 : 1, index % 256));

  for (const piece of pieces) content.add(piece);

  expect(Buffer.from(content.take()).equals(Buffer.concat(pieces))).toBe(true);
});

test('beyond the limit nothing is kept, and its memory is given back', () => {
  const budget = openIntakeBudget(50);
  const content = openContent(100, budget.open());
  const other = budget.open();

  content.add(Buffer.alloc(100));
  const before = other.mayRead(() => {});
  content.add(Buffer.alloc(1));
  const after = other.mayRead(() => {});

  expect({ before, tooBig: content.tooBig, after, size: content.sizeBytes }).toEqual({
    before: false,
    tooBig: true,
    after: true,
    size: 101,
  });
});
