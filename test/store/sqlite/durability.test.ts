import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { systemClock } from '../../../src/clock.ts';
import { openConnection, storeFile } from '../../../src/store/sqlite/connection.ts';
import { toPutRequest } from '../../../src/store/sqlite/put-request.ts';
import { openSqliteStore } from '../../../src/store/sqlite/sqlite-store.ts';
import { Writer } from '../../../src/store/sqlite/writer.ts';
import { StoreCorruptError } from '../../../src/store/store.ts';
import { newMessage, put, putParsed, standingClock, verdict } from '../../support/store.ts';
import { temporaryDirectory } from '../../support/store-directory.ts';

test('250 means kept: the log is synced at every commit', async () => {
  await using directory = await temporaryDirectory();
  await using store = await openSqliteStore({ directory: directory.path, clock: systemClock });
  expect(await store.durability()).toEqual({ journalMode: 'wal', synchronous: 2 });
});

test('250 means kept: a message whose commit is held back is not answered', async () => {
  await using directory = await temporaryDirectory();
  await using store = await openSqliteStore({ directory: directory.path, clock: systemClock });
  const other = openConnection(storeFile(directory.path));
  other.exec('BEGIN IMMEDIATE');
  let isAnswered = false;
  const kept = put(store).then((stored) => {
    isAnswered = true;
    return stored;
  });
  // The reader needs no lock: by the time it has answered, the writer has long been asked.
  expect(await store.list({})).toEqual([]);
  expect(await store.list({})).toEqual([]);
  expect(isAnswered).toBe(false);
  other.exec('ROLLBACK');
  other.close();
  const stored = await kept;
  expect(await store.list({})).toEqual([stored]);
});

test('what was kept is there when the store is opened again, and IDs go on from there', async () => {
  await using directory = await temporaryDirectory();
  const clock = standingClock(1_700_000_000_000);
  const first = await openSqliteStore({ directory: directory.path, clock });
  const stored = await putParsed(first, { subject: 'kept' }, { searchText: 'for good' });
  const listed = await first.list({});
  await first[Symbol.asyncDispose]();
  clock.set(1_600_000_000_000);
  await using second = await openSqliteStore({ directory: directory.path, clock });
  expect(await second.list({ query: { kind: 'text', text: 'for good' } })).toEqual(listed);
  expect(second.head()).toBe(2);
  expect(second.newQueueId() > stored.id).toBe(true);
});

test('when there is no room nothing is kept, and once there is, mail is kept again', async () => {
  await using directory = await temporaryDirectory();
  await using store = await openSqliteStore({ directory: directory.path, clock: systemClock });
  using writer = new Writer(directory.path);
  const work = (fill: number): unknown => {
    const input = toPutRequest(newMessage(store, { raw: new Uint8Array(fill) }));
    writer.add([{ number: fill, operation: 'put', input }]);
    return writer.work()?.answers;
  };
  writer.connection.exec('PRAGMA max_page_count = 60');
  expect(work(1_000_000)).toEqual([
    { number: 1_000_000, error: { kind: 'full', message: expect.stringContaining('no room is left') as unknown } },
  ]);
  expect(work(1000)).toMatchObject([{ number: 1000, output: { seq: 1 } }]);
  expect(await store.counts()).toEqual({ total: 1, unread: 1 });
});

test('a message that cannot be kept does not take those with it that share its commit', async () => {
  await using directory = await temporaryDirectory();
  await using store = await openSqliteStore({ directory: directory.path, clock: systemClock });
  const twice = await put(store);
  const [a, b, c] = await Promise.allSettled([
    put(store),
    store.put({ ...newMessage(store), id: twice.id }),
    put(store),
  ]);
  expect([a, b, c]).toMatchObject([
    { status: 'fulfilled', value: { seq: 2 } },
    { status: 'rejected', reason: { message: `message ${twice.id} is kept already` } },
    { status: 'fulfilled', value: { seq: 3 } },
  ]);
});

test('a damaged database is refused, with its name and the way out', async () => {
  await using directory = await temporaryDirectory();
  writeFileSync(join(directory.path, 'store.db'), 'this is no database at all, '.repeat(1000));
  const opened = openSqliteStore({ directory: directory.path, clock: systemClock });
  await expect(opened).rejects.toThrow(StoreCorruptError);
  await expect(opened).rejects.toThrow(
    `${storeFile(directory.path)} is damaged and can't be read: move it away (with its -wal and -shm), or use another`,
  );
});

test('a database of a newer version is refused and left as it is', async () => {
  await using directory = await temporaryDirectory();
  await (await openSqliteStore({ directory: directory.path, clock: systemClock }))[Symbol.asyncDispose]();
  const newer = openConnection(storeFile(directory.path));
  newer.exec('PRAGMA user_version = 999');
  newer.close();
  const opened = openSqliteStore({ directory: directory.path, clock: systemClock });
  await expect(opened).rejects.toThrow('written by a newer version of postfixture (schema 999, this one knows');
});

test('a database from before there were verdicts is brought up to date, and what is in it waits for one', async () => {
  await using directory = await temporaryDirectory();
  const first = await openSqliteStore({ directory: directory.path, clock: systemClock });
  const stored = await put(first);
  await first[Symbol.asyncDispose]();
  const older = openConnection(storeFile(directory.path));
  older.exec('DROP INDEX messages_unjudged; ALTER TABLE messages DROP COLUMN verdict; DROP TABLE verdicts');
  older.exec('PRAGMA user_version = 1');
  older.close();
  await using second = await openSqliteStore({ directory: directory.path, clock: systemClock });
  expect(await second.list({})).toEqual([stored]);
  expect(await second.unjudged(10)).toEqual([stored.id]);
  await second.setVerdict(stored.id, verdict());
  expect(await second.journey(stored.id)).toEqual(verdict().journey);
});

test('a search index that is damaged is made again', async () => {
  await using directory = await temporaryDirectory();
  const first = await openSqliteStore({ directory: directory.path, clock: systemClock });
  await putParsed(first, {}, { searchText: 'precious' });
  await first[Symbol.asyncDispose]();
  writeFileSync(join(directory.path, 'index.db'), 'broken '.repeat(5000));
  await using second = await openSqliteStore({ directory: directory.path, clock: systemClock });
  expect(await second.counts({ query: { kind: 'text', text: 'precious' } })).toEqual({ total: 1, unread: 1 });
});

test.skipIf(process.platform === 'win32')('mail is for the eyes of its owner only', async () => {
  await using directory = await temporaryDirectory();
  const path = join(directory.path, 'deep', 'data');
  await using store = await openSqliteStore({ directory: path, clock: systemClock });
  await put(store);
  await store.list({ query: { kind: 'text', text: 'hello' } });
  const modeOf = (file: string): number => statSync(file).mode & 0o777;
  expect(modeOf(path)).toBe(0o700);
  for (const file of ['store.db', 'store.db-wal', 'index.db']) expect(modeOf(join(path, file))).toBe(0o600);
});
