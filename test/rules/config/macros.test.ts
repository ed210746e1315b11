import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { escapeMacros, expandMacros, MacroError, scanMacros } from '../../../src/rules/config/macros.ts';

const VALUES = new Map([
  ['h', 'host'],
  ['e', ''],
  ['deep', '<$h>'],
  ['loop', '$loop'],
  ['level', '3.6'],
  ['itself', '${{$itself} == {x}}'],
  ['tail', '$tail y $h'],
  ...Array.from({ length: 60 }, (_, n) => [`d${n}`, `$d${n + 1}$d${n + 1}`] as const),
  ['d60', 'xxxxxxxxxx'],
]);

const expand = (text: string) => expandMacros(text, (name) => VALUES.get(name));

function failureOf(text: string): MacroError | undefined {
  try {
    expand(text);
  } catch (error) {
    if (error instanceof MacroError) return error;
    throw error;
  }
  return undefined;
}

test.for([
  ['$h ${h} $(h) $h.x ${h}x', 'host host host host.x hostx'],
  ['$$h $$$h', '$h $host'],
  ['{$h}', '{host}'],
  ['$deep', '<host>'],
  ['[$nosuch$e]', '[]'],
  ['${ h }', 'host'],
  ['${h?yes}${e?no}', 'yes'],
  ['${h:no}${e:yes}${nosuch:too}', 'yestoo'],
  ['${h?{a}:{b}} ${e?{a}:{b}} ${h ? {a} : {b} }', 'a b a'],
  ['${h?{a}:b}', 'a'],
  ['${h? a }', ' a '],
  ['${e:${h?{deep $h}:{x}}}', 'deep host'],
  ['$(h?{a}:{b})', 'a'],
  ['${{$h} == {host}?{eq}:{ne}}', 'eq'],
  ['${{$h}=={x}?{eq}:{ne}}', 'ne'],
  ['[${{1} <= {1}}] [${{2} <= {1}}]', '[true] []'],
  ['${{10} > {9}?{number}:{text}}', 'number'],
  ['${{9a} < {10}?{number}:{text}}', 'text'],
  ['${{001} == {1}?{number}:{text}}', 'number'],
  ['${{+1} == {1}?{number}:{text}}', 'text'],
  ['${{ a } == {a}?{trimmed}:{kept}}', 'kept'],
  ['${{$level} <level {3.10} ? {older} : {newer}}', 'older'],
  ['${{10} <level {9} ? {older} : {newer}}', 'newer'],
] as const)('%s is %s', ([text, expanded]) => {
  expect(expand(text)).toBe(expanded);
});

describe('what can’t be read is said in Postfix’s words', () => {
  test.for([
    ['${h', 'truncated macro reference: "${h"'],
    ['$(h}', 'truncated macro reference: "$(h}"'],
    ['x$', 'empty macro name: "x$"'],
    ['${}', 'empty macro name: "${}"'],
    ['${h-x}', 'attribute name syntax error at: "...h>>>-x"'],
    ['${h x}', 'attribute name syntax error at: "...h>>> x"'],
    ['${h?{a}{b}}', '":" expected at: "...a}>>>{b}"'],
    ['${h?{a}:{b}x}', 'unexpected input at: "...b}>>>x"'],
    ['${h:{a}:{b}}', 'unexpected input at: "...a}>>>:{b}"'],
    ['${{a} == {b}x}', '"?" or ":" expected at: "...}>>>x"'],
    ['${{a} == b}', '"{expression}" expected at: "...{a} ==>>> b"'],
    ['${{a} <size {b}}', 'bad operator suffix at: "...<>>>size"'],
    ['${{a} <level {3}}', 'malformed compatibility level syntax: "a"'],
    ['$(h?{a)', 'unbalanced {} in attribute expression: "{a"'],
    ['${{a} =~ {b}}', '"==" or "!="" or "<"" or "<="" or ">="" or ">" expected at: "...a}>>>=~ {b}"'],
    ['$loop', 'unreasonable macro call nesting: "loop"'],
  ] as const)('%s: %s', ([text, warning]) => {
    expect(failureOf(text)).toMatchObject({ message: 'macro processing error', warnings: [warning] });
  });
});

test('beyond a hundred levels each piece of what follows is complained of, as in Postfix', () => {
  const warnings = failureOf('$tail')?.warnings ?? [];

  expect(warnings.filter((line) => line.endsWith('"tail"'))).toHaveLength(1);
  expect(warnings.filter((line) => line.endsWith('" y "'))).toHaveLength(101);
});

test('a number that C’s long can’t hold is fatal', () => {
  expect(failureOf('${{9223372036854775808} == {1}}')?.message).toBe(
    'mac_exp_eval: bad conversion: 9223372036854775808',
  );
});

test.for([['$d0'], ['$itself'], ['${a:'.repeat(5000) + '}'.repeat(5000)], ['${{'.repeat(5000) + '}}'.repeat(5000)]])(
  'what would take all memory or stack is refused',
  ([text = '']) => {
    expect(failureOf(text)).toBeInstanceOf(MacroError);
  },
);

test('names that stand without a condition and mean nothing are told', () => {
  const unknown: string[] = [];
  expandMacros(
    '$a ${b?x} ${c:y} ${d}',
    () => undefined,
    (name) => unknown.push(name),
  );

  expect(unknown).toEqual(['a', 'd']);
});

test('a scan asks for the names of both branches and of comparisons, and looks no deeper', () => {
  const names: string[] = [];
  const warnings = scanMacros('$a ${b?{$c}:{$d}} ${{$e} == {$f} ? {$g} : {$h}}', (name) => names.push(name));

  expect({ names, warnings }).toEqual({ names: ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'], warnings: [] });
});

test('a scan says what is wrong', () => {
  expect(scanMacros('${a', () => {})).toEqual(['truncated macro reference: "${a"']);
});

test('escaped text comes out as it was, whatever it is', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(expand(escapeMacros(text))).toBe(text);
    }),
  );
});

test('any text is expanded, or refused by the documented error', () => {
  const pieces = fc.constantFrom('$', '${', '$(', '{', '}', ')', '?', ':', 'h', 'loop', 'd0', ' ', '==', '<level', '1');
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 25 }), (parts) => {
      const text = parts.join('');
      scanMacros(text, () => {});
      failureOf(text);
    }),
  );
});
