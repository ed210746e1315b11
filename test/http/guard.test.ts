import { once } from 'node:events';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { printedRoutes, startTestHttp, type SendOptions } from '../support/http.ts';

/** `PORT` in headers stands for the port listened on. */
const withPort = (headers: Readonly<Record<string, string>>, port: number): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value.replace('PORT', String(port))]));

test.for([
  { host: 'localhost:PORT', why: 'the usual name' },
  { host: 'LOCALHOST:PORT', why: 'names have no case' },
  { host: 'postfixture.localhost:PORT', why: '*.localhost can lead nowhere else' },
  { host: '127.0.0.1:PORT', why: 'a loopback address' },
  { host: '127.9.8.7', why: 'any of 127.0.0.0/8, and without a port' },
  { host: '[::1]:PORT', why: 'the IPv6 loopback address' },
  { host: 'localhost:9999', why: 'a forwarded port' },
])('Host $host is served: $why', async ({ host }) => {
  await using http = await startTestHttp();
  const reply = await http.send('/api/v1/messages', { headers: withPort({ host }, http.port) });
  expect(reply.status).toBe(200);
});

test.for([
  { host: 'evil.test', why: 'a name that was rebound to this machine' },
  { host: 'evil.test:PORT', why: 'with the right port, too' },
  { host: 'localhost.evil.test', why: 'localhost at the wrong end' },
  { host: 'notlocalhost', why: 'no dot before it' },
  { host: '127.0.0.1.evil.test', why: 'no address' },
  { host: '192.0.2.1', why: 'an address that is not listened on' },
  { host: '[2001:db8::1]', why: 'likewise' },
  { host: '2130706433', why: 'no address as a browser writes it' },
  { host: 'localhost@evil.test', why: 'no host' },
  { host: ' ', why: 'a browser always sends one' },
])('Host "$host" is refused with 421: $why', async ({ host }) => {
  await using http = await startTestHttp();
  const reply = await http.send('/api/v1/messages', { headers: withPort({ host }, http.port) });
  expect(reply.status).toBe(421);
  expect(reply.body).toContain('catch_http_allow_hosts');
});

test('a Host named in catch_http_allow_hosts is served, and its own page may use the API', async () => {
  await using http = await startTestHttp({ overrides: { catch_http_allow_hosts: 'mail.dev.test' } });
  const headers = { host: 'Mail.dev.test', origin: 'https://mail.dev.test', 'sec-fetch-site': 'same-origin' };
  expect((await http.send('/api/v1/messages', { headers })).status).toBe(200);
});

test('a server that listens on all addresses may be asked for by any address, not by any name', async () => {
  await using http = await startTestHttp({ overrides: { inet_interfaces: 'all' } });
  expect((await http.send('/api/v1/messages', { headers: { host: '192.0.2.1:8025' } })).status).toBe(200);
  expect((await http.send('/api/v1/messages', { headers: { host: 'evil.test:8025' } })).status).toBe(421);
});

