import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPgsqlAnswerer, type PgsqlAnswerer } from '../../src/lookups/pgsql.ts';
import type { Answer, PgsqlHost } from '../../src/rules/question.ts';
import { quoteForPgsql } from '../../src/rules/tables/pgsql.ts';
import { findPostgres, startPostgres, type Postgres } from '../support/postgres.ts';

const signal = new AbortController().signal;

function toHost(kind: PgsqlHost['kind'], name: string, port = ''): PgsqlHost {
  return { kind, name, port, written: name };
}

function createAnswerer(timeoutMs = 5000): PgsqlAnswerer {
  return createPgsqlAnswerer({ allow: () => [], mapPath: (path) => path, timeoutMs });
}

function askWith(
  answerer: PgsqlAnswerer,
  query: string,
  hosts: readonly PgsqlHost[],
  user = 'postgres',
): Promise<Answer> {
  return answerer.answer({ kind: 'pgsql', hosts, user, password: '', dbname: 'postgres', query }, { signal });
}

describe.skipIf(findPostgres() === undefined)('a real PostgreSQL (npm run test:all installs it)', () => {
  let postgres: Postgres;
  let answerer: PgsqlAnswerer;
  beforeAll(async () => {
    postgres = await startPostgres();
    answerer = createAnswerer();
  });
  afterAll(async () => {
    await answerer.close();
    await postgres[Symbol.asyncDispose]();
  });
  const socket = (): PgsqlHost => toHost('unix', postgres.directory);
  const ask = (query: string): Promise<Answer> => askWith(answerer, query, [socket()]);

  test.for([
    {
      query: "SELECT 'a', NULL, '' UNION ALL SELECT 'b', 'c', 'd'",
      rows: [
        ['a', null, ''],
        ['b', 'c', 'd'],
      ],
    },
    { query: 'SELECT 1.50::numeric, true, 1e100::float8', rows: [['1.50', 't', '1e+100']] },
    { query: "SELECT '{1,2}'::int[], 'x'::bytea, '2020-01-02'::date", rows: [['{1,2}', '\\x78', '2020-01-02']] },
    { query: 'SELECT 1; SELECT 2', rows: [['2']] },
    { query: "SELECT '\xe9', length('\xe9')", rows: [['\xe9', '1']] },
    { query: "SELECT 'back\\slash'", rows: [['back\\slash']] },
  ])('$query is answered by $rows, each column as the server writes it', async ({ query, rows }) => {
    expect(await ask(query)).toEqual({ rows, faults: [] });
  });

  test.for([
    { query: 'SELEC b', message: 'ERROR:  syntax error at or near "SELEC"\nLINE 1: SELEC b\n        ^' },
    { query: 'CREATE TABLE t (a int)', message: 'ERROR:  cannot execute CREATE TABLE in a read-only transaction' },
    {
      query: 'SELECT chr(8364)',
      message:
        'ERROR:  character with byte sequence 0xe2 0x82 0xac in encoding "UTF8" has no equivalent in encoding "LATIN1"',
    },
  ])('$query fails: $message', async ({ query, message }) => {
    expect(await ask(query)).toEqual({ faults: [{ stage: 'query', where: postgres.directory, message }] });
  });

  test('no key leaves its quotes', async () => {
    const octet = fc.oneof(fc.constantFrom("'", '\\', '"', ';', '\n', '$'), fc.integer({ min: 1, max: 255 }));
    const unit = octet.map((value) => (typeof value === 'number' ? String.fromCharCode(value) : value));
    await fc.assert(
      fc.asyncProperty(fc.string({ unit }), async (key) => {
        expect((await ask(`SELECT '${quoteForPgsql(key)}', 'end'`)).rows).toEqual([[key, 'end']]);
      }),
    );
  });

  test('a connection that the server ended is replaced', async () => {
    const [[pid] = []] = (await ask('SELECT pg_backend_pid()')).rows ?? [];
    const other = createAnswerer();
    await askWith(other, `SELECT pg_terminate_backend(${pid ?? ''}, 5000)`, [socket()]);
    await other.close();
    expect((await ask('SELECT 1')).rows).toEqual([['1']]);
  });

  test('a query that takes too long is given up', async () => {
    const hasty = createAnswerer(200);
    const { rows, faults } = await askWith(hasty, 'SELECT pg_sleep(60)', [socket()]);
    await hasty.close();
    expect(rows).toBeUndefined();
    expect(faults).toMatchObject([{ stage: 'query' }]);
  });

  test('a host that isn’t there is told of, and the next one is asked', async () => {
    const hosts = [toHost('unix', '/nonexistent'), socket()];
    expect(await askWith(answerer, 'SELECT 1', hosts)).toEqual({
      rows: [['1']],
      faults: [
        {
          stage: 'connect',
          where: '/nonexistent',
          message:
            'connection to server on socket "/nonexistent/.s.PGSQL.5432" failed: No such file or directory\n\tIs the server running locally and accepting connections on that socket?',
        },
      ],
    });
  });

  test('a server that lets nobody in is quoted', async () => {
    const { faults } = await askWith(answerer, 'SELECT 1', [socket()], 'nobody');
    expect(faults[0]?.message).toBe(
      `connection to server on socket "${postgres.directory}/.s.PGSQL.5432" failed: FATAL:  role "nobody" does not exist`,
    );
  });

  test('a host may be a whole URI', async () => {
    const uri = `postgresql://postgres@/postgres?host=${postgres.directory}`;
    expect((await askWith(answerer, 'SELECT current_database()', [toHost('uri', uri)])).rows).toEqual([['postgres']]);
  });
});

test.for([
  { host: toHost('inet', '192.0.2.1') },
  { host: toHost('uri', 'postgresql://u:p@192.0.2.1/d') },
  { host: toHost('uri', 'postgresql:///d?host=192.0.2.1') },
])('$host.name isn’t this machine, and is not asked', async ({ host }) => {
  const answerer = createAnswerer();
  expect(await askWith(answerer, 'SELECT 1', [host])).toMatchObject({ faults: [{ stage: 'refused' }] });
  await answerer.close();
});

test('a port that is none is said in libpq’s words', async () => {
  const answerer = createAnswerer();
  expect(await askWith(answerer, 'SELECT 1', [toHost('inet', '127.0.0.1', 'abc')])).toMatchObject({
    faults: [{ stage: 'connect', message: 'invalid integer value "abc" for connection option "port"' }],
  });
  await answerer.close();
});
