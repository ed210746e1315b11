import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readNetstring, toNetstring } from '../../../src/rules/tables/netstring.ts';

const octets = fc.string({ unit: fc.integer({ min: 0, max: 255 }).map((octet) => String.fromCharCode(octet)) });

test('what is written is read again, whatever follows it', () => {
  fc.assert(
    fc.property(octets, octets, (text, rest) => {
      expect(readNetstring(toNetstring(text) + rest, 100_000)).toEqual({ text });
    }),
  );
});

test('any beginning of a netstring is only that: a beginning', () => {
  fc.assert(
    fc.property(octets, fc.nat(), (text, cut) => {
      const whole = toNetstring(text);
      expect(readNetstring(whole.slice(0, cut % whole.length), 100_000)).toEqual({ isPartial: true });
    }),
  );
});

test('no octets make the reader throw', () => {
  fc.assert(fc.property(octets, (text) => void readNetstring(text, 10)));
});

test.for([
  { octets: '0005:OK zz,', reading: { text: 'OK zz' }, why: 'leading zeros are let in' },
  { octets: ':,', reading: { text: '' }, why: 'no digit is length 0' },
  { octets: 'x:abc,', reading: { fault: 'input format error' }, why: 'a length is made of digits' },
  { octets: '5:OK ab;', reading: { fault: 'input format error' }, why: 'a comma ends it' },
  {
    octets: '11:',
    reading: { fault: 'input exceeds size limit' },
    why: 'longer than the limit, before it is all there',
  },
  { octets: `${'9'.repeat(30)}:`, reading: { fault: 'input exceeds size limit' }, why: 'longer than any number' },
])('$octets: $why', ({ octets, reading }) => {
  expect(readNetstring(octets, 10)).toEqual(reading);
});
