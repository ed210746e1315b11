import { expect, test } from 'vitest';
import { systemClock } from '../../../src/clock.ts';
import type { CommitNumber } from '../../../src/store/store.ts';
import { parseOutcome, put, putEach, takeChanges, verdict } from '../../support/store.ts';
import type { OpenStore } from '../contract.ts';

const AT_START = 0 as CommitNumber;

/** The numbered feed of changes. */
export function feedContract(open: OpenStore): void {
  test('every change has a number, without gaps, and can be read again from any of them', async () => {
    await using store = await open({ clock: systemClock });
    const a = await put(store, { inbox: 'x' });
    const b = await put(store, { inbox: 'y' });
    await store.setParsed(a.id, 1, parseOutcome(Buffer.from('Subject: hello\r\n\r\n'), {}));
    await store.setRead({ all: true }, true);
    await store.setTags({ ids: [b.id] }, ['news']);
    await store.setVerdict(b.id, verdict());
    await store.renameTag('news', 'old');
    expect(store.head()).toBe(7);
    const taken = await takeChanges(store, AT_START, 7);
    expect(taken.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(taken).toMatchObject([
      { type: 'new', message: { id: a.id }, inbox: 'x' },
      { type: 'new', message: { id: b.id }, inbox: 'y' },
      { type: 'parsed', message: { id: a.id, parse: { state: 'parsed' } }, inbox: 'x' },
      { type: 'update', ids: expect.arrayContaining([a.id, b.id]) as unknown, read: true, inbox: undefined },
      { type: 'update', ids: [b.id], tags: ['news'], inbox: 'y' },
      { type: 'verdict', id: b.id, generation: 1, inbox: 'y' },
      { type: 'prune', inbox: 'y' },
    ]);
    expect(await takeChanges(store, 5 as CommitNumber, 2)).toEqual(taken.slice(5));
  });

  test('a change is heard as it is committed, by everyone who listens', async () => {
    await using store = await open({ clock: systemClock });
    await put(store);
    const heard = [takeChanges(store, undefined, 2), takeChanges(store, store.head(), 2)];
    const [b, c] = await putEach(store, [{}, {}]);
    const expected = [
      { type: 'new', seq: 2, inbox: '', message: b },
      { type: 'new', seq: 3, inbox: '', message: c },
    ];
    expect(await Promise.all(heard)).toEqual([expected, expected]);
  });

  test('puts that share a commit are numbered in the order in which they were asked for', async () => {
    await using store = await open({ clock: systemClock });
    const stored = await Promise.all(Array.from({ length: 50 }, () => put(store)));
    expect(stored.map(({ seq }) => seq)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
  });

  test('a message that is gone is left out when the feed is read again', async () => {
    await using store = await open({ clock: systemClock });
    const [a, b] = await putEach(store, [{}, {}]);
    await store.delete({ ids: a ? [a.id] : [] });
    expect(await takeChanges(store, AT_START, 2)).toMatchObject([
      { type: 'new', seq: 2, message: { id: b?.id } },
      { type: 'delete', seq: 3, ids: [a?.id], inbox: '' },
    ]);
  });

  test('a number that was never given says: load afresh', async () => {
    await using store = await open({ clock: systemClock });
    await put(store);
    expect(await takeChanges(store, 99 as CommitNumber, 1)).toEqual([{ type: 'prune', seq: 1, inbox: undefined }]);
  });

  test('deleting all is one entry, and nothing where there was nothing', async () => {
    await using store = await open({ clock: systemClock });
    await putEach(store, [{ inbox: 'x' }, {}]);
    await store.delete({ all: true, inbox: 'x' });
    await store.delete({ all: true });
    await store.delete({ all: true });
    expect(await takeChanges(store, 2 as CommitNumber, 2)).toEqual([
      { type: 'truncate', seq: 3, inbox: 'x' },
      { type: 'truncate', seq: 4, inbox: undefined },
    ]);
    expect(store.head()).toBe(4);
  });

  test('more than two hundred at once are one entry that names none', async () => {
    await using store = await open({ clock: systemClock });
    const stored = await Promise.all(Array.from({ length: 450 }, () => put(store)));
    const ids = stored.map(({ id }) => id);
    expect(await store.setRead({ ids }, true)).toBe(450);
    expect(await store.delete({ ids: ids.slice(1) })).toBe(449);
    const [update, prune] = await takeChanges(store, 450 as CommitNumber, 2);
    expect(update).toEqual({ type: 'update', ids: undefined, read: true, seq: 451, inbox: '' });
    expect(prune).toEqual({ type: 'prune', seq: 452, inbox: '' });
    expect(await store.counts()).toEqual({ total: 1, unread: 0 });
  });

  test('who stops listening, or listens to a store that closes, is let go', async () => {
    const store = await open({ clock: systemClock });
    expect(await collect(store.changes(undefined, { signal: AbortSignal.abort() }))).toEqual([]);
    const stop = new AbortController();
    const stopped = collect(store.changes(undefined, { signal: stop.signal }));
    const open_ = collect(store.changes(undefined, { signal: new AbortController().signal }));
    stop.abort();
    expect(await stopped).toEqual([]);
    await store[Symbol.asyncDispose]();
    expect(await open_).toEqual([]);
  });
}

async function collect<T>(all: AsyncIterable<T>): Promise<readonly T[]> {
  const found: T[] = [];
  for await (const one of all) found.push(one);
  return found;
}
