import { expect, test } from 'vitest';
import { openRetention } from '../../../src/daemons/qmgr/retention.ts';
import { silentLog } from '../../../src/log.ts';
import { openMemoryStore } from '../../../src/store/memory/memory-store.ts';
import type { Store } from '../../../src/store/store.ts';
import { manualClock } from '../../support/clock.ts';
import { testSettings } from '../../support/settings.ts';

const HOUR_MS = 3_600_000;

async function putMessages(store: Store, count: number, receivedAtMs: number): Promise<void> {
  const raw = new TextEncoder().encode('Subject: kept\r\n\r\nText.\r\n');
  const puts = Array.from({ length: count }, () =>
    store.put({
      id: store.newQueueId(),
      envelope: { reversePath: '', recipients: [], smtputf8: false },
      raw: raw.slice(),
      username: '',
      receivedAtMs,
      inbox: '',
      origin: 'smtp',
    }),
  );
  await Promise.all(puts);
}

/** Resolves when `count` messages are left, told by the feed. */
async function waitForTotal(store: Store, count: number): Promise<void> {
  const stop = new AbortController();
  for await (const _change of store.changes(0 as ReturnType<Store['head']>, { signal: stop.signal })) {
    if ((await store.counts()).total === count) stop.abort();
  }
}

test('what is beyond the bounds at the start is deleted, oldest first', async () => {
  const clock = manualClock();
  await using store = await openMemoryStore({ clock });
  await putMessages(store, 450, clock.nowMs());
  const newest = await store.list({ limit: 10 });

  await using _retention = openRetention({
    store,
    currentSettings: () => testSettings({ catch_max_messages: '10' }),
    clock,
    log: silentLog,
  });
  await waitForTotal(store, 10);

  expect((await store.list({})).map(({ id }) => id)).toEqual(newest.map(({ id }) => id));
});

test('a second after mail came in, the number is within the bound again', async () => {
  const clock = manualClock();
  await using store = await openMemoryStore({ clock });
  await using retention = openRetention({
    store,
    currentSettings: () => testSettings({ catch_max_messages: '2' }),
    clock,
    log: silentLog,
  });
  await putMessages(store, 5, clock.nowMs());

  retention.noticeMail();
  clock.advance(1000);
  await waitForTotal(store, 2);

  expect((await store.counts()).total).toBe(2);
});

test('messages older than catch_max_age go', async () => {
  const clock = manualClock();
  await using store = await openMemoryStore({ clock });
  await putMessages(store, 3, clock.nowMs());
  clock.advance(HOUR_MS + 1);
  await putMessages(store, 2, clock.nowMs());

  await using _retention = openRetention({
    store,
    currentSettings: () => testSettings({ catch_max_age: '1h', catch_max_messages: '0' }),
    clock,
    log: silentLog,
  });
  await waitForTotal(store, 2);

  expect((await store.counts()).total).toBe(2);
});

test('without bounds nothing is ever deleted', async () => {
  const clock = manualClock();
  await using store = await openMemoryStore({ clock });
  await putMessages(store, 3, clock.nowMs());
  await using retention = openRetention({
    store,
    currentSettings: () => testSettings({ catch_max_messages: '0', catch_max_age: '0' }),
    clock,
    log: silentLog,
  });

  retention.noticeMail();
  clock.advance(1000 * HOUR_MS);

  expect((await store.counts()).total).toBe(3);
});

test('a store that fails is asked again', async () => {
  const clock = manualClock();
  const asked: number[] = [];
  let resolveSecond: () => void = () => {};
  const second = new Promise<void>((resolve) => (resolveSecond = resolve));
  const store = {
    async retain() {
      asked.push(clock.nowMs());
      if (asked.length === 1) throw new Error('the disk is full');
      resolveSecond();
      return 0;
    },
  };
  await using retention = openRetention({ store, currentSettings: () => testSettings(), clock, log: silentLog });

  retention.noticeMail();
  clock.advance(60_000);
  await second;

  expect(asked).toHaveLength(2);
});
