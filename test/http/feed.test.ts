import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { parseMessage } from '../../src/message/parse-message.ts';
import { PARSER_VERSION } from '../../src/message/parsed.ts';
import { manualClock } from '../support/clock.ts';
import { listenToFeed, startTestHttp } from '../support/http.ts';
import { put, putEach, verdict } from '../support/store.ts';

test('a mail is told at once, and again when it is parsed', async () => {
  await using http = await startTestHttp();
  await using feed = await listenToFeed(http);
  const { id } = await http.deliver({ subject: 'hello', body: 'Hello world' });
  expect(await feed.next()).toMatchObject({
    Type: 'new',
    Seq: 1,
    Data: { ID: id, Subject: 'hello', Read: false, Snippet: '', Parse: { State: 'pending' } },
  });
  expect(await feed.next()).toMatchObject({
    Type: 'parsed',
    Seq: 2,
    Data: { ID: id, Snippet: 'Hello world', Parse: { State: 'parsed' } },
  });
});

test('a verdict is told in short', async () => {
  await using http = await startTestHttp();
  const { id } = await put(http.store);
  await using feed = await listenToFeed(http);
  await http.store.setVerdict(id, verdict());
  expect(await feed.next()).toEqual({
    Type: 'verdict',
    Seq: 2,
    Data: {
      ID: id,
      Verdict: {
        Counts: { sent: 1 },
        First: {
          Recipient: 'bob@example.com',
          Transport: 'local',
          Nexthop: 'example.com',
          Status: 'sent',
          DSN: '2.0.0',
        },
        Ends: [
          {
            Status: 'sent',
            Deed: 'none',
            Count: 1,
            Recipient: 'bob@example.com',
            Transport: 'local',
            Nexthop: 'example.com',
            Place: '',
            DSN: '2.0.0',
            Text: 'delivered to mailbox',
          },
        ],
      },
    },
  });
});

test('every client hears the same', async () => {
  await using http = await startTestHttp();
  await using first = await listenToFeed(http);
  await using second = await listenToFeed(http);
  await put(http.store);
  expect(await first.next()).toEqual(await second.next());
});

test('read state, tags and deletion are told, a frame for each message', async () => {
  await using http = await startTestHttp();
  const [a, b] = await putEach(http.store, [{}, {}]);
  await using feed = await listenToFeed(http);
  await http.store.setRead({ all: true }, true);
  const updates = [await feed.next(), await feed.next()];
  expect(new Set(updates.map(({ Data }) => Data))).toEqual(
    new Set([
      { ID: a?.id, Read: true },
      { ID: b?.id, Read: true },
    ]),
  );
  await http.store.setTags({ ids: a ? [a.id] : [] }, ['red']);
  expect(await feed.next()).toMatchObject({ Type: 'update', Data: { ID: a?.id, Tags: ['red'] } });
  await http.store.delete({ ids: b ? [b.id] : [] });
  expect(await feed.next()).toMatchObject({ Type: 'delete', Data: { ID: b?.id } });
  await http.store.delete({ all: true });
  expect(await feed.next()).toMatchObject({ Type: 'truncate', Data: null });
});

test('a change of more than 200 messages is told as prune', async () => {
  await using http = await startTestHttp();
  const all = await putEach(
    http.store,
    Array.from({ length: 202 }, () => ({})),
  );
  await using feed = await listenToFeed(http);
  await http.store.setRead({ ids: all.slice(0, 201).map(({ id }) => id) }, true);
  expect(await feed.next()).toMatchObject({ Type: 'prune', Data: null });
});

test('counts are told on connecting', async () => {
  await using http = await startTestHttp();
  await putEach(http.store, [{}, {}]);
  await using feed = await listenToFeed(http);
  expect(await feed.nextStats()).toEqual({
    Type: 'stats',
    Data: { Total: 2, Unread: 2, Version: '1.2.3' },
    Seq: 2,
  });
});

test('counts are told after changes, four times a second at most', async () => {
  const clock = manualClock();
  await using http = await startTestHttp({ clock });
  await using feed = await listenToFeed(http);
  await feed.nextStats();
  await put(http.store);
  await feed.next();
  clock.advance(0);
  expect(await feed.nextStats()).toMatchObject({ Data: { Total: 1 } });

  await put(http.store);
  await feed.next();
  clock.advance(249);
  await put(http.store);
  await feed.next();
  clock.advance(1);
  expect(await feed.nextStats()).toMatchObject({ Data: { Total: 3, Unread: 3 }, Seq: 3 });
});

test('?since=N tells what came after change N, in order, then what comes', async () => {
  await using http = await startTestHttp();
  await putEach(
    http.store,
    [1, 2, 3].map((n) => ({ subject: `mail ${n}` })),
  );
  await using feed = await listenToFeed(http, '?since=1');
  expect(await feed.next()).toMatchObject({ Type: 'new', Seq: 2, Data: { Subject: 'mail 2' } });
  expect(await feed.next()).toMatchObject({ Type: 'new', Seq: 3, Data: { Subject: 'mail 3' } });
  await put(http.store, { subject: 'mail 4' });
  expect(await feed.next()).toMatchObject({ Type: 'new', Seq: 4, Data: { Subject: 'mail 4' } });
});

