import { expect, test } from 'vitest';
import { systemClock } from '../../../src/clock.ts';
import { WHEN_ASKED_MS, type AuditEntry, type DeliveryOutcome } from '../../../src/store/delivery.ts';
import type { CommitNumber } from '../../../src/store/store.ts';
import { summariseJourney } from '../../../src/store/verdict-summary.ts';
import { shortJourney, teamJourney } from '../../support/journeys.ts';
import { put, putEach, takeChanges, verdict } from '../../support/store.ts';
import type { OpenStore } from '../contract.ts';

const SENT: DeliveryOutcome = { status: 'sent', dsn: '2.0.0', text: '250 ok', state: 'none' };

/** Verdicts, deliveries and what left the machine. */
export function queueContract(open: OpenStore): void {
  test('a verdict is kept with its trace, and a new one replaces it', async () => {
    await using store = await open({ clock: systemClock });
    const { id } = await put(store);
    expect(await store.setVerdict(id, verdict({ address: 'old@example.com' }))).toBe(1);
    const [before] = (await store.get(id))?.deliveries ?? [];
    expect(await store.setVerdict(id, { ...verdict(), journey: { ...shortJourney(), settingsHash: 'new' } })).toBe(2);
    const record = await store.get(id);
    expect(record?.settingsHash).toBe('new');
    expect(record?.deliveries).toMatchObject([{ ...verdict().deliveries[0], queueId: id, generation: 2, attempts: 0 }]);
    expect(record?.deliveries[0]?.id).not.toBe(before?.id);
  });

  test('a verdict brings its journey, its edits, and a summary for lists', async () => {
    await using store = await open({ clock: systemClock });
    const { id } = await put(store);
    expect(await store.journey(id)).toBeUndefined();
    const queued = [{ start: 0, end: 1, octets: Uint8Array.from([9, 0, 255]) }];
    await store.setVerdict(id, { journey: teamJourney(), queued, deliveries: [] });
    expect(await store.journey(id)).toEqual(teamJourney());
    expect(await store.readQueued(id)).toEqual(queued);
    const summary = summariseJourney(teamJourney());
    expect(await store.list({})).toMatchObject([{ id, verdict: summary }]);
    const [change] = await takeChanges(store, 1 as CommitNumber, 1);
    expect(change).toEqual({ type: 'verdict', seq: 2, inbox: '', id, generation: 1, verdict: summary });
    await store.setVerdict(id, { journey: shortJourney(), queued: [], deliveries: [] });
    expect(await store.journey(id)).toEqual(shortJourney());
    expect(await store.readQueued(id)).toEqual([]);
  });

  test('a journey of any octets, and of none that can be read, is kept', async () => {
    await using store = await open({ clock: systemClock });
    const { id } = await put(store);
    const text = Array.from({ length: 256 }, (_, octet) => String.fromCharCode(octet)).join('');
    const journey = shortJourney({ recipient: text, text });
    await store.setVerdict(id, { journey, queued: [], deliveries: [] });
    expect(await store.journey(id)).toEqual(journey);
    expect((await store.list({}))[0]?.verdict?.first?.recipient).toBe(text);
  });

  test('messages without a verdict are named, oldest first', async () => {
    await using store = await open({ clock: systemClock });
    const [a, b, c] = await putEach(store, [{}, {}, {}]);
    expect(await store.unjudged(2)).toEqual([a?.id, b?.id]);
    if (a && c) await Promise.all([store.setVerdict(a.id, verdict()), store.setVerdict(c.id, verdict())]);
    expect(await store.unjudged(10)).toEqual([b?.id]);
    await store.delete({ all: true });
    expect(await store.unjudged(10)).toEqual([]);
  });

  test('a delivery that is due is claimed once, and again when its lease is over', async () => {
    await using store = await open({ clock: systemClock });
    const [a, b, c] = await putEach(store, [{}, {}, {}]);
    if (a) await store.setVerdict(a.id, verdict({ state: 'deferred', nextAttemptAtMs: 200 }));
    if (b) await store.setVerdict(b.id, verdict({ state: 'active', nextAttemptAtMs: 100 }));
    if (c) await store.setVerdict(c.id, verdict({ state: 'hold' }));
    expect(await store.claim(99, 10, 1000)).toEqual([]);
    const first = await store.claim(250, 1, 1000);
    expect(first.map(({ queueId }) => queueId)).toEqual([b?.id]);
    const second = await store.claim(250, 10, 1000);
    expect(second.map(({ queueId }) => queueId)).toEqual([a?.id]);
    expect(await store.claim(1249, 10, 1000)).toEqual([]);
    expect(await store.claim(1250, 10, 1000)).toHaveLength(2);
  });

  test('what comes of an attempt is counted, and ends the delivery or puts it off', async () => {
    await using store = await open({ clock: systemClock });
    const { id } = await put(store);
    await store.setVerdict(id, verdict({ state: 'active', nextAttemptAtMs: 0 }));
    const [claimed] = await store.claim(0, 1, 1000);
    const later = { status: 'deferred', dsn: '4.4.1', text: 'no', state: 'deferred', nextAttemptAtMs: 500 } as const;
    await store.settle(claimed?.id ?? 0, later);
    expect((await store.get(id))?.deliveries).toMatchObject([{ ...later, attempts: 1 }]);
    expect(await store.claim(499, 1, 1000)).toEqual([]);
    expect(await store.claim(500, 1, 1000)).toHaveLength(1);
    await store.settle(claimed?.id ?? 0, SENT);
    const [delivery] = (await store.get(id))?.deliveries ?? [];
    expect(delivery).toMatchObject({ ...SENT, attempts: 2 });
    expect(delivery).not.toHaveProperty('nextAttemptAtMs');
    expect(await takeChanges(store, 2 as CommitNumber, 2)).toMatchObject([
      { type: 'verdict', seq: 3, inbox: '', id, generation: 1, verdict: { counts: { deferred: 1 } } },
      { type: 'verdict', seq: 4, inbox: '', id, generation: 1, verdict: { counts: { sent: 1 } } },
    ]);
    expect((await store.get(id))?.verdict?.counts).toEqual({ sent: 1 });
  });

  test('a delivery that a newer verdict replaced is not settled', async () => {
    await using store = await open({ clock: systemClock });
    const { id } = await put(store);
    await store.setVerdict(id, verdict({ state: 'active' }));
    const [claimed] = await store.claim(0, 1, 1000);
    await store.setVerdict(id, verdict({ state: 'hold' }));
    await store.settle(claimed?.id ?? 0, SENT);
    expect((await store.get(id))?.deliveries).toMatchObject([{ state: 'hold', attempts: 0 }]);
  });

  test('pending deliveries are held, released and listed by state, oldest first', async () => {
    await using store = await open({ clock: systemClock });
    const [a, b, c] = await putEach(store, [{}, {}, {}]);
    if (a) await store.setVerdict(a.id, verdict({ state: 'deferred', nextAttemptAtMs: 100 }));
    if (b) await store.setVerdict(b.id, verdict({ state: 'deferred', nextAttemptAtMs: 100 }));
    if (c) await store.setVerdict(c.id, verdict());
    if (a && c)
      expect([await store.setQueueState(a.id, 'hold'), await store.setQueueState(c.id, 'hold')]).toEqual([1, 0]);
    const idsOf = async (...states: Parameters<typeof store.queued>): Promise<readonly string[]> =>
      (await store.queued(...states)).map(({ id }) => id);
    expect(await idsOf(['hold'], 10)).toEqual([a?.id]);
    expect(await idsOf(['hold', 'deferred'], 10)).toEqual([a?.id, b?.id]);
    expect(await idsOf(['hold', 'deferred'], 1)).toEqual([a?.id]);
    if (a) await store.setQueueState(a.id, 'active', 50);
    expect(await store.claim(50, 10, 10)).toMatchObject([{ queueId: a?.id, state: 'active' }]);
  });

  test('retention never takes a message with a pending delivery', async () => {
    await using store = await open({ clock: systemClock });
    const [a, , c] = await putEach(store, [{}, {}, {}]);
    if (a) await store.setVerdict(a.id, verdict({ state: 'deferred', nextAttemptAtMs: 100 }));
    expect(await store.retain({ maxMessages: 1, olderThanMs: 0, limit: 10 })).toBe(2);
    expect((await store.list({})).map(({ id }) => id)).toEqual([a?.id]);
    expect(c && (await store.get(c.id))).toBeUndefined();
    const [delivery] = await store.claim(100, 1, 1);
    await store.settle(delivery?.id ?? 0, SENT);
    expect(await store.retain({ maxMessages: 0, limit: 10 })).toBe(1);
  });

  test('retention takes a message whose deliveries wait only for somebody to ask', async () => {
    await using store = await open({ clock: systemClock });
    const { id } = await put(store);
    await store.setVerdict(id, verdict({ state: 'deferred', nextAttemptAtMs: WHEN_ASKED_MS }));
    expect(await store.claim(Date.now(), 10, 10)).toEqual([]);
    expect((await store.queued(['deferred'], 10)).map((message) => message.id)).toEqual([id]);
    expect(await store.retain({ olderThanMs: Date.now() + 1, limit: 10 })).toBe(1);
  });

  test('what left the machine is on record after its message is gone', async () => {
    await using store = await open({ clock: systemClock });
    const { id } = await put(store);
    const entry: AuditEntry = {
      atMs: 5,
      queueId: id,
      recipient: 'bob@example.com',
      relay: 'mx[192.0.2.1]:25',
      status: 'sent',
      dsn: '2.0.0',
      text: '250 ok',
      sha256: 'ab'.repeat(32),
    };
    await store.audit(entry);
    await store.audit({ ...entry, atMs: 6 });
    await store.delete({ all: true });
    expect(await store.audits(10)).toEqual([{ ...entry, atMs: 6 }, entry]);
    expect(await store.audits(1)).toEqual([{ ...entry, atMs: 6 }]);
  });
}
