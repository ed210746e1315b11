import { expect, test } from 'vitest';
import { listenToFeed, startTestHttp, type TestHttp } from '../../support/http.ts';

const put = (http: TestHttp, path: string, body: unknown): Promise<Response> =>
  http.get(`/api/v1${path}`, { method: 'PUT', body: JSON.stringify(body) });

test('tags are set, listed without regard to case, and taken away', async () => {
  await using http = await startTestHttp();
  const { id } = await http.deliver({ headers: { 'X-Tags': 'beta' } });
  const other = await http.deliver();
  expect(
    await (await put(http, '/tags', { ids: [id, other.id, 'nonsense'], tags: ['Zeta', 'a/b', '///'] })).text(),
  ).toBe('ok');
  expect(await (await http.get('/api/v1/tags')).json()).toEqual(['a b', 'Zeta']);
  expect((await http.store.get(id))?.tags).toEqual(['a b', 'Zeta']);
  await put(http, '/tags', { IDs: [id] });
  expect((await http.store.get(id))?.tags).toEqual([]);
  expect(await (await http.get('/api/v1/messages')).json()).toMatchObject({ tags: ['a b', 'Zeta'] });
});

test('a tag is renamed and removed by any spelling, and the feed says to load afresh', async () => {
  await using http = await startTestHttp();
  const { id } = await http.deliver({ headers: { 'X-Tags': 'News, other' } });
  await using feed = await listenToFeed(http);
  expect((await put(http, '/tags/news', { Name: ' old/news ' })).status).toBe(200);
  expect((await http.store.get(id))?.tags).toEqual(['old news', 'other']);
  expect(await feed.next()).toMatchObject({ Type: 'prune', Data: null });
  expect((await http.get('/api/v1/tags/OLD%20NEWS', { method: 'DELETE' })).status).toBe(200);
  expect(await (await http.get('/api/v1/tags')).json()).toEqual(['other']);
});

test('the case of a tag can be changed', async () => {
  await using http = await startTestHttp();
  await http.deliver({ headers: { 'X-Tags': 'news' } });
  expect((await put(http, '/tags/news', { Name: 'News' })).status).toBe(200);
  expect(await (await http.get('/api/v1/tags')).json()).toEqual(['News']);
});

test.for([
  { what: 'a tag that nobody bears', path: '/tags/none', body: { Name: 'x' }, text: 'tag not found: none' },
  { what: 'a name that is taken', path: '/tags/one', body: { Name: 'TWO' }, text: 'tag already exists: TWO' },
  { what: 'a name that is none', path: '/tags/one', body: { Name: '//' }, text: 'invalid tag name: //' },
  { what: 'no name', path: '/tags/one', body: {}, text: 'invalid tag name: ' },
])('$what is refused, and nothing is renamed', async ({ path, body, text }) => {
  await using http = await startTestHttp();
  await http.deliver({ headers: { 'X-Tags': 'one, two' } });
  const reply = await put(http, path, body);
  expect({ status: reply.status, text: await reply.text() }).toEqual({ status: 400, text });
  expect(await (await http.get('/api/v1/tags')).json()).toEqual(['one', 'two']);
});

test('a tag that nobody bears cannot be removed', async () => {
  await using http = await startTestHttp();
  const reply = await http.get('/api/v1/tags/none', { method: 'DELETE' });
  expect({ status: reply.status, text: await reply.text() }).toEqual({ status: 400, text: 'tag not found: none' });
});
