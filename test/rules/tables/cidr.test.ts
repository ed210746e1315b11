import { expect, test } from 'vitest';
import { openTable } from '../../../src/rules/tables/open-table.ts';
import { makeTableWorld } from '../../support/table-world.ts';

const at = { file: 'main.cf', line: 7 };

function ask(text: string, key: string): { readonly value: string | undefined; readonly lines: readonly unknown[] } {
  const { world, findings } = makeTableWorld({ files: { t: text } });
  const value = openTable('cidr:t', at, world).lookup(key)?.value;
  return { value, lines: findings.map(({ postfixLine }) => postfixLine) };
}

test.for([
  { text: '192.0.2.1 host\n192.0.2.0/24 net\n', key: '192.0.2.1', value: 'host', why: 'the first that holds it' },
  { text: '!10.0.0.0/8 other\n', key: '192.0.2.1', value: 'other', why: 'a negated network' },
  { text: '!10.0.0.0/8 other\n', key: '::1', value: undefined, why: 'not for the other family' },
  { text: '! ! 10.0.0.0/8 ten $1\n', key: '10.1.1.1', value: 'ten $1', why: 'twice negated; $1 is text' },
  { text: 'if 10.0.0.0/8\n10.1.0.0/16 a\nendif\n0.0.0.0/0 b\n', key: '10.1.1.1', value: 'a', why: 'a block' },
  { text: 'if 10.0.0.0/8\n0.0.0.0/0 a\nendif\n0.0.0.0/0 b\n', key: '1.1.1.1', value: 'b', why: 'a block not entered' },
  { text: 'IF !10.0.0.0/8\n::/0 a\nENDIF\n::/0 b\n', key: '::1', value: 'b', why: 'a negated block, other family' },
  { text: '10.0.0.0/8 a\n', key: 'mail.example.com', value: undefined, why: 'a name is no address' },
])('$text asked for $key: $why', ({ text, key, value }) => {
  expect(ask(text, key)).toEqual({ value, lines: [] });
});

test.for([
  { text: '10.0.0.0/8\n', line: 'line 1: no lookup result: skipping this rule' },
  { text: '!\n', line: 'line 1: no address pattern: skipping this rule' },
  { text: 'if\n', line: 'line 1: no address pattern: skipping this rule' },
  {
    text: '# c\n10.0.0.1/8 a\n',
    line: 'line 2: non-null host address bits in "10.0.0.1/8", perhaps you should use "10.0.0.0/8" instead: skipping this rule',
  },
  { text: 'endif\n', line: 'line 1: ENDIF without IF: skipping this rule' },
  { text: 'endif x\n', line: 'line 1: garbage after ENDIF: skipping this rule' },
  { text: 'if 10.0.0.0/8\n', line: 'line 1: IF has no matching ENDIF' },
])('$text: $line', ({ text, line }) => {
  expect(ask(text, '10.0.0.1')).toEqual({ value: undefined, lines: [`warning: cidr map t, ${line}`] });
});

test('rules may stand in main.cf itself', () => {
  const { world } = makeTableWorld();
  const table = openTable('cidr:{{10.0.0.0/8 ten}, {::/0 six}}', at, world);
  expect(table.lookup('::1')).toEqual({ key: '::/0', value: 'six', source: at });
});

test('ten thousand blocks that are never closed are read', () => {
  const { world, findings } = makeTableWorld({ files: { t: 'if 10.0.0.0/8\n'.repeat(10_000) } });
  expect(openTable('cidr:t', at, world).lookup('10.0.0.1')).toBeUndefined();
  expect(findings).toHaveLength(10_000);
});
