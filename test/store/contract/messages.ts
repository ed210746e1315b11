import { expect, test } from 'vitest';
import { systemClock } from '../../../src/clock.ts';
import { parseQueueId, queueIdTime, type QueueId } from '../../../src/store/queue-id.ts';
import type { CommitNumber } from '../../../src/store/store.ts';
import { newMessage, parseOutcome, put, putEach, standingClock, verdict } from '../../support/store.ts';
import type { OpenStore } from '../contract.ts';

const NOBODY = parseQueueId('4ZzBhWzzzzz1') as QueueId;

/** Keeping, listing, changing and deleting messages. */
export function messagesContract(open: OpenStore): void {
  test('queue IDs grow by a microsecond while the clock stands, and never go back with it', async () => {
    const clock = standingClock(1_700_000_000_000);
    await using store = await open({ clock });
    const first = store.newQueueId();
    const second = store.newQueueId();
    clock.set(1_600_000_000_000);
    const third = store.newQueueId();
    expect([first, second, third].map(queueIdTime)).toEqual([17e14, 17e14 + 1, 17e14 + 2]);
    expect(first < second && second < third).toBe(true);
    expect(String(store.newSessionId()) > third).toBe(true);
  });

  test('a message is kept with its envelope, octet for octet, and is listed at once', async () => {
    await using store = await open({ clock: systemClock });
    const raw = Uint8Array.from([0, 10, 13, 255, 46, 13, 10, 128]);
    const message = newMessage(store, {
      raw: raw.slice(),
      from: '',
      to: ['root', 'root', '"john doe"@Example.COM'],
      username: 'ada',
    });
    const stored = await store.put(message);
    expect(stored).toMatchObject({
      id: message.id,
      seq: 1,
      sizeBytes: 8,
      reversePath: '',
      recipients: ['root', 'root', '"john doe"@Example.COM'],
      recipientCount: 3,
      username: 'ada',
      read: false,
      tags: [],
      parse: { state: 'pending' },
    });
    expect(await store.list({})).toEqual([stored]);
    expect(await store.get(stored.id)).toEqual({ ...stored, envelope: message.envelope, deliveries: [] });
    expect([...((await store.readRaw(stored.id)) ?? [])]).toEqual([...raw]);
    expect(await store.readQueued(stored.id)).toEqual([]);
  });

  test.for([
    { range: { start: 2, end: 5 }, text: '234' },
    { range: { start: 8, end: 100 }, text: '89' },
    { range: { start: 20, end: 30 }, text: '' },
    { range: { start: 5, end: 5 }, text: '' },
    { range: { start: 6, end: 2 }, text: '' },
  ])('octets $range.start to $range.end of 0123456789 are "$text"', async ({ range, text }) => {
    await using store = await open({ clock: systemClock });
    const { id } = await put(store, { raw: Buffer.from('0123456789') });
    expect(Buffer.from((await store.readRaw(id, range)) ?? 'gone').toString()).toBe(text);
  });

  test('a message of no octets and one of three megabytes are kept', async () => {
    await using store = await open({ clock: systemClock });
    const empty = await put(store, { raw: new Uint8Array() });
    const large = await put(store, { raw: new Uint8Array(3e6).fill(65) });
    expect(await store.readRaw(empty.id)).toHaveLength(0);
    expect(Buffer.from((await store.readRaw(large.id)) ?? []).equals(Buffer.alloc(3e6, 65))).toBe(true);
  });

  test('an ID that is not there is answered by undefined', async () => {
    await using store = await open({ clock: systemClock });
    expect(await store.get(NOBODY)).toBeUndefined();
    expect(await store.readRaw(NOBODY)).toBeUndefined();
    expect(await store.readQueued(NOBODY)).toBeUndefined();
    expect(await store.journey(NOBODY)).toBeUndefined();
    expect(await store.setVerdict(NOBODY, verdict())).toBeUndefined();
    expect(await store.setRead({ ids: [NOBODY] }, true)).toBe(0);
    expect(await store.delete({ ids: [NOBODY] })).toBe(0);
    await store.setParsed(NOBODY, 1, { failure: 'no' });
    expect(store.head()).toBe(0);
  });

  test('the same ID is not kept twice', async () => {
    await using store = await open({ clock: systemClock });
    const { id } = await put(store);
    await expect(store.put({ ...newMessage(store), id })).rejects.toThrow(id);
    expect(await store.counts()).toEqual({ total: 1, unread: 1 });
  });

  test('of many recipients the first hundred are listed, and all are kept', async () => {
    await using store = await open({ clock: systemClock });
    const to = Array.from({ length: 3000 }, (_, index) => `user${index}@example.com`);
    const stored = await put(store, { to });
    expect(stored.recipients).toEqual(to.slice(0, 100));
    expect(stored.recipientCount).toBe(3000);
    const record = await store.get(stored.id);
    expect(record?.envelope.recipients.map(({ address }) => address)).toEqual(to);
  });

  test('the list is newest first, and goes on by offset or by the number of a commit', async () => {
    await using store = await open({ clock: systemClock });
    const [a, b, c, d] = await putEach(
      store,
      [1, 2, 3, 4].map((receivedAtMs) => ({ receivedAtMs })),
    );
    expect(await store.list({})).toEqual([d, c, b, a]);
    expect(await store.list({ limit: 2 })).toEqual([d, c]);
    expect(await store.list({ limit: 2, offset: 1 })).toEqual([c, b]);
    expect(await store.list({ limit: 2, before: 3 as CommitNumber })).toEqual([b, a]);
    expect(await store.list({ receivedBeforeMs: 3 })).toEqual([b, a]);
    expect(await store.list({ offset: 9 })).toEqual([]);
  });

  test('a list that is no longer wanted is not made', async () => {
    await using store = await open({ clock: systemClock });
    await expect(store.list({ signal: AbortSignal.abort() })).rejects.toThrow('aborted');
  });

  test('inboxes are apart, and together without one', async () => {
    await using store = await open({ clock: systemClock });
    const [a, b, c] = await putEach(store, [{ inbox: 'x' }, { inbox: 'y' }, { inbox: 'x' }]);
    expect(await store.list({ inbox: 'x' })).toEqual([c, a]);
    expect(await store.list({})).toEqual([c, b, a]);
    expect(await store.list({ inbox: '' })).toEqual([]);
    expect(await store.counts({ inbox: 'x' })).toEqual({ total: 2, unread: 2 });
    expect(await store.delete({ all: true, inbox: 'x' })).toBe(2);
    expect(await store.list({})).toEqual([b]);
    expect(await store.counts({ inbox: 'x' })).toEqual({ total: 0, unread: 0 });
    expect(await store.counts()).toEqual({ total: 1, unread: 1 });
  });

  test('messages that others gave rise to are listed on demand, and never counted', async () => {
    await using store = await open({ clock: systemClock });
    const parent = await put(store);
    const child = await put(store, { parent: parent.id, origin: 'bounce' });
    expect(await store.list({})).toEqual([parent]);
    expect(await store.list({ children: true })).toEqual([child, parent]);
    expect(await store.counts()).toEqual({ total: 1, unread: 1 });
    expect(await store.delete({ all: true })).toBe(2);
    expect(await store.list({ children: true })).toEqual([]);
  });

  test('read state changes by ID, by search or for all, and says how many changed', async () => {
    await using store = await open({ clock: systemClock });
    const [a] = await putEach(store, [{ subject: 'one' }, { subject: 'two' }, { subject: 'three' }]);
    expect(await store.setRead({ ids: a ? [a.id, a.id] : [] }, true)).toBe(1);
    expect(await store.counts()).toEqual({ total: 3, unread: 2 });
    expect(await store.setRead({ query: { kind: 'field', field: 'subject', text: 'T' } }, true)).toBe(2);
    expect(await store.setRead({ all: true }, true)).toBe(0);
    expect(await store.setRead({ all: true }, false)).toBe(3);
    expect(await store.counts()).toEqual({ total: 3, unread: 3 });
  });

  test('a message comes with the tags of its X-Tags field and of plus-addresses, those of the envelope too', async () => {
    await using store = await open({ clock: systemClock });
    const message = newMessage(store, {
      from: 'Ada <ada+billing@example.com>',
      to: ['bob+one+two@example.com', 'bob@example.com'],
      headers: { 'X-Tags': 'zeta, ONE, a/b', Cc: 'c+copy@example.com' },
    });
    const hidden = { address: 'eve+hidden@example.com', reply: '250 2.1.5 Ok' };
    const { envelope } = message;
    const recipients = [...envelope.recipients, hidden];
    const { id, tags } = await store.put({ ...message, envelope: { ...envelope, recipients } });
    expect(tags).toEqual(['a b', 'billing', 'copy', 'hidden', 'ONE', 'two', 'zeta']);
    expect((await store.get(id))?.tags).toEqual(tags);
    expect((await store.tags()).map(({ tag }) => tag)).toEqual(tags);
  });

  test('of ten thousand plus-addresses a message gets fifty tags', async () => {
    await using store = await open({ clock: systemClock });
    const to = Array.from({ length: 10_000 }, (_, index) => `a+t${index}@example.com`);
    expect((await put(store, { to })).tags).toHaveLength(50);
  });

  test('tags are sorted, counted, renamed and removed', async () => {
    await using store = await open({ clock: systemClock });
    const [a, b] = await putEach(store, [{ headers: { 'X-Tags': 'zeta, alpha' } }, { inbox: 'x' }]);
    expect(a?.tags).toEqual(['alpha', 'zeta']);
    expect(await store.setTags({ ids: b ? [b.id] : [] }, [' news', 'alpha', 'news', ''])).toBe(1);
    expect(await store.setTags({ ids: b ? [b.id] : [] }, ['alpha', 'news'])).toBe(0);
    expect(await store.tags()).toEqual([
      { tag: 'alpha', count: 2 },
      { tag: 'news', count: 1 },
      { tag: 'zeta', count: 1 },
    ]);
    expect(await store.tags({ inbox: 'x' })).toEqual([
      { tag: 'alpha', count: 1 },
      { tag: 'news', count: 1 },
    ]);
    expect(await store.renameTag('alpha', 'zeta')).toBe(2);
    expect(await store.renameTag('news', undefined)).toBe(1);
    expect(await store.tags()).toEqual([{ tag: 'zeta', count: 2 }]);
    expect((await store.list({})).map(({ tags }) => tags)).toEqual([['zeta'], ['zeta']]);
    await store.delete({ all: true });
    expect(await store.tags()).toEqual([]);
  });

  test('messages are deleted by ID, by search or all, and counted in usage', async () => {
    await using store = await open({ clock: systemClock });
    const [a, b] = await putEach(store, [{ subject: 'one' }, { subject: 'two' }, { subject: 'three' }]);
    expect(await store.delete({ ids: a ? [a.id] : [] })).toBe(1);
    expect(a && (await store.get(a.id))).toBeUndefined();
    expect(await store.delete({ query: { kind: 'field', field: 'subject', text: 'three' } })).toBe(1);
    expect(await store.list({})).toEqual([b]);
    expect(await store.delete({ all: true })).toBe(1);
    expect(await store.counts()).toEqual({ total: 0, unread: 0 });
    expect((await store.usage()).deleted).toBe(3);
  });

  test('what the parser found replaces what the header said, and is found again', async () => {
    await using store = await open({ clock: systemClock });
    const message = newMessage(store, { subject: 'first' });
    const outcome = parseOutcome(Buffer.from('Subject: second\r\n\r\n'), { searchText: 'body', attachmentCount: 2 });
    const { id } = await store.put(message);
    expect(await store.unparsed(1, 10)).toEqual([id]);
    await store.setParsed(id, 1, outcome);
    expect(await store.unparsed(1, 10)).toEqual([]);
    const record = await store.get(id);
    expect(record?.summary.subject).toBe('second');
    expect(record?.parse).toEqual({ state: 'parsed', snippet: 'body', attachmentCount: 2, inlineCount: 0 });
    expect(record?.parsed).toEqual('parsed' in outcome && outcome.parsed);
    const [listed] = await store.list({});
    expect(record).toMatchObject(listed ?? {});
  });

  test('a parser that fails says why, and a newer one tries again, oldest first', async () => {
    await using store = await open({ clock: systemClock });
    const [a, b, c] = await putEach(store, [{}, {}, {}]);
    if (a) await store.setParsed(a.id, 1, { failure: 'it is a teapot' });
    expect((await store.list({})).map(({ parse }) => parse)).toEqual([
      { state: 'pending' },
      { state: 'pending' },
      { state: 'failed', reason: 'it is a teapot' },
    ]);
    expect(await store.unparsed(1, 10)).toEqual([b?.id, c?.id]);
    expect(await store.unparsed(1, 1)).toEqual([b?.id]);
    expect(await store.unparsed(2, 10)).toEqual([a?.id, b?.id, c?.id]);
  });

  test('retention deletes the oldest, a few at a time, until few enough are left', async () => {
    await using store = await open({ clock: systemClock });
    const [, , c, d] = await putEach(store, [{}, {}, {}, {}]);
    expect(await store.retain({ maxMessages: 2, limit: 1 })).toBe(1);
    expect(await store.retain({ maxMessages: 2, limit: 10 })).toBe(1);
    expect(await store.retain({ maxMessages: 2, limit: 10 })).toBe(0);
    expect(await store.list({})).toEqual([d, c]);
  });

  test('retention deletes what is too old, in one inbox or in all', async () => {
    await using store = await open({ clock: systemClock });
    const [a, b] = await putEach(store, [
      { receivedAtMs: 1, inbox: 'x' },
      { receivedAtMs: 5, inbox: 'x' },
      { receivedAtMs: 1, inbox: 'y' },
    ]);
    expect(await store.retain({ olderThanMs: 5, inbox: 'y', limit: 10 })).toBe(1);
    expect(await store.list({})).toEqual([b, a]);
    expect(await store.retain({ olderThanMs: 5, limit: 10 })).toBe(1);
    expect(await store.list({})).toEqual([b]);
  });

  test('a closed store refuses, and closing it twice does nothing', async () => {
    const store = await open({ clock: systemClock });
    await store.ready();
    await store[Symbol.asyncDispose]();
    await store[Symbol.asyncDispose]();
    await expect(store.list({})).rejects.toThrow('closed');
    await expect(store.ready()).rejects.toThrow('closed');
  });
}