test('?since=N of a number that there is not yet tells prune: the data is another', async () => {
  await using http = await startTestHttp();
  await put(http.store);
  await using feed = await listenToFeed(http, '?since=1000');
  expect(await feed.next()).toMatchObject({ Type: 'prune', Seq: 1 });
  await put(http.store);
  expect(await feed.next()).toMatchObject({ Type: 'new', Seq: 2 });
});

test('who comes back while mail pours in misses nothing and hears nothing twice', async () => {
  await using http = await startTestHttp();
  await putEach(
    http.store,
    Array.from({ length: 500 }, () => ({})),
  );
  const pouring = putEach(
    http.store,
    Array.from({ length: 1500 }, () => ({})),
  );
  await using feed = await listenToFeed(http, '?since=0');
  await pouring;
  const heard: number[] = [];
  while (heard.at(-1) !== 2000) heard.push((await feed.next()).Seq);
  expect(heard).toEqual(Array.from({ length: 2000 }, (_, i) => i + 1));
});

test('what a client missed that is gone again does not keep it waiting', async () => {
  await using http = await startTestHttp();
  const { id } = await put(http.store);
  await http.store.delete({ ids: [id] });
  await using feed = await listenToFeed(http, '?since=0');
  expect(await feed.nextStats()).toMatchObject({ Data: { Total: 0 } });
  await put(http.store, { subject: 'next' });
  const frames = [await feed.next()];
  while (frames.at(-1)?.Type !== 'new') frames.push(await feed.next());
  expect(frames.at(-1)).toMatchObject({ Data: { Subject: 'next' } });
});

test('what a client says is not heard, and too much of it ends the connection', async () => {
  await using http = await startTestHttp();
  await using feed = await listenToFeed(http);
  feed.socket.send(JSON.stringify({ Type: 'RemoveAll' }));
  await put(http.store);
  expect(await feed.next()).toMatchObject({ Type: 'new' });
  expect((await http.store.counts()).total).toBe(1);
  feed.socket.send('x'.repeat(5000));
  const [code] = (await once(feed.socket, 'close')) as [number];
  expect(code).toBe(1009);
});

test('clients are pinged every 54 seconds; one that does not answer is dropped', async () => {
  const clock = manualClock();
  await using http = await startTestHttp({ clock });
  await using feed = await listenToFeed(http);
  await feed.nextStats();
  clock.advance(54_000);
  await once(feed.socket, 'ping');

  const silent = new WebSocket(`ws://localhost:${http.port}/api/events`, { autoPong: false });
  await once(silent, 'open');
  clock.advance(54_000);
  await once(silent, 'ping');
  clock.advance(54_000);
  const [code] = (await once(silent, 'close')) as [number];
  expect(code).toBe(1006);
});

test('a client that does not read is dropped, and costs the others nothing', async () => {
  await using http = await startTestHttp();
  await using feed = await listenToFeed(http);
  const socket = connect(http.port, '127.0.0.1');
  socket.write(
    'GET /api/events HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
      'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
  );
  await once(socket, 'readable');
  const dropped = once(socket, 'close');

  const subject = 'x'.repeat(50_000);
  let last = 0;
  for (let sent = 0; sent < 600; sent += 1) {
    await put(http.store, { subject });
    last = (await feed.next()).Seq;
  }
  expect(last).toBe(600);
  // Only now does it read: what the system still held, and then the end.
  socket.on('error', () => {});
  socket.resume();
  await dropped;
});

test('a client that listens from the start has every mail of a burst, its parsing included', async () => {
  await using http = await startTestHttp();
  await using feed = await listenToFeed(http);
  const stored = await Promise.all(Array.from({ length: 400 }, () => put(http.store)));
  const outcome = await parseMessage(Buffer.from('Subject: x\r\n\r\n'));
  await Promise.all(stored.map(({ id }) => http.store.setParsed(id, PARSER_VERSION, outcome)));
  const heard: number[] = [];
  while (heard.length < 800) heard.push((await feed.next()).Seq);
  expect(heard).toEqual(Array.from({ length: 800 }, (_, i) => i + 1));
});

test.for([{ path: '/api/events/x' }, { path: '/' }, { path: '/api/v1/messages' }])(
  'a WebSocket to $path is 404',
  async ({ path }) => {
    await using http = await startTestHttp();
    const socket = new WebSocket(`ws://localhost:${http.port}${path}`);
    const [, response] = (await once(socket, 'unexpected-response')) as [
      unknown,
      { statusCode: number; destroy(): void },
    ];
    response.destroy();
    expect(response.statusCode).toBe(404);
  },
);
