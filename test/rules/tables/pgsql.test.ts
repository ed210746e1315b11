import { expect, test } from 'vitest';
import type { Answer, PgsqlQuestion } from '../../../src/rules/question.ts';
import { LookupError } from '../../../src/rules/tables/lookup-table.ts';
import { openTable } from '../../../src/rules/tables/open-table.ts';
import { makeTableWorld } from '../../support/table-world.ts';

const at = { file: 'main.cf', line: 7 };
const QUERY = "query = SELECT b FROM t WHERE a = '%s'";

function open(lines: readonly string[], answer: Answer = { rows: [], faults: [] }) {
  const observed = makeTableWorld({ files: { '/x.cf': ['dbname = mail', ...lines].join('\n') }, answer });
  const table = openTable('pgsql:/x.cf', at, observed.world);
  return { ...observed, table, asked: observed.questions as readonly PgsqlQuestion[] };
}

test.for([
  { written: '', hosts: ['inet localhost '], why: 'without hosts it is this machine' },
  { written: 'unix:/run/pg', hosts: ['unix /run/pg '], why: 'a socket’s directory' },
  { written: '/run/pg', hosts: ['unix /run/pg '], why: 'a path needs no prefix' },
  { written: 'inet:db.test:5433', hosts: ['inet db.test 5433'], why: 'a host with its port' },
  { written: 'db.test', hosts: ['inet db.test '], why: 'a host needs no prefix' },
  { written: 'b, unix:/s a', hosts: ['unix /s ', 'inet b ', 'inet a '], why: 'sockets are tried first' },
  { written: 'postgresql://u@h/d', hosts: ['uri postgresql://u@h/d '], why: 'a URI is left whole' },
])('hosts = $written: $why', ({ written, hosts }) => {
  const { table, asked } = open([QUERY, `hosts = ${written}`, 'user = u', 'password = p']);
  table.lookup('k');
  expect(asked[0]?.hosts.map(({ kind, name, port }) => `${kind} ${name} ${port}`)).toEqual(hosts);
  expect(asked).toMatchObject([{ user: 'u', password: 'p', dbname: 'mail' }]);
});

test.for([
  { lines: [QUERY, 'select_function = f'], query: "SELECT b FROM t WHERE a = 'o''k'", why: 'query goes before all' },
  { lines: ['select_function = f', 'table = t'], query: "SELECT f('o''k')", why: 'a function goes before a table' },
  {
    lines: ['table = t', 'select_field = b', 'where_field = a'],
    query: "SELECT b FROM t WHERE a='o''k' ",
    why: 'the oldest form',
  },
])('$lines asks $query: $why', ({ lines, query }) => {
  const { table, asked } = open(lines);
  table.lookup("o'k");
  expect(asked).toMatchObject([{ query }]);
});

test('every column counts, and an empty or NULL one is warned of', () => {
  const { table, findings } = open([QUERY], {
    rows: [
      ['a', ''],
      [null, 'b'],
    ],
    faults: [],
  });
  expect(table.lookup('k')?.value).toBe('a,b');
  const line = 'warning: table "pgsql:/x.cf": empty lookup result for: "k" -- ignored';
  expect(findings.map(({ postfixLine }) => postfixLine)).toEqual([line, line]);
});

test('hosts that failed are told of, though another answered', () => {
  const { table, findings } = open([QUERY], {
    rows: [['v']],
    faults: [{ stage: 'connect', where: 'a.test', message: 'no\n\troute' }],
  });
  expect(table.lookup('k')?.value).toBe('v');
  expect(findings).toMatchObject([{ postfixLine: 'warning: connect to pgsql server a.test: no\n\troute\n' }]);
});

test('a server that isn’t asked is a finding that says how to allow or stub it', () => {
  const answer = {
    faults: [{ stage: 'refused', where: 'postgresql://u:secret@db.test/d', message: 'not asked' }],
  } as const;
  const { table, findings } = open([QUERY], answer);
  expect(() => table.lookup('k')).toThrow(new LookupError('pgsql:/x.cf', 'not asked'));
  expect(findings).toMatchObject([{ code: 'lookup-not-asked', at: { file: '/x.cf' } }]);
  expect(findings[0]?.hint).toContain('catch_lookup_allow, or put inline:{key=value}');
  expect(JSON.stringify(findings)).not.toContain('secret');
});
