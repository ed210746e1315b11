import { expect, test } from 'vitest';
import { addOctets, lineAt, lineOctets, NO_OCTETS, sliceOctets } from '../../../web/src/message/raw-octets.ts';

const octets = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (...pieces: readonly string[]) => pieces.reduce((raw, piece) => addOctets(raw, octets(piece)), NO_OCTETS);
const linesOf = (raw: typeof NO_OCTETS): readonly string[] =>
  raw.starts.map((_, line) => new TextDecoder().decode(lineOctets(raw, line)));

test.for([
  { pieces: ['a\r\nb\r\n'], lines: ['a\r\n', 'b\r\n'], why: 'a line has its line end' },
  { pieces: ['a\r\nb'], lines: ['a\r\n', 'b'], why: 'the last one needs none' },
  { pieces: ['a\r', '\nb\n', 'c'], lines: ['a\r\n', 'b\n', 'c'], why: 'pieces end anywhere' },
  { pieces: ['a', '', 'b', 'c\n\n'], lines: ['abc\n', '\n'], why: 'a line may be in many of them' },
  { pieces: [], lines: [], why: 'nothing has no lines' },
])('$pieces are the lines $lines: $why', ({ pieces, lines }) => {
  expect(linesOf(read(...pieces))).toEqual(lines);
});

test('an octet’s line is found, and octets across pieces', () => {
  const raw = read('ab\ncd', 'ef\ngh');
  expect([0, 2, 3, 7, 8, 9].map((offset) => lineAt(raw, offset))).toEqual([0, 0, 1, 1, 2, 2]);
  expect(new TextDecoder().decode(sliceOctets(raw, 1, 9))).toBe('b\ncdef\ng');
});