test.for<{ readonly what: string; readonly path: string } & SendOptions>([
  {
    what: 'an <img> of another site',
    path: '/api/v1/message/latest',
    headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' },
  },
  {
    what: 'an <img> of another port of localhost',
    path: '/api/v1/message/latest',
    headers: { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' },
  },
  {
    what: 'an <iframe> of another site that shows the page',
    path: '/',
    headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' },
  },
  {
    what: 'an <iframe> of another site that shows a mail',
    path: '/view/latest.html',
    headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' },
  },
  {
    what: 'a link to a mail, which following would mark as read',
    path: '/view/latest.html',
    headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' },
  },
  {
    what: 'a link to the API',
    path: '/api/v1/message/latest',
    headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' },
  },
  {
    what: 'a form that posts to the page',
    path: '/',
    method: 'POST',
    headers: {
      origin: 'https://evil.test',
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: 'a=b',
  },
  {
    what: 'a form post of a browser that sends an Origin only',
    path: '/api/v1/messages',
    method: 'POST',
    headers: { origin: 'https://evil.test', 'content-type': 'text/plain' },
    body: '{}',
  },
  {
    what: 'a no-cors fetch with a text body',
    path: '/api/v1/messages',
    method: 'POST',
    headers: {
      origin: 'http://localhost:3000',
      'sec-fetch-site': 'same-site',
      'sec-fetch-mode': 'no-cors',
      'sec-fetch-dest': 'empty',
      'content-type': 'text/plain',
    },
    body: '{}',
  },
  {
    what: 'a cross-origin DELETE',
    path: '/api/v1/messages',
    method: 'DELETE',
    headers: { origin: 'https://evil.test', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' },
  },
  {
    what: 'the preflight of one',
    path: '/api/v1/messages',
    method: 'OPTIONS',
    headers: { origin: 'https://evil.test', 'access-control-request-method': 'DELETE' },
  },
  {
    what: 'another port of localhost by its Origin',
    path: '/api/v1/messages',
    headers: { origin: 'http://localhost:1' },
  },
  { what: 'a sandboxed page', path: '/api/v1/messages', headers: { origin: 'null' } },
  { what: 'an Origin that is none', path: '/api/v1/messages', headers: { origin: 'file://localhost:PORT' } },
  { what: 'a Sec-Fetch-Site that nobody knows', path: '/api/v1/messages', headers: { 'sec-fetch-site': 'near' } },
])('$what is refused, and nothing changes', async ({ path, method, headers, body }) => {
  await using http = await startTestHttp();
  const { id } = await http.deliver();
  const before = http.store.head();
  const reply = await http.send(path, {
    ...(method !== undefined && { method }),
    ...(body !== undefined && { body }),
    headers: withPort({ host: 'localhost:PORT', ...headers }, http.port),
  });
  expect(reply.status).toBe(403);
  expect(reply.headers['access-control-allow-origin']).toBeUndefined();
  expect(http.store.head()).toBe(before);
  expect((await http.store.get(id))?.read).toBe(false);
});

test.for<{ readonly what: string; readonly path: string } & SendOptions>([
  { what: 'a program, which sends none of the headers', path: '/api/v1/messages' },
  {
    what: 'the page itself',
    path: '/api/v1/messages',
    headers: { origin: 'http://localhost:PORT', 'sec-fetch-site': 'same-origin' },
  },
  { what: 'an address typed in', path: '/api/v1/messages', headers: { 'sec-fetch-site': 'none' } },
  {
    what: 'a link on another site to a view of the page',
    path: '/view/latest?query=x',
    headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' },
  },
])('$what is let in', async ({ path, headers = {} }) => {
  await using http = await startTestHttp();
  const reply = await http.send(path, { headers: withPort({ host: 'localhost:PORT', ...headers }, http.port) });
  expect(reply.status).toBeLessThan(400);
});

test.for([
  { what: 'another site', headers: { origin: 'https://evil.test' }, status: 403 },
  { what: 'another port of localhost', headers: { origin: 'http://localhost:3000' }, status: 403 },
  { what: 'a sandboxed page', headers: { origin: 'null' }, status: 403 },
  { what: 'a rebound name', headers: { host: 'evil.test', origin: 'http://evil.test' }, status: 421 },
  { what: 'a cross-site request', headers: { 'sec-fetch-site': 'cross-site' }, status: 403 },
])('a WebSocket of $what is refused with $status', async ({ headers, status }) => {
  await using http = await startTestHttp();
  const socket = new WebSocket(`ws://127.0.0.1:${http.port}/api/events`, { headers });
  const [, response] = (await once(socket, 'unexpected-response')) as [
    unknown,
    { statusCode: number; destroy(): void },
  ];
  response.destroy();
  expect(response.statusCode).toBe(status);
});

test('a WebSocket of the page itself is let in', async () => {
  await using http = await startTestHttp();
  const socket = new WebSocket(`ws://localhost:${http.port}/api/events`, { origin: http.url });
  await once(socket, 'open');
  socket.terminate();
});

test('no route is outside the guard', async () => {
  const paths = [...(await printedRoutes()).map(({ path }) => path), '/nowhere', '/%zz', '/api/v1/nowhere'];
  expect(paths).toEqual(expect.arrayContaining(['/view/:name', '/api/v1/message/:id/part/:partId']));

  await using http = await startTestHttp();
  for (const path of paths) {
    for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS']) {
      const rebound = await http.send(path, { method, headers: { host: 'evil.test' } });
      const foreign = await http.send(path, { method, headers: { origin: 'https://evil.test' } });
      expect({ method, path, rebound: rebound.status, foreign: foreign.status }).toEqual({
        method,
        path,
        rebound: 421,
        foreign: 403,
      });
    }
  }
});
