import { expect, test } from 'vitest';
import type { MessagesSummary } from '../../../src/http/api/schemas/message.ts';
import { startTestHttp, type TestHttp } from '../../support/http.ts';
import { putEach } from '../../support/store.ts';

async function startWithFive(): Promise<TestHttp> {
  const http = await startTestHttp();
  await putEach(
    http.store,
    [1, 2, 3, 4, 5].map((n) => ({ subject: `mail ${n}`, receivedAtMs: Date.UTC(2026, 10, n) })),
  );
  return http;
}

async function list(http: TestHttp, query = ''): Promise<MessagesSummary> {
  return (await (await http.get(`/api/v1/messages${query}`)).json()) as MessagesSummary;
}

async function subjects(http: TestHttp, query = ''): Promise<readonly string[]> {
  return (await list(http, query)).messages.map(({ Subject }) => Subject);
}

test('a message is listed in the wire format of Mailpit, with our additions', async () => {
  await using http = await startTestHttp();
  const { id } = await http.deliver({
    from: 'ada@example.com',
    to: ['bob@example.com', 'eve@example.com'],
    subject: '=?utf-8?q?Gr=C3=BC=C3=9Fe?=',
    headers: { 'Message-ID': '<1@example.com>', Cc: 'Carl <carl@example.com>', 'Reply-To': 'r@example.com' },
    body: 'Hello world',
    username: 'ada',
    receivedAtMs: Date.UTC(2026, 10, 24, 18, 33, 16, 645),
  });
  expect(await list(http)).toEqual({
    total: 1,
    unread: 1,
    count: 1,
    messages_count: 1,
    messages_unread: 1,
    start: 0,
    tags: [],
    Seq: 2,
    messages: [
      {
        ID: id,
        MessageID: '1@example.com',
        Read: false,
        From: { Name: '', Address: 'ada@example.com' },
        To: [
          { Name: '', Address: 'bob@example.com' },
          { Name: '', Address: 'eve@example.com' },
        ],
        Cc: [{ Name: 'Carl', Address: 'carl@example.com' }],
        Bcc: [],
        ReplyTo: [{ Name: '', Address: 'r@example.com' }],
        Subject: 'Grüße',
        Created: '2026-11-24T18:33:16.645Z',
        Username: 'ada',
        Tags: [],
        Size: expect.any(Number) as number,
        Attachments: 0,
        Snippet: 'Hello world',
        Seq: 1,
        Envelope: { From: 'ada@example.com', To: ['bob@example.com', 'eve@example.com'], Count: 2 },
        Parse: { State: 'parsed', Reason: '' },
        Verdict: null,
      },
    ],
  });
});

test('a message that is not parsed yet is listed all the same', async () => {
  await using http = await startTestHttp();
  await putEach(http.store, [{}]);
  const [message] = (await list(http)).messages;
  expect(message).toMatchObject({ Snippet: '', Attachments: 0, Parse: { State: 'pending', Reason: '' } });
});

test.for([
  { query: '', expected: ['5', '4', '3', '2', '1'], why: 'newest first' },
  { query: '?limit=2', expected: ['5', '4'], why: 'a limit' },
  { query: '?start=3&limit=50', expected: ['2', '1'], why: 'skipping' },
  { query: '?limit=0', expected: ['5', '4', '3', '2', '1'], why: 'no limit at all' },
  { query: '?limit=-1', expected: ['5', '4', '3', '2', '1'], why: 'a negative limit counts as absent' },
  { query: '?limit=many&start=-2', expected: ['5', '4', '3', '2', '1'], why: 'so does what is no number' },
  { query: '?limit=1&limit=5', expected: ['5'], why: 'the first of two counts' },
  { query: '?before=2026-11-03T00:00:00Z', expected: ['2', '1'], why: 'those received before a date' },
  { query: '?before=2026-11-03&tz=Asia/Tokyo', expected: ['2', '1'], why: 'the date is in a time zone' },
  {
    query: '?before=nonsense&tz=nowhere',
    expected: ['5', '4', '3', '2', '1'],
    why: 'what is no date counts as absent',
  },
])('GET /messages$query gives $expected: $why', async ({ query, expected }) => {
  await using http = await startWithFive();
  expect(await subjects(http, query)).toEqual(expected.map((n) => `mail ${n}`));
});

test('limit=0 lists more messages than the store gives at once', async () => {
  await using http = await startTestHttp();
  await putEach(
    http.store,
    Array.from({ length: 1100 }, () => ({})),
  );
  const { messages, count } = await list(http, '?limit=0&start=5');
  expect(count).toBe(1095);
  expect(new Set(messages.map(({ ID }) => ID)).size).toBe(1095);
});

