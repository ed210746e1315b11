import { expect, test } from 'vitest';
import type { WaitTimeout } from '../../../src/http/api/schemas/wait.ts';
import type { MessagesSummary } from '../../../src/http/api/schemas/message.ts';
import { watchedClock } from '../../support/http-clock.ts';
import { startTestHttp, type TestHttp } from '../../support/http.ts';
import { put } from '../../support/store.ts';

const wait = (http: TestHttp, query: string, init?: RequestInit): Promise<Response> =>
  http.get(`/api/v1/wait?${query}`, init);

/** The subjects in a reply. */
const subjects = async (reply: Promise<Response>): Promise<readonly string[]> =>
  ((await (await reply).json()) as MessagesSummary).messages.map(({ Subject }) => Subject);

/** Resolves once somebody waits. */
const untilWaiting = async (http: TestHttp, before: number): Promise<void> => {
  await expect.poll(() => http.searches.count, { interval: 5 }).toBeGreaterThan(before);
};

test('what is there already is answered at once, the newest first', async () => {
  await using http = await startTestHttp();
  for (const subject of ['one', 'two', 'three']) await http.deliver({ subject });
  expect(await subjects(wait(http, 'query=rcpt:bob@example.com&count=2'))).toEqual(['three', 'two']);
  expect(await subjects(wait(http, 'query=subject:one'))).toEqual(['one']);
  expect(await subjects(wait(http, ''))).toEqual(['three']);
});

test('who waits is answered when the message comes, and no sooner', async () => {
  await using http = await startTestHttp();
  await http.deliver({ subject: 'not this' });
  const before = http.searches.count;
  const reply = subjects(wait(http, 'query=subject:"reset your"&timeout=20s'));
  await untilWaiting(http, before);
  await http.deliver({ subject: 'not this either' });
  await http.deliver({ subject: 'Reset your password' });
  expect(await reply).toEqual(['Reset your password']);
});

test('so many are waited for as are asked for, and all are parsed', async () => {
  await using http = await startTestHttp();
  const before = http.searches.count;
  const reply = wait(http, 'query=hello&count=2&timeout=20s');
  await untilWaiting(http, before);
  await http.deliver();
  await put(http.store);
  await http.deliver();
  const page = (await (await reply).json()) as MessagesSummary;
  expect(page).toMatchObject({ count: 2, messages_count: 3 });
  expect(page.messages.map(({ Parse }) => Parse.State)).toEqual(['parsed', 'parsed']);
});

test('what was kept up to a Seq does not count', async () => {
  await using http = await startTestHttp();
  await http.deliver({ subject: 'old hello' });
  const before = http.searches.count;
  const reply = subjects(wait(http, `query=hello&since=${http.store.head()}&timeout=20s`));
  await untilWaiting(http, before);
  await http.deliver({ subject: 'new hello' });
  expect(await reply).toEqual(['new hello']);
});

test('a tag that is set or a verdict that is made counts as well as new mail', async () => {
  await using http = await startTestHttp();
  const { id } = await http.deliver({ subject: 'mine' });
  const before = http.searches.count;
  const reply = subjects(wait(http, 'query=tag:done&timeout=20s'));
  await untilWaiting(http, before);
  await http.store.setTags({ ids: [id] }, ['done']);
  expect(await reply).toEqual(['mine']);
});

test('when the time is up, 408 names what came nearest, and what it lacks', async () => {
  await using http = await startTestHttp();
  await http.deliver({ subject: 'Welcome', to: ['eve@example.com'] });
  await http.deliver({ subject: 'Reset your password', to: ['eve@example.com'] });
  await http.deliver({ subject: 'Welcome', to: ['bob@example.com'] });
  const reply = await wait(http, 'query=rcpt:bob@example.com subject:reset is:unread&timeout=1');
  expect(reply.status).toBe(408);
  const timeout = (await reply.json()) as WaitTimeout;
  expect(timeout).toMatchObject({ statusCode: 408, error: 'Request Timeout', matched: 0 });
  expect(timeout.nearest.map(({ Subject, To, Lacks }) => [Subject, ...To, ...Lacks])).toEqual([
    ['Welcome', 'bob@example.com', 'subject:reset'],
    ['Reset your password', 'eve@example.com', 'rcpt:bob@example.com'],
    ['Welcome', 'eve@example.com', 'rcpt:bob@example.com', 'subject:reset'],
  ]);
  expect(timeout.message).toMatch(
    /^no message within 1 ms: rcpt:bob@example.com subject:reset is:unread; nearest were:\n {2}from <ada@example.com> to bob@example.com, subject "Welcome": not subject:reset\n/,
  );
});

test('408 tells how many did match, and that nothing else came', async () => {
  await using http = await startTestHttp();
  await http.deliver();
  const timeout = (await (await wait(http, 'query=hello&count=2&timeout=1')).json()) as WaitTimeout;
  expect(timeout).toMatchObject({ matched: 1, nearest: [] });
  expect(timeout.message).toBe('1 of 2 messages within 1 ms: hello; nothing else came');
});

test('the time is the one of the clock, in the unit that is given', async () => {
  const clock = watchedClock(90_000);
  await using http = await startTestHttp({ clock });
  const reply = wait(http, 'query=x&timeout=1.5m');
  (await clock.timerSet)();
  expect((await reply).status).toBe(408);
});

test.for([
  { query: 'count=0', says: 'count is a whole number' },
  { query: 'count=901', says: 'count is a whole number' },
  { query: 'count=x', says: 'count is a whole number' },
  { query: 'since=-1', says: 'since is the Seq' },
  { query: 'timeout=11m', says: 'timeout is milliseconds' },
  { query: 'timeout=soon', says: 'timeout is milliseconds' },
  { query: 'timeout=', says: 'timeout is milliseconds' },
])('$query is refused: a wait for the wrong thing would only time out', async ({ query, says }) => {
  await using http = await startTestHttp();
  const reply = await wait(http, query);
  expect(reply.status).toBe(400);
  expect(await reply.text()).toContain(says);
});

test('a hundred may wait, no more; who goes away makes room', async () => {
  await using http = await startTestHttp();
  const leave = new AbortController();
  const before = http.searches.count;
  const waiting = Array.from({ length: 100 }, () =>
    wait(http, 'query=x&timeout=1m', { signal: leave.signal }).catch(() => undefined),
  );
  await expect.poll(() => http.searches.count).toBe(before + 100);
  expect((await wait(http, 'query=x')).status).toBe(503);
  leave.abort();
  await Promise.all(waiting);
  await http.deliver({ subject: 'x' });
  await expect.poll(async () => (await wait(http, 'query=x')).status).toBe(200);
});

test('a server that stops lets nobody wait', async () => {
  const http = await startTestHttp();
  const before = http.searches.count;
  const reply = wait(http, 'query=x&timeout=1m');
  await untilWaiting(http, before);
  await http[Symbol.asyncDispose]();
  expect((await reply).status).toBe(503);
});

test('a burst of mail is answered with what was waited for', async () => {
  await using http = await startTestHttp();
  const replies = Array.from({ length: 20 }, (_, index) =>
    subjects(wait(http, `query=subject:mail${index}x&timeout=20s`)),
  );
  await Promise.all(Array.from({ length: 200 }, (_, index) => http.deliver({ subject: `mail${index}x` })));
  expect((await Promise.all(replies)).flat()).toEqual(Array.from({ length: 20 }, (_, index) => `mail${index}x`));
});
