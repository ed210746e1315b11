import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { watchedClock } from '../support/http-clock.ts';
import { listenToFeed, startTestHttp } from '../support/http.ts';
import { put } from '../support/store.ts';

test('it listens on both loopback addresses, on one port', async () => {
  await using http = await startTestHttp();
  expect(http.url).toBe(`http://localhost:${http.port}`);
  expect(http.addresses[0]).toEqual({ address: '127.0.0.1', port: http.port });
  for (const { address, port } of http.addresses) {
    expect(port).toBe(http.port);
    const host = address.includes(':') ? `[${address}]` : address;
    expect((await fetch(`http://${host}:${port}/livez`)).status).toBe(200);
  }
});

test('it listens on an address that is named, and is found there', async () => {
  await using http = await startTestHttp({ overrides: { inet_interfaces: '127.0.0.3' } });
  expect(http.url).toBe(`http://127.0.0.3:${http.port}`);
  expect((await fetch(`${http.url}/livez`)).status).toBe(200);
});

test('a port in use is an error that names it, and leaves nothing listening', async () => {
  await using taken = createServer().listen({ host: '127.0.0.2', port: 0 });
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;
  const overrides = { inet_interfaces: '127.0.0.3, 127.0.0.2', catch_http_port: String(port) };
  await expect(startTestHttp({ overrides })).rejects.toMatchObject({ code: 'EADDRINUSE', address: '127.0.0.2', port });
  const attempt = connect(port, '127.0.0.3');
  const [error] = (await once(attempt, 'error')) as [NodeJS.ErrnoException];
  expect(error.code).toBe('ECONNREFUSED');
});

test('two servers live in one process', async () => {
  await using first = await startTestHttp();
  await using second = await startTestHttp();
  await using feed = await listenToFeed(second);
  await put(first.store, { subject: 'first' });
  await put(second.store, { subject: 'second' });
  expect(await feed.next()).toMatchObject({ Data: { Subject: 'second' } });
});

test('disposing of it says good-bye to the feed, ends idle connections, and can be done twice', async () => {
  const http = await startTestHttp();
  const feed = await listenToFeed(http);
  const bye = once(feed.socket, 'close');
  const idle = connect(http.port, '127.0.0.1');
  idle.write('GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await once(idle, 'data');
  const ended = once(idle, 'close');

  await http[Symbol.asyncDispose]();
  await http[Symbol.asyncDispose]();
  expect((await bye)[0]).toBe(1001);
  await ended;
  const late = new WebSocket(`ws://127.0.0.1:${http.port}/api/events`);
  const [error] = (await once(late, 'error')) as [NodeJS.ErrnoException];
  expect(error.code).toBe('ECONNREFUSED');
});

test('disposing of it answers a request that waits for the parser with what there is', async () => {
  const clock = watchedClock(12_000);
  const http = await startTestHttp({ clock, overrides: { catch_parse_time_limit: '10s' } });
  const { id } = await put(http.store);
  const answer = http.get(`/api/v1/message/${id}`);
  await clock.timerSet;
  await http[Symbol.asyncDispose]();
  expect(await (await answer).json()).toMatchObject({ ID: id, Parse: { State: 'pending' } });
});
