import Database from 'libsql';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openLookups } from '../../src/lookups/lookups.ts';
import type { Finding } from '../../src/rules/config/finding.ts';
import { Unanswered } from '../../src/rules/question.ts';
import { openTable } from '../../src/rules/tables/open-table.ts';
import { startSocketmapServer } from '../support/socketmap-server.ts';
import { makeTableWorld } from '../support/table-world.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const at = { file: 'main.cf', line: 7 };
const signal = new AbortController().signal;

test('a table made of tables gathers answers from several servers', async () => {
  await using directory = await makeTemporaryDirectory();
  const path = join(directory.path, 'x.db');
  const database = new Database(path);
  database.exec("CREATE TABLE t (a, b); INSERT INTO t VALUES ('k', 'from sqlite')");
  database.close();
  await using server = await startSocketmapServer(() => ({ octets: '17:OK from socketmap,' }));
  await using lookups = openLookups({ allow: () => [], mapPath: () => path, report: () => {} });
  const { world } = makeTableWorld({
    files: { '/x.cf': "dbpath = /x.db\nquery = SELECT b FROM t WHERE a = '%s'" },
    ask: lookups.ask,
    report: lookups.report,
  });
  const table = openTable(`unionmap:{sqlite:/x.cf, socketmap:inet:127.0.0.1:${server.port}:m}`, at, world);
  const decided = await lookups.decide(() => table.lookup('k')?.value, { signal });
  expect(decided.value).toBe('from sqlite,from socketmap');
  expect(decided.steps.map(({ result }) => result)).toEqual(['from sqlite', 'OK from socketmap']);
  expect(server.requests).toEqual(['3:m k,']);
});

test('what tables find is reported once, though the decision was made several times', async () => {
  await using server = await startSocketmapServer(() => ({ octets: '4:TEMP,' }));
  const findings: Finding[] = [];
  await using lookups = openLookups({
    allow: () => [],
    mapPath: (path) => path,
    report: (found) => findings.push(found),
  });
  const { world } = makeTableWorld({ ask: lookups.ask, report: lookups.report });
  const spec = `socketmap:inet:127.0.0.1:${server.port}:m`;
  const table = openTable(spec, at, world);
  const decided = lookups.decide(() => table.lookup('k'), { signal });
  await expect(decided).rejects.toThrow(spec);
  expect(findings.map(({ postfixLine }) => postfixLine)).toEqual([`warning: ${spec} socketmap server temporary error`]);
});

test('outside of a decision nothing is answered', async () => {
  await using lookups = openLookups({ allow: () => [], mapPath: (path) => path, report: () => {} });
  expect(() => lookups.ask({ kind: 'sqlite', file: '/x.db', query: 'SELECT 1' })).toThrow(Unanswered);
});
