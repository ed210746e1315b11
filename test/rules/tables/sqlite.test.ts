import { expect, test } from 'vitest';
import { LookupError } from '../../../src/rules/tables/lookup-table.ts';
import { openTable } from '../../../src/rules/tables/open-table.ts';
import { makeTableWorld, type WorldOptions } from '../../support/table-world.ts';

const at = { file: 'main.cf', line: 7 };
const QUERY = "query = SELECT b FROM t WHERE a = '%s'";

function open(lines: readonly string[], options: WorldOptions = {}) {
  const observed = makeTableWorld({
    ...options,
    files: { '/x.cf': ['dbpath = /x.db', ...lines].join('\n'), ...options.files },
  });
  return { ...observed, table: openTable('sqlite:/x.cf', at, observed.world) };
}

test.for([
  { key: "o'hara", query: "SELECT b FROM t WHERE a = 'o''hara'", why: 'a quote is doubled' },
  { key: 'back\\slash', query: "SELECT b FROM t WHERE a = 'back\\slash'", why: 'a backslash is a letter' },
  { key: 'ALICE', query: "SELECT b FROM t WHERE a = 'alice'", why: 'keys are folded' },
])('$key is asked as $query: $why', ({ key, query }) => {
  const { table, questions } = open([QUERY]);
  table.lookup(key);
  expect(questions).toEqual([{ kind: 'sqlite', file: '/x.db', query }]);
});

test('keys keep their case for postmap -f', () => {
  const { table, questions } = open([QUERY], { foldsCase: false });
  table.lookup('ALICE');
  expect(questions).toMatchObject([{ query: "SELECT b FROM t WHERE a = 'ALICE'" }]);
});

test.for([
  {
    rows: [
      ['a@x', 'z'],
      ['b@x', null],
    ],
    value: 'a@x,b@x',
    why: 'rows are joined with commas; only first columns count',
  },
  { rows: [[null]], value: undefined, why: 'NULL is nothing' },
  { rows: [[''], ['c']], value: 'c', why: 'empty values are skipped' },
  { rows: [], value: undefined, why: 'no row is not found' },
])('$rows answer $value: $why', ({ rows, value }) => {
  const { table } = open([QUERY], { answer: { rows, faults: [] } });
  expect(table.lookup('k')?.value).toBe(value);
});

test('more values than expansion_limit are an error, and Postfix’s warning', () => {
  const { table, findings } = open([QUERY, 'expansion_limit = 1'], { answer: { rows: [['a'], ['b']], faults: [] } });
  expect(() => table.lookup('k')).toThrow(LookupError);
  expect(findings.map(({ postfixLine }) => postfixLine)).toEqual([
    "warning: dict_sqlite_lookup: /x.cf: Expansion limit exceeded for key 'k'",
  ]);
});

test.for([
  { key: 'a@example.com', isAsked: true, why: 'its domain is in the list' },
  { key: 'a@EXAMPLE.com', isAsked: true, why: 'in any case' },
  { key: 'a@listed.test', isAsked: true, why: 'it is in the file of the list' },
  { key: 'a@mapped.test', isAsked: true, why: 'it is in the table of the list' },
  { key: 'a@not.test', isAsked: false, why: 'it is left out' },
  { key: 'a@sub.example.com', isAsked: false, why: 'subdomains aren’t meant' },
  { key: 'example.com', isAsked: false, why: 'it is no address' },
])('with a list of domains $key is asked: $isAsked, since $why', ({ key, isAsked }) => {
  const domain = 'domain = !not.test, example.com not.test /domains inline:{mapped.test=1}';
  const { table, questions } = open([QUERY, domain], { files: { '/domains': '# comment\nlisted.test\n' } });
  table.lookup(key);
  expect(questions.length > 0).toBe(isAsked);
});

test('a list of domains that can’t be read fails the lookup that needs it', () => {
  const { table, findings } = open([QUERY, 'domain = example.com, /missing']);
  expect(table.lookup('a@example.com')).toBeUndefined();
  expect(() => table.lookup('a@other.test')).toThrow(LookupError);
  expect(findings).toMatchObject([{ postfixLine: 'warning: open file /missing: No such file or directory' }]);
});

test('the older parameters make a query', () => {
  const { table, questions } = open([
    'table = t',
    'select_field = b',
    'where_field = a',
    "additional_conditions = and c = 'z'",
  ]);
  table.lookup('k');
  expect(questions).toMatchObject([{ query: "SELECT b FROM t WHERE a='k' and c = 'z'" }]);
});

test('its parameters may stand in main.cf', () => {
  const parameters = { my_dbpath: '/y.db', my_query: "SELECT '%s'" };
  const { world, questions } = makeTableWorld({ parameters });
  openTable('sqlite:my', at, world).lookup('k');
  expect(questions).toEqual([{ kind: 'sqlite', file: '/y.db', query: "SELECT 'k'" }]);
});

test('a key that isn’t UTF-8 isn’t found', () => {
  const { table, questions } = open([QUERY]);
  expect(table.lookup('\xff')).toBeUndefined();
  expect(questions).toEqual([]);
});

test.for([
  { lines: ["query = '%x'"], line: "fatal: db_common_parse: /x.cf: Invalid query template: '%x'" },
  { lines: [QUERY, 'result_format = %q'], line: 'fatal: db_common_parse: /x.cf: Invalid result template: %q' },
  { lines: [QUERY, 'result_format ='], line: 'fatal: /x.cf: bad string length 0 < 1: result_format = ' },
  { lines: ['query ='], line: 'fatal: /x.cf: bad string length 0 < 1: table = ' },
  { lines: ['table = t'], line: 'fatal: /x.cf: bad string length 0 < 1: select_field = ' },
  { lines: [QUERY, 'expansion_limit = 1x'], line: 'fatal: /x.cf: bad numerical configuration: expansion_limit = 1x' },
  { lines: [QUERY, 'dbpath ='], line: 'fatal: /x.cf: bad string length 0 < 1: dbpath = ' },
])('$lines: $line', ({ lines, line }) => {
  const { findings, table } = open(lines);
  expect(findings.map(({ postfixLine }) => postfixLine)).toContain(line);
  expect(() => table.lookup('k')).toThrow(LookupError);
});

test.for([
  {
    stage: 'prepare',
    lines: ['fatal: dict_sqlite_lookup: /x.cf: SQL prepare failed: no such table: t\n'],
  },
  { stage: 'open', lines: ["fatal: sqlite:/x.cf: Can't open database: no such table: t\n"] },
  {
    stage: 'step',
    lines: [
      "warning: dict_sqlite_lookup: /x.cf: SQL step failed for query 'SELECT 1': no such table: t\n",
      "fatal: dict_sqlite_lookup: /x.cf: SQL finalize failed for query 'SELECT 1': no such table: t\n",
    ],
  },
] as const)('a fault at $stage is said in Postfix’s words', ({ stage, lines }) => {
  const answer = { faults: [{ stage, where: '/x.db', message: 'no such table: t' }] };
  const { table, findings } = open(['query = SELECT 1'], { answer });
  expect(() => table.lookup('k')).toThrow(LookupError);
  expect(findings.map(({ postfixLine }) => postfixLine)).toEqual(lines);
});

test.for([
  { spec: 'sqlite:/missing.cf', line: 'error: open /missing.cf: No such file or directory' },
  { spec: 'sqlite:missing', line: 'error: unsupported dictionary type: sqlite' },
])('$spec, of which nothing is configured: $line', ({ spec, line }) => {
  const { world, findings } = makeTableWorld();
  openTable(spec, at, world);
  expect(findings).toMatchObject([{ at, postfixLine: line }]);
});
