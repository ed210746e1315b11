import { expect, test } from 'vitest';
import { splitCommandLine } from '../../../src/rules/address/command-line.ts';

test.for([
  { line: 'MAIL FROM:<a@b> SIZE=1', words: ['MAIL', 'FROM:', '<a@b>', 'SIZE=1'], why: 'from: ends a word' },
  { line: 'rcpt to: <a@b>', words: ['rcpt', 'to:', '<a@b>'], why: 'white space after it makes no difference' },
  { line: 'MAIL FROM : <a@b>', words: ['MAIL', 'FROM', ':', '<a@b>'], why: 'white space before it does' },
  { line: 'x auto:y', words: ['x', 'auto:y'], why: 'no other colon ends a word' },
  { line: 'A <a b> "c d" e', words: ['A', '<a b>', '"c d"', 'e'], why: 'brackets and quotes hold white space' },
  { line: 'A <"b>" c>d e', words: ['A', '<"b>" c>d', 'e'], why: 'quotes in brackets hold brackets' },
  { line: 'A <<b c> d> e', words: ['A', '<<b c> d>', 'e'], why: 'brackets nest' },
  { line: 'A b\\ c <d\\>e f>', words: ['A', 'b\\ c', '<d\\>e f>'], why: 'a backslash takes the meaning away' },
  { line: ' \t NOOP\t\v\f', words: ['NOOP'], why: 'any white space separates' },
  { line: 'A b\\', words: ['A', 'b\\'], why: 'a backslash at the end is itself' },
  { line: '', words: [], why: 'nothing is no word' },
])('$line is $words: $why', ({ line, words }) => {
  expect(splitCommandLine(line).map(({ text }) => text)).toEqual(words);
});

test.for(['<a', '"a', '<a "b>', '<<a>', '<a\\>'])('%j is never closed', (text) => {
  expect(splitCommandLine(`MAIL FROM:${text}`)[2]).toEqual({ text, unclosed: true });
});
