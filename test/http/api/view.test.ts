import { expect, test } from 'vitest';
import { BUSY_INSPECTOR, startTestHttp } from '../../support/http.ts';
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

/** A mail whose HTML is this. */
const htmlMail = (html: string): Buffer =>
  Buffer.from(`Subject: x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n${html}`);

test('the HTML of a mail is filtered', async () => {
  await using http = await startTestHttp();
  const { id } = await http.deliver({ raw: htmlMail('<!doctype html><script>x</script><p onclick="x">a') });
  expect((await http.send(`/view/${id}.html`)).body.trim()).toBe('<!doctype html><p>a');
});

test.for([
  { remote: '', sources: '' },
  { remote: '?remote=1', sources: ' http://a.test http://b.test:8080' },
  { remote: '?remote=a.test', sources: ' http://a.test' },
  { remote: '?remote=a.test,localhost:3000', sources: ' http://a.test http://localhost:3000' },
])('images, styles, fonts and media are let in by host, never scripts: "$remote"', async ({ remote, sources }) => {
  await using http = await startTestHttp();
  const images = ['//a.test/1', 'http://b.test:8080/2', 'http://localhost:3000/3'];
  const { id } = await http.deliver({ raw: htmlMail(images.map((src) => `<img src="${src}">`).join('')) });
  const { headers, body } = await http.send(`/view/${id}.html${remote}`);
  const media = sources === '' ? '' : ` media-src${sources};`;
  expect(headers['content-security-policy']).toBe(
    `sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'${sources}; img-src data:${sources}; font-src data:${sources};${media} form-action 'none'; base-uri 'none'; frame-ancestors 'self'`,
  );
  const shown = [...body.matchAll(/src="([^"]*)"/g)].map(([, src = '']) => src).filter((src) => src !== 'data:,x');
  expect(shown.map((src) => new URL(src).host)).toEqual(sources.match(/(?<=http:\/\/)\S+/g) ?? []);
});

test('a large inline image is shown only if it is asked for', async () => {
  await using http = await startTestHttp();
  const large = Buffer.alloc(2 * 1024 * 1024 + 1, 'x').toString('latin1');
  const { id } = await http.deliver({
    raw: multipart(
      [
        { type: 'text/html', content: '<img src="cid:a" alt="A">' },
        { type: 'image/png', headers: { 'Content-ID': '<a>' }, content: large },
      ],
      'related',
    ),
  });
  expect((await http.send(`/view/${id}.html`)).body).toBe('<img src="data:,x" alt="A">');
  expect((await http.send(`/view/${id}.html?images=1`)).body).toMatch(/^<img src="data:image\/png;base64,eHh4/);
});

test('of HTML over 2 MB the first part is shown, cut before a tag; all of it if it is asked for', async () => {
  await using http = await startTestHttp();
  const row = '<p class="a">A row of a table</p>\r\n';
  const { id } = await http.deliver({ raw: htmlMail(row.repeat(70_000)) });
  const { body } = await http.send(`/view/${id}.html`);
  expect(body.length).toBeLessThanOrEqual(2 * 1024 * 1024);
  expect(body.length).toBeGreaterThan(2 * 1024 * 1024 - 2 * row.length);
  expect(body).not.toMatch(/<[^>]*$/);
  expect((await http.send(`/view/${id}.html?all=1`)).body.match(/<p /g)).toHaveLength(70_000);
});

test('?dark=1 adds the style of a client that inverts, behind the doctype', async () => {
  await using http = await startTestHttp();
  const { id } = await http.deliver({ raw: htmlMail('<!doctype html><p>a') });
  expect((await http.send(`/view/${id}.html?dark=1`)).body).toMatch(
    /^<!doctype html><style>[^<]*invert[^<]*<\/style><p>a/,
  );
});

test('HTML that cannot be filtered is not shown', async () => {
  await using http = await startTestHttp({ inspector: BUSY_INSPECTOR });
  const { id } = await http.deliver({ raw: HTML });
  expect(await http.send(`/view/${id}.html`)).toMatchObject({
    status: 503,
    body: 'It could not be looked at: it took longer than 1 s.',
  });
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
