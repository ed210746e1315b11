import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openTable } from '../../../src/rules/tables/open-table.ts';
import { makeTableWorld } from '../../support/table-world.ts';

const at = { file: 'main.cf', line: 7 };

function ask(
  spec: string,
  text: string,
  key: string,
): { readonly value: string | undefined; readonly lines: readonly unknown[] } {
  const { world, findings } = makeTableWorld({ files: { t: text } });
  const value = openTable(spec, at, world).lookup(key)?.value;
  return { value, lines: findings.map(({ postfixLine }) => postfixLine) };
}

const BOTH = ['regexp', 'pcre'] as const;

test.for(
  BOTH.flatMap((type) =>
    [
      { text: '/^a(.)/ got $1, ${1}, $(1), $$1\n', key: 'ax', value: 'got x, x, x, $1', why: 'groups in the result' },
      { text: '/^(a)?b/ [$1]\n', key: 'b', value: '[]', why: 'a group that took no part is empty' },
      { text: '/^A$/ yes\n', key: 'a', value: 'yes', why: 'case doesn’t count' },
      { text: '/^A$/i yes\n', key: 'a', value: undefined, why: 'unless the flag is set' },
      { text: '/^A$/ii yes\n', key: 'a', value: 'yes', why: 'twice is not at all' },
      { text: '/a.b/ yes\n', key: 'a\nb', value: 'yes', why: 'a dot is also a newline' },
      { text: '!/a/ none\n', key: 'b', value: 'none', why: 'a negated pattern' },
      { text: '! ! /a/ any\n', key: 'a', value: 'any', why: 'negated twice' },
      { text: 'if /a/\n/b/ both\nendif\n/b/ one\n', key: 'b', value: 'one', why: 'a block that isn’t entered' },
      { text: 'if /a/\nif !/b/\n/c/ yes\nendif\nendif\n', key: 'ac', value: 'yes', why: 'a block in a block' },
      { text: '|a/b|  c  d \n', key: 'a/b', value: 'c  d', why: 'any delimiter' },
      { text: '/esc\\/aped/ yes\n', key: 'esc/aped', value: 'yes', why: 'an escaped delimiter' },
      { text: '/two\n words/ yes\n', key: 'two words', value: 'yes', why: 'a line that goes on' },
    ].map((example) => ({ ...example, type })),
  ),
)('$type: $text asked for $key: $why', ({ type, text, key, value }) => {
  expect(ask(`${type}:t`, text, key)).toEqual({ value, lines: [] });
});

test.for(BOTH)('%s: an if without endif holds to the end, and is told', (type) => {
  const lines = [`warning: ${type} map t, line 1: IF has no matching ENDIF`];
  expect(ask(`${type}:t`, 'if /a/\n/b/ yes\n', 'b')).toEqual({ value: undefined, lines });
  expect(ask(`${type}:t`, 'if /a/\n/b/ yes\n', 'ab')).toEqual({ value: 'yes', lines });
});

test('regexp: a second pattern may take back what the first found', () => {
  expect(ask('regexp:t', '/^a(.)/!/c$/ $1\n', 'ab').value).toBe('b');
  expect(ask('regexp:t', '/^a(.)/!/c$/ $1\n', 'ac').value).toBeUndefined();
});

