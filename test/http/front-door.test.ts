import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { startTestHttp } from '../support/http.ts';
import { putEach } from '../support/store.ts';

/** Sends octets, and reads until the server closes. */
async function talk(port: number, sent: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(sent);
  return await text(socket);
}

const OFFER =
  'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA\r\n';

test('a client that offers HTTP/2, as that of Java does, is answered in HTTP/1.1', async () => {
  await using http = await startTestHttp();
  const first = `GET /livez HTTP/1.1\r\nHost: localhost\r\n${OFFER}\r\n`;
  const second = 'GET /api/v1/info HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n';
  const answers = await talk(http.port, first + second);
  expect(answers.match(/HTTP\/1\.1 200 OK/g)).toHaveLength(2);
  expect(answers).toContain('"LatestVersion":"disabled"');
});

test('the body of a request that offers HTTP/2 is read', async () => {
  await using http = await startTestHttp();
  const [first] = await putEach(http.store, [{}, {}]);
  const body = JSON.stringify({ IDs: [first?.id] });
  const head = `DELETE /api/v1/messages HTTP/1.1\r\nHost: localhost\r\n${OFFER}Content-Length: ${body.length}\r\n\r\n`;
  const last = 'GET /livez HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n';
  expect(await talk(http.port, head + body + last)).toContain('\r\n\r\nok');
  expect((await http.store.counts()).total).toBe(1);
});

test('an offer of HTTP/2 is no way round the guard', async () => {
  await using http = await startTestHttp();
  const request = `GET /api/v1/messages HTTP/1.1\r\nHost: evil.test\r\n${OFFER}\r\n`;
  expect(await talk(http.port, request)).toMatch(/^HTTP\/1\.1 421 /);
});

test.for([
  { request: 'GET / HTTP/1.0\r\n\r\n', why: 'it names no Host' },
  {
    request: 'GET http://localhost/api/v1/messages HTTP/1.1\r\nHost: evil.test\r\nConnection: close\r\n\r\n',
    why: 'the target is no Host',
  },
  {
    request: 'GET / HTTP/1.1\r\nHost: evil.test\r\nHost: localhost\r\nConnection: close\r\n\r\n',
    why: 'the first Host counts',
  },
])('a request is refused with 421: $why', async ({ request }) => {
  await using http = await startTestHttp();
  expect(await talk(http.port, request)).toMatch(/^HTTP\/1\.1 421 /);
});

test.for([
  { path: '/livez' },
  { path: '/' },
  { path: '/nowhere' },
  { path: '/api/v1/messages' },
  { path: '/api/v1/search' },
  { path: '/%zz' },
])('$path bears the headers that keep others out', async ({ path }) => {
  await using http = await startTestHttp();
  for (const headers of [{}, { origin: 'https://evil.test' }]) {
    const reply = await http.send(path, { headers });
    expect(reply.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
      'x-frame-options': 'DENY',
      'content-security-policy': expect.stringContaining("frame-ancestors 'none'") as string,
    });
    expect(reply.headers['access-control-allow-origin']).toBeUndefined();
  }
});

test.for([{ path: '/debug/vars' }, { path: '/metrics' }, { path: '/proxy?data=x' }, { path: '/../package.json' }])(
  '$path is not there',
  async ({ path }) => {
    await using http = await startTestHttp();
    expect((await http.send(path)).status).toBe(404);
  },
);
