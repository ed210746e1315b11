import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Finding } from '../../../src/rules/config/finding.ts';
import { parseMainCf, splitNameValue } from '../../../src/rules/config/main-cf.ts';

function parse(text: string, known = new Map<string, string>()) {
  const findings: Finding[] = [];
  const entries = parseMainCf(text, 'main.cf', (finding) => findings.push(finding), known);
  return { entries, said: findings.map(({ postfixLine }) => postfixLine), findings };
}

test.for([
  { text: 'a = b\n', value: 'b', why: 'white space around the name and the value does not count' },
  { text: 'a=b', value: 'b', why: 'nor does a last line without an end' },
  { text: 'a =\n', value: '', why: 'a value may be empty' },
  { text: 'a = b = c\n', value: 'b = c', why: 'the first = counts' },
  { text: 'a = b # c\n', value: 'b # c', why: 'a comment after a value is part of the value' },
  { text: 'a = b\n c\n', value: 'b c', why: 'a line that begins with white space continues the last' },
  { text: 'a = b\n# x\n\n  # y\n\tc\n', value: 'b\tc', why: 'comments and blank lines do not end it' },
  { text: 'a\n = b\n', value: 'b', why: 'the = may be on the next line' },
  { text: 'a = b \\\n c\n', value: 'b \\ c', why: 'a backslash is nothing special' },
  { text: 'a = b\r\n', value: 'b', why: 'CR is white space' },
  { text: 'a = b\0c\n', value: 'b', why: 'NUL ends the line' },
  { text: '# a = x\na = b\n', value: 'b', why: 'lines that begin with # are comments' },
  { text: 'a = \xc3\xa9\xff\n', value: '\xc3\xa9\xff', why: 'octets stay as they are' },
])('$text: $why', ({ text, value }) => {
  const { entries, said } = parse(text);

  expect(entries.map((entry) => [entry.name, entry.value])).toEqual([['a', value]]);
  expect(said).toEqual([]);
});

test('an entry knows where its name and its value stand', () => {
  const { entries } = parse('# x\na =\n  # y\n  b c\n');

  expect(entries[0]?.at).toEqual({ file: 'main.cf', line: 2, column: 1 });
  expect(entries[0]?.valueAt).toEqual({ file: 'main.cf', line: 4, column: 3 });
});

describe('what is wrong is said in Postfix’s words, and the rest is read', () => {
  test.for([
    { text: '\nfoo\n  bar\n', said: 'fatal: main.cf, line 2: missing \'=\' after attribute name: "foo  bar"' },
    { text: '= b\n', said: 'fatal: main.cf, line 1: missing attribute name: "= b"' },
    { text: 'a b = c\n', said: 'fatal: main.cf, line 1: missing \'=\' after attribute name: "a b = c"' },
    { text: ' x\n y\n', said: 'warning: main.cf: logical line must not start with whitespace: " x y"' },
    {
      text: ` ${'x'.repeat(40)}\n`,
      said: `warning: main.cf: logical line must not start with whitespace: " ${'x'.repeat(29)}..."`,
    },
    { text: 'a = b\na = c\n', said: 'warning: main.cf, line 2: overriding earlier entry: a=b' },
  ])('$text: $said', ({ text, said }) => {
    const result = parse(`${text}last = read\n`);

    expect(result.said).toEqual([said]);
    expect(result.entries.at(-1)).toMatchObject({ name: 'last', value: 'read' });
  });
});

test('an entry that repeats another to the letter is no mistake', () => {
  expect(parse('a = b\na = b\n').said).toEqual([]);
});

test('an entry that overrides what was known before is told of', () => {
  const known = new Map([['config_directory', '/etc/postfix']]);

  expect(parse('config_directory = /x\n', known).said).toEqual([
    'warning: main.cf, line 1: overriding earlier entry: config_directory=/etc/postfix',
  ]);
});

test('any octets are read without an error, and every entry is a name and a value', () => {
  fc.assert(
    fc.property(
      fc.string({
        unit: fc.constantFrom(' ', '\t', '\n', '\r', '=', '#', 'a', 'b', '\0', '\xff', '$'),
        maxLength: 200,
      }),
      (text) => {
        for (const { name, value } of parse(text).entries) {
          expect(name).toMatch(/^[^\s=]+$/);
          expect(value).toBe(value.replace(/^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$/g, ''));
        }
      },
    ),
  );
});

test('a megabyte of blanks takes no time', () => {
  const text = `a${' '.repeat(1_000_000)}b`;

  expect(splitNameValue(text)).toEqual({ fault: "missing '=' after attribute name" });
  expect(splitNameValue(`a =${' '.repeat(1_000_000)}`)).toMatchObject({ name: 'a', value: '' });
});
