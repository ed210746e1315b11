import { expect, test } from 'vitest';
import { startTestHttp } from '../../support/http.ts';
import { multipart } from '../../support/mime.ts';
import { put } from '../../support/store.ts';

const HTML = multipart(
  [
    {
      type: 'text/html; charset=iso-8859-1',
      content: Buffer.from('<p>Gr\xfc\xdfe</p><img src="cid:logo%40x">', 'latin1'),
    },
    { type: 'image/png', headers: { 'Content-ID': '<logo@x>', 'Content-Disposition': 'inline' }, content: 'PNG' },
  ],
  'related',
);

test('the HTML of a mail is an origin of its own in which nothing runs and nothing is loaded', async () => {
  await using http = await startTestHttp();
  const { id } = await http.deliver({ raw: HTML });
  const response = await http.get(`/view/${id}.html`);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy':
      "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; form-action 'none'; base-uri 'none'; frame-ancestors 'self'",
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'x-dns-prefetch-control': 'off',
    'x-frame-options': 'SAMEORIGIN',
  });
  expect(await response.text()).toBe(
    `<p>Grüße</p><img src="data:image/png;base64,${Buffer.from('PNG').toString('base64')}">`,
  );
  expect((await http.store.get(id))?.read).toBe(true);
});

test('?remote=1 lets images, styles, fonts and media of other servers in, never scripts', async () => {
  await using http = await startTestHttp();
  const { id } = await http.deliver({ raw: HTML });
  const policy = (await http.get(`/view/${id}.html?remote=1`)).headers.get('content-security-policy');
  expect(policy).toBe(
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline' http: https:; img-src data: http: https:; font-src data: http: https:; media-src http: https:; form-action 'none'; base-uri 'none'; frame-ancestors 'self'",
  );
});

test('the text of a mail is plain text, whatever is in it', async () => {
  await using http = await startTestHttp();
  const { id } = await http.deliver({ body: '<script>alert(1)</script>' });
  const response = await http.get(`/view/${id}.txt`);
  expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  expect(await response.text()).toContain('<script>alert(1)</script>');
  expect((await http.store.get(id))?.read).toBe(true);
});

test('the source of a mail is plain text, and looking at it does not mark it as read', async () => {
  await using http = await startTestHttp();
  const { id } = await put(http.store, { body: 'source' });
  const response = await http.get(`/view/${id}.raw`);
  expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  expect(response.headers.get('content-security-policy')).toMatch(/^sandbox/);
  expect(await response.text()).toMatch(/^From: ada@example\.com\r\n/);
  expect((await http.store.get(id))?.read).toBe(false);
});

test('/view/latest leads to the newest message, to the newest found, or to the inbox', async () => {
  await using http = await startTestHttp();
  const location = async (path: string) => (await http.get(path, { redirect: 'manual' })).headers.get('location');
  expect(await location('/view/latest')).toBe('/');
  const first = await http.deliver({ subject: 'needle' });
  const second = await http.deliver({ subject: 'hay' });
  expect(await location('/view/latest')).toBe(`/view/${second.id}`);
  expect(await location('/view/latest?query=needle')).toBe(`/view/${first.id}`);
});

test('/view/latest.html is the HTML of the newest message', async () => {
  await using http = await startTestHttp();
  await http.deliver({ raw: Buffer.from(HTML) });
  expect(await (await http.get('/view/latest.html')).text()).toContain('<p>Grüße</p>');
});

test.for([
  { path: '/view/nobody.html', body: 'Message not found' },
  { path: '/view/latest.txt', body: 'Message not found' },
  { path: '/view/nobody.raw', body: 'Message not found' },
])('$path is 404', async ({ path, body }) => {
  await using http = await startTestHttp();
  expect(await http.send(path)).toMatchObject({ status: 404, body });
});

test('a mail without HTML has no HTML view', async () => {
  await using http = await startTestHttp();
  const { id } = await http.deliver();
  expect(await http.send(`/view/${id}.html`)).toMatchObject({
    status: 404,
    body: 'This message does not contain a HTML part',
  });
});
