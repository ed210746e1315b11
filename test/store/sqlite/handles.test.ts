import { expect, test } from 'vitest';
import { systemClock } from '../../../src/clock.ts';
import { openSqliteStore } from '../../../src/store/sqlite/sqlite-store.ts';
import type { CommitNumber } from '../../../src/store/store.ts';
import { parseOutcome, put, putParsed, takeChanges } from '../../support/store.ts';
import { temporaryDirectory } from '../../support/store-directory.ts';

const AT_START = 0 as CommitNumber;

test('two handles on one directory hear of each other, without gaps and in one order', async () => {
  await using directory = await temporaryDirectory();
  await using a = await openSqliteStore({ directory: directory.path, clock: systemClock });
  await using b = await openSqliteStore({ directory: directory.path, clock: systemClock });
  const heard = [takeChanges(a, undefined, 40), takeChanges(b, undefined, 40)];
  const puts = Array.from({ length: 20 }, () => [put(a), put(b)]).flat();
  const stored = await Promise.all(puts);
  const [fromA = [], fromB = []] = await Promise.all(heard);
  expect(fromA.map(({ seq }) => seq)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
  expect(fromB).toEqual(fromA);
  expect(new Set(stored.map(({ id }) => id)).size).toBe(40);
  expect(await a.counts()).toEqual({ total: 40, unread: 40 });
});

test('what another handle changes is heard: parsed, read, deleted', async () => {
  await using directory = await temporaryDirectory();
  await using a = await openSqliteStore({ directory: directory.path, clock: systemClock });
  await using b = await openSqliteStore({ directory: directory.path, clock: systemClock });
  const { id } = await put(a, { inbox: 'x' });
  const heard = takeChanges(b, AT_START, 3);
  await a.setParsed(id, 1, parseOutcome(Buffer.from('Subject: hello\r\n\r\n'), { searchText: 'text' }));
  await a.setRead({ ids: [id] }, true);
  expect(await heard).toMatchObject([
    { seq: 1, type: 'new', inbox: 'x', message: { id } },
    { seq: 2, type: 'parsed', inbox: 'x', message: { id, parse: { state: 'parsed' } } },
    { seq: 3, type: 'update', ids: [id], read: true },
  ]);
  await b.delete({ ids: [id] });
  expect(await takeChanges(a, 3 as CommitNumber, 1)).toEqual([{ seq: 4, type: 'delete', ids: [id], inbox: 'x' }]);
});

test('a message is kept once, by whichever handle, and found by both', async () => {
  await using directory = await temporaryDirectory();
  await using a = await openSqliteStore({ directory: directory.path, clock: systemClock });
  await using b = await openSqliteStore({ directory: directory.path, clock: systemClock });
  await Promise.all([putParsed(a, {}, { searchText: 'common' }), putParsed(b, {}, { searchText: 'common' })]);
  for (const store of [a, b]) {
    expect(await store.counts({ query: { kind: 'text', text: 'common' } })).toEqual({ total: 2, unread: 2 });
  }
});

test('a change that many messages are part of lets mail in between, and is told once', async () => {
  await using directory = await temporaryDirectory();
  await using store = await openSqliteStore({ directory: directory.path, clock: systemClock });
  await Promise.all(Array.from({ length: 1500 }, () => put(store)));
  const deleted = store.delete({ all: true });
  const late = await put(store);
  expect(await deleted).toBe(1500);
  expect(await store.list({})).toEqual([late]);
  // Not all are gone, since one came in: the list is to be loaded afresh.
  expect(await takeChanges(store, 1500 as CommitNumber, 2)).toMatchObject([
    { type: 'new', seq: 1501 },
    { type: 'prune', seq: 1502, inbox: '' },
  ]);
});
