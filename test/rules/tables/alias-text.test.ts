import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Finding } from '../../../src/rules/config/finding.ts';
import { readAliasText } from '../../../src/rules/tables/alias-text.ts';

function read(text: string, smtputf8 = false): { entries: unknown[]; lines: (string | undefined)[] } {
  const entries: unknown[] = [];
  const findings: Finding[] = [];
  const report = (finding: Finding): unknown => findings.push(finding);
  readAliasText(text, { file: 'aliases', smtputf8, report }, (name, value, line) => entries.push([name, value, line]));
  return { entries, lines: findings.map(({ postfixLine }) => postfixLine) };
}

test.for([
  { text: 'plain: alice', name: 'plain', value: 'alice' },
  { text: '"quoted name": carol', name: 'quoted name', value: 'carol' },
  { text: '"quo\\"te": dave', name: 'quo"te', value: 'dave' },
  { text: '"with:colon": x', name: 'with:colon', value: 'x' },
  { text: 'space before : bob', name: 'space before', value: 'bob' },
  { text: 'multi: a, b ,c,\n  d\n# inside\n  e', name: 'multi', value: 'a, b, c, d e' },
  { text: 'cmd: "|/bin/cat -n"', name: 'cmd', value: '"|/bin/cat -n"' },
  { text: 'cmd: |"/bin/cat -n"', name: 'cmd', value: '|"/bin/cat -n"' },
  { text: 'incl: :include:/etc/l', name: 'incl', value: ':include:/etc/l' },
  { text: 'com: (a (b)) alice', name: 'com', value: '(a (b)) alice' },
  { text: 'full: "F N" <a@b.test>', name: 'full', value: '"F N" <a@b.test>' },
  { text: 'esc: a\\"b', name: 'esc', value: '"a\\"b"' },
  { text: '\\q: a\\ b', name: 'q', value: '"a b"' },
  { text: 'dots: a . b', name: 'dots', value: 'a.b' },
  { text: 'lit: a@[ 1.2 ]', name: 'lit', value: 'a@[ 1.2 ]' },
  { text: 'open: "a', name: 'open', value: '"a"' },
  { text: '"": x', name: '', value: 'x' },
])('$text gives the name $name the value $value', ({ text, name, value }) => {
  expect(read(text).entries).toEqual([[name, value, 1]]);
});

test.for([
  { text: 'none', line: 'warning: aliases, line 1: need name:value pair' },
  { text: 'empty:', line: 'warning: aliases, line 1: need name:value pair' },
  { text: ':x', line: 'warning: aliases, line 1: need name:value pair' },
  { text: 'a, b: c', line: 'warning: aliases, line 1: need name:value pair' },
  { text: 'a@b: c', line: 'warning: aliases, line 1: name must be local' },
  { text: 'a%b: c', line: 'warning: aliases, line 1: name must be local' },
  { text: ' a: b', line: 'warning: aliases: logical line must not start with whitespace: " a: b"' },
])('$text is left out: $line', ({ text, line }) => {
  expect(read(text)).toEqual({ entries: [], lines: [line] });
});

test('whatever the text, reading it ends without throwing', () => {
  const text = fc.string({ unit: fc.constantFrom(...Array.from(' \t\n\r#"\\:,@%()[]<>|aB\xff\0')), maxLength: 80 });
  fc.assert(
    fc.property(text, fc.boolean(), (file, smtputf8) => {
      read(file, smtputf8);
    }),
  );
});
