import { expect, test } from 'vitest';
import type { MessageSession, Session, SessionList } from '../../../src/http/api/schemas/session.ts';
import type { SessionId } from '../../../src/store/session.ts';
import type { Store } from '../../../src/store/store.ts';
import { startTestHttp } from '../../support/http.ts';

const START_MS = Date.UTC(2026, 10, 25, 12);
const start = {
  startedAtMs: START_MS,
  client: { address: '127.0.0.1', port: 40_000 },
  server: { address: '127.0.0.1', port: 1025 },
};

/** A session of three lines. */
const begin = (store: Store): SessionId => {
  const id = store.newSessionId();
  store.journal({
    id,
    start,
    helo: 'client.test',
    lines: [
      { atMs: START_MS, from: 'server', text: '220 ready' },
      { atMs: START_MS + 1.5, from: 'client', text: 'EHLO client.test', isPipelined: true },
      { atMs: START_MS + 2, from: 'note', text: '(connection lost)' },
    ],
  });
  return id;
};

test('a session without mail is listed, and has its dialogue with times', async () => {
  await using http = await startTestHttp();
  const id = begin(http.store);
  http.store.journal({ id, endedAtMs: START_MS + 3 });
  const summary = {
    id,
    startedAt: '2026-11-25T12:00:00.000Z',
    endedAt: '2026-11-25T12:00:00.003Z',
    client: start.client,
    server: start.server,
    helo: 'client.test',
    lineCount: 3,
    queueIds: [],
    noticeCount: 0,
  };
  expect(await (await http.get('/api/v1/sessions')).json()).toEqual({ sessions: [summary] });
  const session = (await (await http.get(`/api/v1/sessions/${id}`)).json()) as Session;
  expect(session).toMatchObject({ ...summary, truncated: false });
  expect(session.lines).toEqual([
    { at: '2026-11-25T12:00:00.000Z', afterMs: 0, from: 'server', text: '220 ready' },
    { at: '2026-11-25T12:00:00.001Z', afterMs: 1.5, from: 'client', text: 'EHLO client.test', isPipelined: true },
    { at: '2026-11-25T12:00:00.002Z', afterMs: 2, from: 'note', text: '(connection lost)' },
  ]);
});

test('a message has its session, its lines in it, and the other messages of the same', async () => {
  await using http = await startTestHttp();
  const id = begin(http.store);
  const at = { id, startLine: 0, endLine: 3 };
  const first = await http.deliver({ subject: 'first', session: at });
  const second = await http.deliver({ subject: 'second', session: { ...at, startLine: 3, endLine: 5 } });
  await http.deliver({ subject: 'another session' });
  const gone = http.store.newQueueId();
  http.store.journal({ id, queueIds: [first.id, gone, second.id] });
  const session = (await (await http.get(`/api/v1/message/${second.id}/session`)).json()) as MessageSession;
  expect(session).toMatchObject({ id, startLine: 3, endLine: 5, queueIds: [first.id, gone, second.id] });
  expect(session.messages.map(({ ID, Subject }) => [ID, Subject])).toEqual([
    [first.id, 'first'],
    [second.id, 'second'],
  ]);
});

test('a session has what Postfix would tell the postmaster of it, and where that would go', async () => {
  await using http = await startTestHttp();
  const id = begin(http.store);
  const queueId = http.store.newQueueId();
  const notice = {
    queueId,
    atMs: START_MS + 3,
    service: 'smtp/inet',
    recipient: 'postmaster',
    classes: ['protocol'],
    peer: 'localhost[127.0.0.1]',
    reason: 'lost connection',
    startLine: 0,
    endLine: 3,
  } as const;
  http.store.journal({ id, notices: [notice], endedAtMs: START_MS + 3 });
  const list = (await (await http.get('/api/v1/sessions')).json()) as SessionList;
  const session = (await (await http.get(`/api/v1/sessions/${id}`)).json()) as Session;
  expect(list.sessions).toMatchObject([{ noticeCount: 1 }]);
  expect(session.notices).toMatchObject([
    {
      queueId,
      at: '2026-11-25T12:00:00.003Z',
      recipient: 'postmaster',
      classes: ['protocol'],
      reason: 'lost connection',
      text: '220 ready\nEHLO client.test\n(connection lost)',
      journey: { messages: [{ origin: 'postmaster' }] },
    },
  ]);
});

test('only sessions without mail are listed on demand, and only so many as are asked for', async () => {
  await using http = await startTestHttp();
  const withMail = begin(http.store);
  await http.deliver({ session: { id: withMail, startLine: 0, endLine: 1 } });
  const [older, newer] = [begin(http.store), begin(http.store)];
  const ids = async (query: string): Promise<readonly string[]> =>
    ((await (await http.get(`/api/v1/sessions${query}`)).json()) as SessionList).sessions.map(({ id }) => id);
  expect(await ids('')).toEqual([newer, older, withMail]);
  expect(await ids('?withoutMail=1')).toEqual([newer, older]);
  expect(await ids('?limit=1')).toEqual([newer]);
});

test.for([{ path: '/sessions/nonsense' }, { path: '/sessions/4hT0CJ0nPQz1' }, { path: '/message/latest/session' }])(
  '$path, which is not there, is 404',
  async ({ path }) => {
    await using http = await startTestHttp();
    await http.deliver();
    expect((await http.get(`/api/v1${path}`)).status).toBe(404);
  },
);
