import { expect, test } from 'vitest';
import { LINE_SHOWN_MAX, toLinePieces } from '../../../web/src/message/raw-line.ts';

const octets = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (words: string) => ({ kind: 'text', text: words });
const match = (words: string) => ({ kind: 'match', text: words });
const octet = (name: string) => ({ kind: 'octet', name });

test('a line is text without its line end; a CR elsewhere stays', () => {
  expect(toLinePieces(octets('a\rb\r\n'), { showsOctets: false, needle: '' })).toEqual([text('a\rb')]);
});

test('each octet that isn’t to be seen can be named', () => {
  expect(toLinePieces(octets('a\tü\0\r\n'), { showsOctets: true, needle: '' })).toEqual([
    ...[text('a'), octet('TAB'), octet('C3'), octet('BC'), octet('NUL'), octet('CR'), octet('LF')],
  ]);
  expect(toLinePieces(Uint8Array.of(0x01, 0x7f), { showsOctets: true, needle: '' })).toEqual([
    octet('01'),
    octet('7F'),
  ]);
});

test('what is looked for is marked, whatever its case', () => {
  expect(toLinePieces(octets('Subject: a subject\r\n'), { showsOctets: false, needle: 'SUBJECT' })).toEqual([
    ...[match('Subject'), text(': a '), match('subject')],
  ]);
  expect(toLinePieces(octets('İa\tA'), { showsOctets: false, needle: 'A' })).toEqual([
    ...[text('İ'), match('a'), text('\t'), match('A')],
  ]);
});

test('a line of two megabytes is shown up to a length', () => {
  const [piece] = toLinePieces(new Uint8Array(2_000_000).fill(0x61), { showsOctets: false, needle: '' });
  expect(piece).toEqual(text('a'.repeat(LINE_SHOWN_MAX)));
});
