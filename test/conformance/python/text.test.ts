import { expect, test } from 'vitest';
import { compareCodePoints, decodeText, encodeText, splitLines, toAsciiJson, toLines } from './text.ts';

test.for([
  { octets: [0x61, 0xc3, 0xa9], text: 'aé', why: 'UTF-8 is text' },
  { octets: [0xe9, 0x61], text: '\udce9a', why: 'a stray octet escapes' },
  { octets: [0xc3, 0x28, 0xc3, 0xa9], text: '\udcc3(é', why: 'a broken character escapes, what follows is text' },
  { octets: [0xf0, 0x9f, 0x98, 0x80, 0xff], text: '😀\udcff', why: 'four octets may be one character' },
])('$octets are read as $text, and written back: $why', ({ octets, text }) => {
  expect(decodeText(Uint8Array.from(octets))).toBe(text);
  expect([...encodeText(text)]).toEqual(octets);
});

test('only a newline ends a line of output, and lines keep it', () => {
  expect(toLines('a\r\nb\rc\n\nd')).toEqual(['a\r\n', 'b\rc\n', '\n', 'd']);
});

test('splitlines() ends lines at more than newlines', () => {
  expect(splitLines('a\r\nb\rc\n\nd\u2028e')).toEqual(['a\r\n', 'b\r', 'c\n', '\n', 'd\u2028', 'e']);
});

test('text is ordered by code point, not by UTF-16 unit', () => {
  expect(['😀', '\uff61', 'b', 'ab', 'a'].sort(compareCodePoints)).toEqual(['a', 'ab', 'b', '\uff61', '😀']);
});

test('JSON is written in ASCII', () => {
  expect(toAsciiJson(['é'])).toBe(String.raw`["\u00e9"]`);
});
