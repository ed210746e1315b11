import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { startTestHttp } from '../../support/http.ts';
import { multipart } from '../../support/mime.ts';

test.for([
  { type: 'image/png', served: 'image/png', how: 'inline', why: 'cannot run' },
  { type: 'image/jpeg', served: 'image/jpeg', how: 'inline', why: 'cannot run' },
  { type: 'text/plain; charset=utf-8', served: 'text/plain; charset=utf-8', how: 'inline', why: 'cannot run' },
  { type: 'text/csv', served: 'text/csv', how: 'attachment', why: 'is a file' },
  { type: 'application/zip', served: 'application/zip', how: 'attachment', why: 'is a file' },
  { type: 'application/pdf', served: 'application/pdf', how: 'attachment', why: 'has scripts of its own' },
  { type: 'image/svg+xml', served: 'application/octet-stream', how: 'attachment', why: 'scripts run in it' },
  { type: 'text/html; charset=utf-8', served: 'application/octet-stream', how: 'attachment', why: 'is a page' },
  { type: 'text/xml', served: 'application/octet-stream', how: 'attachment', why: 'may be a page' },
  { type: 'application/xhtml+xml', served: 'application/octet-stream', how: 'attachment', why: 'is a page' },
  { type: 'text/javascript', served: 'application/octet-stream', how: 'attachment', why: 'no page may load a script' },
  { type: 'application/x-javascript', served: 'application/octet-stream', how: 'attachment', why: 'likewise' },
  { type: 'text/javascript1.5', served: 'application/octet-stream', how: 'attachment', why: 'likewise' },
  { type: 'text/vbscript', served: 'application/octet-stream', how: 'attachment', why: 'likewise' },
  { type: 'application/wasm', served: 'application/octet-stream', how: 'attachment', why: 'likewise' },
  { type: 'text/plain; charset="utf-8\\"; x=y"', served: 'text/plain', how: 'inline', why: 'a charset is a word' },
  { type: 'text', served: 'application/octet-stream', how: 'attachment', why: 'is no type' },
])('a part of type $type is served as $served, $how: it $why', async ({ type, served, how }) => {
  await using http = await startTestHttp();
  const content = '<script>alert(1)</script>';
  const raw = multipart([{ type, headers: { 'Content-Disposition': 'inline; filename="x"' }, content }]);
  const { id } = await http.deliver({ raw });
  const response = await http.get(`/api/v1/message/${id}/part/1`);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe(served);
  expect(response.headers.get('content-disposition')).toBe(`${how}; filename="x"; filename*=UTF-8''x`);
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  expect(response.headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'/);
  expect(response.headers.get('cross-origin-resource-policy')).toBe('same-origin');
  expect(await response.text()).toBe(content);
});

test('a part is the octets that its sum is of', async () => {
  await using http = await startTestHttp();
  const content = Buffer.from(Array.from({ length: 1000 }, (_, i) => (i * 7) % 256));
  const { id } = await http.deliver({
    raw: multipart([{ type: 'application/zip', headers: { 'Content-Disposition': 'attachment' }, content }]),
  });
  const part = Buffer.from(await (await http.get(`/api/v1/message/${id}/part/1`)).arrayBuffer());
  expect(part).toEqual(content);
  const root = (await http.store.get(id))?.parsed?.root;
  expect(root?.children[0]?.sums?.sha256).toBe(createHash('sha256').update(part).digest('hex'));
});

test.for([{ partId: '2' }, { partId: '1.1' }, { partId: '..%2f..' }, { partId: '__proto__' }])(
  'part $partId, which is not there, is 404',
  async ({ partId }) => {
    await using http = await startTestHttp();
    const { id } = await http.deliver({ raw: multipart([{ type: 'text/plain', content: 'a' }]) });
    expect(await http.send(`/api/v1/message/${id}/part/${partId}`)).toMatchObject({
      status: 404,
      body: '404 page not found',
    });
  },
);