test.for([
  { body: undefined, left: [], why: 'no body: all' },
  { body: '{}', left: [], why: 'no IDs: all' },
  { body: '{"IDs":[]}', left: [], why: 'as Mailpit' },
  { body: '{"ids":["FIRST"]}', left: ['2'], why: 'names have no case' },
  { body: '{"IDs":["FIRST"],"more":1}', left: ['2'], why: 'unknown members are ignored' },
  { body: '{"IDs":["FIRST"]} trailing', left: ['2'], why: 'so is what follows the first value' },
  { body: 'IDs=FIRST', left: ['2'], why: 'a form names them, too' },
  { body: 'ids=FIRST&ids=nobody', left: ['2'], why: 'a form may name several' },
  { body: '{"IDs":["nobody","4hTnone"]}', left: ['2', '1'], why: 'unknown IDs are ignored, and are not none' },
])('DELETE /messages with $body leaves $left: $why', async ({ body, left }) => {
  await using http = await startTestHttp();
  const [first] = await putEach(http.store, [{ subject: 'mail 1' }, { subject: 'mail 2' }]);
  const reply = await http.send('/api/v1/messages', {
    method: 'DELETE',
    ...(body !== undefined && { body: body.replace('FIRST', first?.id ?? '') }),
  });
  expect(reply).toMatchObject({ status: 200, body: 'ok' });
  expect(reply.headers['content-type']).toBe('text/plain');
  expect(await subjects(http)).toEqual(left.map((n) => `mail ${n}`));
});

test.for([
  { body: '{"IDs":["x"', what: 'JSON that is cut' },
  { body: 'id=x', what: 'a form without IDs' },
  { body: 'IDs=x&all=1', what: 'a form that asks for more' },
  { body: 'IDs=', what: 'a form with an empty ID' },
  { body: '[]', what: 'a list' },
  { body: 'null', what: 'null' },
  { body: '{"IDs":"x"}', what: 'a text where a list should be' },
  { body: '{"IDs":[1]}', what: 'a number where an ID should be' },
])('DELETE /messages with $what is 400 and deletes nothing', async ({ body }) => {
  await using http = await startWithFive();
  const reply = await http.send('/api/v1/messages', { method: 'DELETE', body });
  expect(reply.status).toBe(400);
  expect(reply.headers['content-type']).toContain('text/plain');
  expect(reply.body).toMatch(/^The body /);
  expect(await subjects(http)).toHaveLength(5);
});

test.for([
  { contentType: 'application/json' },
  { contentType: 'text/plain' },
  { contentType: 'application/x-www-form-urlencoded' },
  { contentType: 'no type at all' },
])('a body is read whatever its Content-Type: $contentType', async ({ contentType }) => {
  await using http = await startWithFive();
  const headers = { 'content-type': contentType };
  const reply = await http.send('/api/v1/messages', { method: 'DELETE', body: '{}', headers });
  expect(reply.status).toBe(200);
  expect(await subjects(http)).toEqual([]);
});

test.for([{ method: 'DELETE' }, { method: 'PUT' }])(
  '$method with a body over 5 MB is 413, and nothing changes',
  async ({ method }) => {
    await using http = await startWithFive();
    const before = http.store.head();
    const body = `{"IDs":["${'x'.repeat(5 * 1024 * 1024)}"]}`;
    const reply = await http.send('/api/v1/messages', { method, body });
    expect(reply.status).toBe(413);
    expect(http.store.head()).toBe(before);
    expect(await subjects(http)).toHaveLength(5);
  },
);

test.for([
  { body: '{"Read":true}', unread: [], why: 'all' },
  { body: '{"read":true,"ids":["FIRST"]}', unread: ['two'], why: 'those named' },
  { body: '{"Read":true,"Search":" two "}', unread: ['one'], why: 'those found' },
  { body: '{"IDs":["FIRST"]}', unread: ['two', 'one'], why: 'Read is false unless it is given' },
])('PUT /messages $body leaves $unread unread: $why', async ({ body, unread }) => {
  await using http = await startTestHttp();
  const [first] = await putEach(http.store, [{ subject: 'one' }, { subject: 'two' }]);
  const reply = await http.send('/api/v1/messages', { method: 'PUT', body: body.replace('FIRST', first?.id ?? '') });
  expect(reply).toMatchObject({ status: 200, body: 'ok' });
  const { messages } = await list(http);
  expect(messages.filter(({ Read }) => !Read).map(({ Subject }) => Subject)).toEqual(unread);
});

test.for([{ path: '/messages' }, { path: '/tags' }, { path: '/tags/x' }])(
  'PUT $path without a body is 400, and nothing changes',
  async ({ path }) => {
    await using http = await startWithFive();
    await http.store.setRead({ all: true }, true);
    const before = http.store.head();
    expect(await http.send(`/api/v1${path}`, { method: 'PUT' })).toMatchObject({
      status: 400,
      body: 'There is no body: it must be a JSON object.',
    });
    expect(http.store.head()).toBe(before);
  },
);

test('PUT /messages with IDs and a search is 400', async () => {
  await using http = await startWithFive();
  const reply = await http.send('/api/v1/messages', { method: 'PUT', body: '{"IDs":["x"],"Search":"y","Read":true}' });
  expect(reply).toMatchObject({ status: 400, body: 'You may specify either IDs or a search query, not both' });
  expect((await list(http)).unread).toBe(5);
});

test('a page takes in everything up to its Seq', async () => {
  await using http = await startWithFive();
  const { Seq, messages } = await list(http);
  expect(Seq).toBe(http.store.head());
  expect(messages[0]?.Seq).toBe(Seq);
});
