import { describe, expect, test } from 'vitest';
import { LookupError } from '../../../src/rules/tables/lookup-table.ts';
import { openTable } from '../../../src/rules/tables/open-table.ts';
import type { Finding } from '../../../src/rules/config/finding.ts';
import { makeTableWorld } from '../../support/table-world.ts';

const FILES = {
  one: '1\n',
  two: 'cost $1\n',
  keys: 'a one\nb one, two\nc none\nd ,\n',
  rules: '/^a$/ one\n/^(b)$/ two\n!/^x/ $1\n',
  nets: '192.0.2.1 one,two\n192.0.2.2 none\n',
};

/** Asks a table whose values name files, as `postmap -F` does. */
function ask(spec: string, key: string) {
  const { world, findings } = makeTableWorld({ files: FILES });
  const table = openTable(spec, { file: 'main.cf' }, { ...world, source: 'text', valuesNameFiles: true });
  const value = find(() => table.lookup(key)?.value);
  return { content: value && Buffer.from(value, 'base64').toString('latin1'), said: listLines(findings) };
}

function find(lookUp: () => string | undefined): string | undefined {
  try {
    return lookUp();
  } catch (error) {
    if (!(error instanceof LookupError)) throw error;
    return undefined;
  }
}

function listLines(findings: readonly Finding[]): readonly string[] {
  return findings.flatMap(({ postfixLine }) => (postfixLine === undefined ? [] : [postfixLine]));
}

describe('values that name files are what is in them', () => {
  test.for([
    { spec: 'texthash:keys', key: 'a', content: '1\n' },
    { spec: 'texthash:keys', key: 'b', content: '1\n\ncost $1\n' },
    { spec: 'hash:keys', key: 'b', content: '1\n\ncost $1\n' },
    { spec: 'regexp:rules', key: 'a', content: '1\n' },
    { spec: 'pcre:rules', key: 'b', content: 'cost $1\n' },
    { spec: 'cidr:nets', key: '192.0.2.1', content: '1\n\ncost $1\n' },
    { spec: 'inline:{a=one, {b = one two}}', key: 'b', content: '1\n\ncost $1\n' },
    { spec: 'static:{one, two}', key: 'any', content: '1\n\ncost $1\n' },
    { spec: 'randmap:{two}', key: 'any', content: 'cost $1\n' },
  ])('$spec has $key', ({ spec, key, content }) => {
    expect(ask(spec, key).content).toBe(content);
  });
});

describe('an entry whose file can’t be read is left out, or the table isn’t opened', () => {
  test.for([
    {
      spec: 'texthash:keys',
      said: [
        'warning: keys, line 3: open none: No such file or directory: skipping this entry',
        "warning: keys, line 4: empty pathname list: >>,<<': skipping this entry",
      ],
    },
    {
      spec: 'regexp:rules',
      said: ['warning: regexp map rules, line 3: open $1: No such file or directory: skipping this rule'],
    },
    {
      spec: 'cidr:nets',
      said: ['warning: cidr map nets, line 2: open none: No such file or directory: skipping this rule'],
    },
    {
      spec: 'inline:{c=none}',
      said: ['error: open none: No such file or directory: "inline:{c=none}"; need "inline:{name=filename...}"'],
    },
    { spec: 'inline:{ }', said: ['error: empty table: "inline:{ }"; need "inline:{name=filename...}"'] },
    { spec: 'static:none', said: ['error: open none: No such file or directory'] },
    { spec: 'randmap:{one,none}', said: ['error: open none: No such file or directory'] },
  ])('$spec', ({ spec, said }) => {
    expect(ask(spec, 'c')).toEqual({ content: undefined, said });
  });
});
