import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { checkLinks } from '../../../src/http/api/link-check.ts';
import { isPublicAddress } from '../../../src/http/api/public-address.ts';
import type { HTMLCheckResponse } from '../../../src/http/api/schemas/check.ts';
import { BUSY_INSPECTOR, startTestHttp } from '../../support/http.ts';
import { multipart } from '../../support/mime.ts';
import { makePng } from '../../support/pictures.ts';

test('a picture has a thumbnail, and what is none a white one', async () => {
  await using http = await startTestHttp();
  const content = makePng({ width: 300, height: 300 });
  const { id } = await http.deliver({
    raw: multipart([
      { type: 'image/png', content },
      { type: 'text/plain', content: 'x' },
    ]),
  });
  for (const part of ['1', '2']) {
    const reply = await http.get(`/api/v1/message/${id}/part/${part}/thumb`);
    expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
    const octets = Buffer.from(await reply.arrayBuffer());
    expect(octets.subarray(0, 2).toString('hex')).toBe('ffd8');
  }
});

test.for(['latest/part/1', 'nonsense/part/1', '4hT0CJ0nPQz1/part/1'])('the thumbnail of %s is 400', async (path) => {
  await using http = await startTestHttp();
  await http.deliver();
  expect((await http.get(`/api/v1/message/${path}/thumb`)).status).toBe(400);
});

test('the HTML check is in Mailpit’s shape', async () => {
  await using http = await startTestHttp();
  await http.deliver({
    headers: { 'Content-Type': 'text/html' },
    body: '<body><video></video><p style="gap:1px">x</p></body>',
  });
  const check = (await (await http.get('/api/v1/message/latest/html-check')).json()) as HTMLCheckResponse;
  expect(check.Warnings.map(({ Slug, Score }) => [Slug, Score.Found])).toEqual(
    expect.arrayContaining([
      ['html-video', 1],
      ['css-gap', 1],
    ]),
  );
  expect(check.Warnings[0]).toMatchObject({
    Category: 'html',
    URL: expect.stringContaining('caniemail.com') as unknown,
  });
  expect(Object.keys(check.Platforms)).toContain('desktop-webmail');
  const { Nodes, Supported, Partial, Unsupported } = check.Total;
  expect(Nodes).toBe(3);
  expect(Supported + Partial + Unsupported).toBeCloseTo(100);
});

test('a mail without HTML cannot be checked', async () => {
  await using http = await startTestHttp();
  await http.deliver();
  const reply = await http.get('/api/v1/message/latest/html-check');
  expect([reply.status, await reply.text()]).toEqual([400, 'message does not contain HTML']);
});

test('HTML and pictures that take too long are 503', async () => {
  await using http = await startTestHttp({ inspector: BUSY_INSPECTOR });
  const { id } = await http.deliver({ headers: { 'Content-Type': 'text/html' }, body: '<p>x</p>' });
  for (const path of [`${id}/html-check`, `${id}/part/0/thumb`]) {
    expect((await http.get(`/api/v1/message/${path}`)).status).toBe(503);
  }
});

/** A server that counts requests, and leads elsewhere. */
const openCanary = async (
  location?: string,
): Promise<AsyncDisposable & { readonly url: string; readonly seen: string[] }> => {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(`${request.method ?? ''} ${request.url ?? ''}`);
    response.writeHead(location === undefined ? 204 : 302, location === undefined ? {} : { location }).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
    },
  };
};

test('links are told, and nobody is asked for them unasked', async () => {
  await using canary = await openCanary();
  await using http = await startTestHttp();
  await http.deliver({ body: `see ${canary.url}/a and ${canary.url}/b` });
  const path = '/api/v1/message/latest/link-check';
  expect(await (await http.get(path)).json()).toEqual({
    Errors: 0,
    Links: ['a', 'b'].map((name) => ({
      URL: `${canary.url}/${name}`,
      StatusCode: 0,
      Status: 'Not asked: add follow=true',
    })),
  });
  expect(await (await http.get(`${path}?follow=true`)).json()).toMatchObject({
    Errors: 2,
    Links: [{ StatusCode: 451, Status: 'Blocked private/reserved address' }, { StatusCode: 451 }],
  });
  expect(canary.seen).toEqual([]);
});

const { signal } = new AbortController();

test('a link that is asked for is asked with HEAD, and one that leads to a private address gets no further', async () => {
  await using inner = await openCanary();
  const byName = inner.url.replace('127.0.0.1', 'localhost');
  await using outer = await openCanary(`${byName}/secret`);
  await using plain = await openCanary();
  const isAllowed = (address: string): boolean => address === '127.0.0.1';
  const { Links } = await checkLinks([`${plain.url}/x`, 'http://127.0.0.2/', 'not a url'], {
    isAsked: true,
    signal,
    isAllowed,
  });
  expect(Links.map(({ StatusCode }) => StatusCode)).toEqual([204, 451, 0]);
  expect(plain.seen).toEqual(['HEAD /x']);
  let asked = 0;
  const onlyFirst = (): boolean => (asked += 1) === 1;
  const led = await checkLinks([outer.url], { isAsked: true, signal, isAllowed: onlyFirst });
  expect(led.Links.map(({ StatusCode }) => StatusCode)).toEqual([451]);
  expect(inner.seen).toEqual([]);
});

test('only three redirects are followed, and a name that leads to this machine is not asked', async () => {
  await using loop = await openCanary('/again');
  const { Links } = await checkLinks([loop.url, 'http://localhost:1/'], {
    isAsked: true,
    signal,
    isAllowed: (a) => a === '127.0.0.1',
  });
  expect(Links[0]).toMatchObject({ StatusCode: 302 });
  expect(loop.seen).toHaveLength(4);
  const blocked = await checkLinks(['http://localhost:1/'], { isAsked: true, signal });
  expect(blocked.Links[0]).toMatchObject({ StatusCode: 451 });
});

test.for([
  ['8.8.8.8', true],
  ['2606:4700:4700::1111', true],
  ['0.0.0.0', false],
  ['10.0.0.1', false],
  ['100.64.0.1', false],
  ['127.0.0.1', false],
  ['169.254.169.254', false],
  ['172.31.255.255', false],
  ['172.32.0.1', true],
  ['192.168.1.1', false],
  ['198.18.0.1', false],
  ['224.0.0.1', false],
  ['255.255.255.255', false],
  ['::', false],
  ['::1', false],
  ['::ffff:127.0.0.1', false],
  ['::ffff:8.8.8.8', false],
  ['::7f00:1', false],
  ['64:ff9b::7f00:1', false],
  ['64:ff9b:1::1', false],
  ['100::1', false],
  ['2001::1', false],
  ['2001:db8::1', false],
  ['2002:7f00:1::', false],
  ['2606:4700::5efe:7f00:1', false],
  ['2606:4700:0:0:200:5efe:7f00:1', false],
  ['3fff::1', false],
  ['fc00::1', false],
  ['fe80::1', false],
  ['fe80::1%eth0', false],
  ['fec0::1', false],
  ['ff02::1', false],
  ['localhost', false],
] as const)('the address %s is public: %s', ([address, isPublic]) => {
  expect(isPublicAddress(address)).toBe(isPublic);
});
