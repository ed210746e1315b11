import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { request } from 'node:http';
import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import type { IncomingMessage } from 'node:http';
import { expect, test as base } from 'vitest';
import { startTestHttp } from '../support/http.ts';

const SCRIPT = 'export const answer = 42;\n'.repeat(100);
const FILES = {
  'index.html': '<!doctype html><title>Postfixture</title>',
  'theme.js': 'document.documentElement.dataset.theme = "dark";',
  'assets/index-a1B2_c3D.js': SCRIPT,
  'notes.txt.bak': 'not a file of the page',
};

const test = base.extend<{ readonly pageDirectory: string }>({
  pageDirectory: async ({ task: _ }, use) => {
    const directory = await mkdtemp(join(tmpdir(), 'postfixture-page-'));
    for (const [name, content] of Object.entries(FILES)) {
      await mkdir(dirname(join(directory, name)), { recursive: true });
      await writeFile(join(directory, name), content);
    }
    await use(directory);
    await rm(directory, { recursive: true });
  },
});

/** As sent: `fetch` would decompress. */
async function getEncoded(port: number, path: string, accepted: string): Promise<[IncomingMessage, Buffer]> {
  const sent = request({ host: '127.0.0.1', port, path, headers: { 'accept-encoding': accepted }, agent: false }).end();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  return [response, await buffer(response)];
}

for (const path of [
  '/',
  '/view/4hT9zX0000z1',
  '/view/4hT9zX0000z1/headers',
  '/search?query=x',
  '/connect',
  '/explain',
  '/config',
  '/config/relayhost',
  '/queue',
  '/queue/hold',
]) {
  test(`${path} is the page, under its policy`, async ({ pageDirectory }) => {
    await using http = await startTestHttp({ pageDirectory });
    const response = await http.get(path);
    expect(response.status).toBe(200);
    expect(await response.text()).toBe(FILES['index.html']);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
      'content-security-policy':
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; frame-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types svelte-trusted-html",
    });
  });
}

test('files named after their content are kept for ever, others asked for again', async ({ pageDirectory }) => {
  await using http = await startTestHttp({ pageDirectory });
  const hashed = await http.get('/assets/index-a1B2_c3D.js');
  expect(hashed.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect(hashed.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  const theme = await http.get('/theme.js', { headers: { 'accept-encoding': 'gzip' } });
  expect(theme.headers.get('cache-control')).toBe('no-cache');
  const again = await http.send('/theme.js', {
    headers: { 'if-none-match': theme.headers.get('etag') ?? '', 'accept-encoding': 'gzip, deflate' },
  });
  expect(again).toMatchObject({ status: 304, body: '' });
});

test('what can be compressed is, as the browser likes it', async ({ pageDirectory }) => {
  await using http = await startTestHttp({ pageDirectory });
  const path = '/assets/index-a1B2_c3D.js';
  const [brotli, brotliOctets] = await getEncoded(http.port, path, 'gzip, deflate, br');
  expect(brotli.headers).toMatchObject({ 'content-encoding': 'br', vary: 'Accept-Encoding' });
  expect(brotliDecompressSync(brotliOctets).toString()).toBe(SCRIPT);
  const [gzip, gzipOctets] = await getEncoded(http.port, path, 'gzip, br;q=0');
  expect(gzip.headers['content-encoding']).toBe('gzip');
  expect(gunzipSync(gzipOctets).toString()).toBe(SCRIPT);
  const [plain, plainOctets] = await getEncoded(http.port, path, 'identity');
  expect(plain.headers['content-encoding']).toBeUndefined();
  expect(plainOctets.toString()).toBe(SCRIPT);
  expect(new Set([brotli, gzip, plain].map(({ headers }) => headers.etag)).size).toBe(3);
});

for (const path of [
  '/notes.txt.bak',
  '/assets',
  '/assets/',
  '/assets/../index.html',
  '/..%2f..%2fetc%2fpasswd',
  '/__proto__',
]) {
  test(`${path} is not a file of the page`, async ({ pageDirectory }) => {
    await using http = await startTestHttp({ pageDirectory });
    expect(await http.send(path)).toMatchObject({ status: 404, body: 'File not found\n' });
  });
}

test('without the built page, its URLs say how to build it, and the API works', async () => {
  await using http = await startTestHttp({ pageDirectory: '/nonexistent' });
  const response = await http.get('/');
  expect(response.status).toBe(503);
  expect(await response.text()).toContain('npm run build');
  expect((await http.get('/api/v1/messages')).status).toBe(200);
});