test.for([
  { type: 'regexp', text: '/a/z x', line: 'line 1: unknown regexp option "z": skipping this rule' },
  { type: 'pcre', text: '/a/z x', line: 'line 1: unknown regexp option "z": skipping this rule' },
  { type: 'regexp', text: '/a x', line: 'line 1: no closing regexp delimiter "/": skipping this rule' },
  { type: 'pcre', text: '/a x', line: 'line 1: no closing regexp delimiter "/": ignoring this rule' },
  { type: 'regexp', text: '/a/ $0', line: 'line 1: out-of-range replacement index "0"', more: 1 },
  { type: 'pcre', text: '/a/ $0', line: 'line 1: out of range replacement index "0"', more: 1 },
  { type: 'regexp', text: '/a/ $1', line: 'line 1: out of range replacement index "1": skipping this rule' },
  { type: 'regexp', text: '/(a/ x', line: 'line 1: Unmatched ( or \\(' },
  { type: 'pcre', text: '/(a/ x', line: 'line 1: error in regex at offset 2: missing closing parenthesis' },
  {
    type: 'pcre',
    text: '!/(a)/ $1',
    line: 'line 1: $number found in negative match replacement text: skipping this rule',
  },
  { type: 'pcre', text: 'a x', line: 'line 1: ignoring unrecognized request' },
  { type: 'regexp', text: '!', line: 'line 1: no regexp: skipping this rule' },
  { type: 'regexp', text: 'endif', line: 'line 1: ignoring ENDIF without matching IF' },
])('$type: $text is left out: $line', ({ type, text, line, more = 0 }) => {
  const { value, lines } = ask(`${type}:t`, `${text}\n`, 'a');
  expect(value).toBeUndefined();
  expect(lines[0]).toBe(`warning: ${type} map t, ${line}`);
  expect(lines).toHaveLength(1 + more);
});

test('pcre: the option X is ignored with a warning', () => {
  const line = 'warning: pcre map t, line 1: ignoring obsolete regexp option "X"';
  expect(ask('pcre:t', '/a/X x\n', 'a')).toEqual({ value: 'x', lines: [line] });
});

test('pcre: what only this program can’t do is a finding that Postfix has no line for', () => {
  const { world, findings } = makeTableWorld({ files: { t: '/a(*SKIP)b/ x\n/a/ y\n' } });
  expect(openTable('pcre:t', at, world).lookup('ab')?.value).toBe('y');
  expect(findings).toMatchObject([{ code: 'table-rule-unsupported', at: { file: 't', line: 1 } }]);
  expect(findings[0]).not.toHaveProperty('postfixLine');
});

test.for([
  { type: 'pcre', words: 'match limit exceeded' },
  { type: 'regexp', words: 'Memory exhausted' },
])('$type: a search that is given up is told, and the rule passed over, negated or not', ({ type, words }) => {
  const text = '!/(a*)*\\1b/ no\n/(a*)*\\1b/ yes\n/a/ last\n';
  expect(ask(`${type}:t`, text, 'a'.repeat(3000))).toEqual({
    value: 'last',
    lines: [1, 2].map((line) => `warning: ${type} map t, line ${line}: ${words}`),
  });
});

test.for([
  { spec: 'regexp:{/a/ x}', line: 'regexp map: no \'{\' at start of text in "/a/"' },
  { spec: 'pcre:{{/a/ x}', line: 'pcre map: missing \'}\' in "{{/a/ x}"' },
  { spec: 'regexp:missing', line: 'open missing: No such file or directory' },
])('$spec can’t be opened: $line', ({ spec, line }) => {
  const { world, findings } = makeTableWorld();
  openTable(spec, at, world);
  expect(findings.map(({ problem }) => problem)).toEqual([line]);
});

test('rules may stand in main.cf itself, and answer with its place', () => {
  const { world } = makeTableWorld();
  const table = openTable('pcre:{{/^a(\\d)/ got $1}, {!/b/ {neg}}}', at, world);
  expect(table.kind).toBe('pattern');
  expect(table.lookup('a1')).toEqual({ key: '/^a(\\d)/', value: 'got 1', source: at });
  expect(table.lookup('c')?.value).toBe('{neg}');
});

test('any text is a table', () => {
  const piece = fc.constantFrom(
    '/',
    'a',
    '(',
    ')',
    '$',
    '1',
    '{',
    '}',
    ' ',
    '\n',
    '!',
    'if ',
    'endif',
    '\\',
    '#',
    'i',
    '[',
  );
  fc.assert(
    fc.property(fc.constantFrom(...BOTH), fc.array(piece, { maxLength: 40 }), (type, pieces) => {
      const { world } = makeTableWorld({ files: { t: pieces.join('') } });
      openTable(`${type}:t`, at, world).lookup('a1');
    }),
  );
});
