import { expect, test } from 'vitest';
import { addRawText, NO_LINES } from '../../../web/src/message/raw-lines.ts';

test.for([
  { pieces: ['a\r\nb\r\n'], lines: ['a', 'b'], why: 'CRLF ends a line' },
  { pieces: ['a\nb'], lines: ['a', 'b'], why: 'so does a bare LF, and the end' },
  { pieces: ['a\rb\r\n'], lines: ['a\rb'], why: 'a CR elsewhere is kept, to be seen' },
  { pieces: ['ab', 'c\r\nd'], lines: ['abc', 'd'], why: 'a piece may end in a line' },
  { pieces: ['a\r', '\nb'], lines: ['a', 'b'], why: 'or between CR and LF' },
  { pieces: ['a\r\n', '\r\nb'], lines: ['a', '', 'b'], why: 'an empty line is a line' },
])('$lines: $why', ({ pieces, lines }) => {
  expect(pieces.reduce(addRawText, NO_LINES).lines).toEqual(lines);
});
