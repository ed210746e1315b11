import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromOctets, toOctets, toPrintable } from '../../src/rules/octets.ts';

test.for([
  { text: 'ascii', octets: 'ascii' },
  { text: 'é', octets: '\xc3\xa9' },
  { text: 'メール', octets: '\xe3\x83\xa1\xe3\x83\xbc\xe3\x83\xab' },
])('$text is one character an octet, and back', ({ text, octets }) => {
  expect(toOctets(text)).toBe(octets);
  expect(fromOctets(octets)).toBe(text);
});

test('every text comes back', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => fromOctets(toOctets(text)) === text));
});

test('octets that are no UTF-8 are shown as U+FFFD', () => {
  expect(fromOctets('a\xffb')).toBe('a\ufffdb');
});

test('a sentence that quotes octets keeps its own characters', () => {
  expect(fromOctets('isn’t “\xc3\xa9”')).toBe('isn’t “é”');
});

test('what isn’t printable is logged as ?', () => {
  expect(toPrintable('a\tb\xc3\xa9')).toBe('a?b??');
});
