import { expect, test } from 'vitest';
import { toRegExp } from './regexp.ts';

test.for([
  { pattern: 'a$', text: 'a\n', matches: true, why: '$ also matches before the last newline' },
  { pattern: 'a$', text: 'a\nb', matches: false, why: '$ matches at no other line end' },
  { pattern: '^b', text: 'a\nb', matches: false, why: '^ is the beginning of the text' },
  { pattern: '(?m)^b', text: 'a\nb', matches: true, why: '(?m) makes ^ the beginning of a line' },
  { pattern: '(?m)a$', text: 'a\nb', matches: true, why: '(?m) makes $ the end of a line' },
  { pattern: '(?m)^b', text: 'a\rb', matches: false, why: 'a carriage return ends no line' },
  { pattern: 'a.b', text: 'a\rb', matches: true, why: '. matches a carriage return' },
  { pattern: 'a.b', text: 'a\nb', matches: false, why: '. does not match a newline' },
  { pattern: '(?s)a.b', text: 'a\nb', matches: true, why: '(?s) lets . match a newline' },
  { pattern: '(?i)AB', text: 'ab', matches: true, why: '(?i) folds case' },
  { pattern: String.raw`^\w$`, text: 'é', matches: true, why: String.raw`\w knows letters beyond ASCII` },
  { pattern: String.raw`^[\w-]+$`, text: 'é-1', matches: true, why: String.raw`\w in a class too` },
  { pattern: String.raw`^\d$`, text: '٣', matches: true, why: String.raw`\d knows digits beyond ASCII` },
  { pattern: String.raw`é\b`, text: 'éa', matches: false, why: String.raw`\b lies between words as \w knows them` },
  { pattern: String.raw`a\Z`, text: 'a\n', matches: false, why: String.raw`\Z is the very end` },
  {
    pattern: String.raw`^[]a]\-\"\ $`,
    text: ']-" ',
    matches: true,
    why: 'a first ] is itself, and so is what needs no escape',
  },
  { pattern: 'a{2}b{,x}', text: 'aab{,x}', matches: true, why: 'a brace that does not count is itself' },
  { pattern: '(?P<n>a)b', text: 'ab', matches: true, why: 'groups have names' },
  { pattern: 'warning: (?!dict_nis)', text: 'warning: dict_nis', matches: false, why: 'look-ahead is the same' },
])('$pattern on $text: $matches, since $why', ({ pattern, text, matches }) => {
  expect(toRegExp(pattern).test(text)).toBe(matches);
});

test('what JavaScript can not express is refused', () => {
  expect(() => toRegExp('(?P<a>x)(?P=a)')).toThrow(SyntaxError);
});
