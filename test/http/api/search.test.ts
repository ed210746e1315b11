import { expect, test } from 'vitest';
import type { MessagesSummary } from '../../../src/http/api/schemas/message.ts';
import { startTestHttp } from '../../support/http.ts';
import { putEach } from '../../support/store.ts';

const SUBJECTS = [{ subject: 'red one' }, { subject: 'red two' }, { subject: 'blue' }] as const;

test('a search lists what it finds, newest first, and counts it beside the whole inbox', async () => {
  await using http = await startTestHttp();
  const [first] = await putEach(http.store, SUBJECTS);
  await http.store.setRead({ ids: first ? [first.id] : [] }, true);
  const page = (await (await http.get('/api/v1/search?query=red&limit=1')).json()) as MessagesSummary;
  expect(page).toMatchObject({ total: 3, unread: 2, count: 1, messages_count: 2, messages_unread: 1, start: 0 });
  expect(page.messages.map(({ Subject }) => Subject)).toEqual(['red two']);
});

test('limit=0 finds none, as in Mailpit, but counts', async () => {
  await using http = await startTestHttp();
  await putEach(http.store, SUBJECTS);
  const page = (await (await http.get('/api/v1/search?query=red&limit=0')).json()) as MessagesSummary;
  expect(page).toMatchObject({ count: 0, messages_count: 2, messages: [] });
});

test.for([{ path: '/api/v1/search' }, { path: '/api/v1/search?query=' }, { path: '/api/v1/search?query=%20%20' }])(
  '$path is 400, and deletes nothing',
  async ({ path }) => {
    await using http = await startTestHttp();
    await putEach(http.store, SUBJECTS);
    for (const method of ['GET', 'DELETE']) {
      expect(await http.send(path, { method })).toMatchObject({ status: 400, body: 'Error: no search query' });
    }
    expect((await http.store.counts()).total).toBe(3);
  },
);

test('DELETE /search deletes what it finds', async () => {
  await using http = await startTestHttp();
  await putEach(http.store, SUBJECTS);
  expect(await http.send('/api/v1/search?query=red', { method: 'DELETE' })).toMatchObject({ status: 200, body: 'ok' });
  expect((await http.store.list({})).map(({ summary }) => summary.subject)).toEqual(['blue']);
});

test.for([{ query: 'before:nonsense' }, { query: '""' }, { query: 'after:never before:never' }])(
  'DELETE /search of $query, of which nothing can be read, is 400 and deletes nothing',
  async ({ query }) => {
    await using http = await startTestHttp();
    await putEach(http.store, SUBJECTS);
    const path = `/api/v1/search?query=${encodeURIComponent(query)}`;
    expect((await http.send(path, { method: 'DELETE' })).status).toBe(400);
    const body = JSON.stringify({ Search: query, Read: true });
    expect((await http.send('/api/v1/messages', { method: 'PUT', body })).status).toBe(400);
    expect(await http.store.counts()).toEqual({ total: 3, unread: 3 });
  },
);

test('dates of a search are in the time zone that is named', async () => {
  await using http = await startTestHttp();
  await putEach(http.store, [{ receivedAtMs: Date.UTC(2026, 10, 23, 23, 30) }]);
  const count = async (tz: string): Promise<number> => {
    const response = await http.get(`/api/v1/search?query=after:2026-11-24&tz=${encodeURIComponent(tz)}`);
    return ((await response.json()) as MessagesSummary).messages_count;
  };
  expect(await count('Europe/Berlin')).toBe(1);
  expect(await count('UTC')).toBe(0);
});
