import Database from 'libsql';
import fc from 'fast-check';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createSqliteAnswerer } from '../../src/lookups/sqlite.ts';
import { querySqlite } from '../../src/lookups/sqlite-query.ts';
import { toOctets } from '../../src/rules/octets.ts';
import type { Answer } from '../../src/rules/question.ts';
import { quoteForSqlite } from '../../src/rules/tables/sqlite.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const signal = new AbortController().signal;

async function makeDatabase() {
  const directory = await makeTemporaryDirectory();
  const path = join(directory.path, 'x ?#%.db');
  const database = new Database(path);
  database.exec("CREATE TABLE t (a TEXT, b); INSERT INTO t VALUES ('k', 'v1'), ('k', NULL), ('o''hara', 'é')");
  database.close();
  return { directory, path, ask: (query: string): Answer => querySqlite({ path, query, where: '/x.db' }) };
}

test.for([
  {
    query: "SELECT b, a FROM t WHERE a = 'k'",
    rows: [
      ['v1', 'k'],
      [null, 'k'],
    ],
    why: 'all rows and columns',
  },
  { query: "SELECT b FROM t WHERE a = 'o''hara'", rows: [[toOctets('é')]], why: 'text is its UTF-8 octets' },
  { query: 'SELECT 17, 1.0, 9007199254740993', rows: [['17', '1.0', '9007199254740993']], why: 'numbers' },
  { query: 'SELECT 0.1 + 0.2, 1e100, -0.00001', rows: [['0.3', '1.0e+100', '-1.0e-05']], why: 'real numbers' },
  { query: "SELECT x'41ff42', x'410042'", rows: [['A\xffB', 'A']], why: 'blobs, up to NUL' },
  { query: 'SELECT 1; DROP TABLE t', rows: [['1']], why: 'what follows the first statement is ignored' },
])('$query is answered by $rows: $why', async ({ query, rows }) => {
  const { directory, ask } = await makeDatabase();
  await using _ = directory;
  expect(ask(query)).toEqual({ rows, faults: [] });
});

test.for([
  { query: 'SELEC 1', stage: 'prepare', message: 'near "SELEC": syntax error' },
  { query: 'SELECT x FROM nosuch', stage: 'prepare', message: 'no such table: nosuch' },
  { query: 'SELECT abs(-9223372036854775808)', stage: 'step', message: 'integer overflow' },
  {
    query: "INSERT INTO t VALUES ('n', 1) RETURNING a",
    stage: 'step',
    message: 'attempt to write a readonly database',
  },
  { query: 'DROP TABLE t', stage: 'step', message: 'attempt to write a readonly database' },
  { query: "ATTACH 'new.db' AS n", stage: 'step', message: 'attempt to write a readonly database' },
  {
    query: 'WITH RECURSIVE r(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM r) SELECT hex(zeroblob(1000)) FROM r',
    stage: 'step',
    message: 'the result is longer than 1000000 octets',
  },
])('$query fails at $stage: $message', async ({ query, stage, message }) => {
  const { directory, ask } = await makeDatabase();
  await using _ = directory;
  expect(ask(query)).toEqual({ faults: [{ stage, where: '/x.db', message }] });
  expect(ask('SELECT count(*) FROM t').rows).toEqual([['3']]);
  expect(readdirSync(directory.path)).toEqual(['x ?#%.db']);
});

test('a file that isn’t there can’t be opened, and isn’t made', async () => {
  await using directory = await makeTemporaryDirectory();
  const path = join(directory.path, 'missing.db');
  expect(querySqlite({ path, query: 'SELECT 1', where: '/x.db' })).toEqual({
    faults: [{ stage: 'open', where: '/x.db', message: 'unable to open database file' }],
  });
  expect(existsSync(path)).toBe(false);
});

test('no key leaves its quotes', async () => {
  const { directory, ask } = await makeDatabase();
  await using _ = directory;
  const hostile = fc.string({ unit: fc.constantFrom("'", '"', '\\', ';', '-', '\n', '%', ')', 'a', 'é', '\x7f') });
  fc.assert(
    fc.property(fc.oneof(hostile, fc.string({ unit: 'grapheme' })), (key) => {
      fc.pre(!key.includes('\0'));
      expect(ask(`SELECT '${quoteForSqlite(key)}', 'end'`).rows).toEqual([[toOctets(key), 'end']]);
    }),
    { numRuns: 300 },
  );
});

test('a query that doesn’t end is ended, and the next one is answered', async () => {
  const { directory, path } = await makeDatabase();
  await using _ = directory;
  const answerer = createSqliteAnswerer({ mapPath: () => path, timeoutMs: 500 });
  const ask = (query: string): Promise<Answer> => answerer.answer({ kind: 'sqlite', file: '/x.db', query }, { signal });
  const endless = 'WITH RECURSIVE r(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM r) SELECT max(x) FROM r';
  const [first, second] = await Promise.all([ask(endless), ask("SELECT b FROM t WHERE a = 'k'")]);
  expect(first).toEqual({ faults: [{ stage: 'step', where: '/x.db', message: 'interrupted' }] });
  expect(second.rows).toEqual([['v1'], [null]]);
  await answerer.close();
});
