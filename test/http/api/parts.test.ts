import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { startTestHttp } from '../../support/http.ts';
import { multipart } from '../../support/mime.ts';

test.for([
  { type: 'image/png', served: 'image/png', why: 'cannot run' },
  { type: 'image/jpeg', served: 'image/jpeg', why: 'cannot run' },
  { type: 'image/svg+xml', served: 'application/octet-stream', why: 'scripts run in it' },
  { type: 'text/html; charset=utf-8', served: 'text/plain; charset=utf-8', why: 'is source here' },
  { type: 'text/xml', served: /^text\/plain/, why: 'is source here' },
  { type: 'text/javascript', served: /^text\/plain/, why: 'no page may load it as a script' },
  { type: 'application/javascript', served: 'application/octet-stream', why: 'likewise' },
  { type: 'application/xhtml+xml', served: 'application/octet-stream', why: 'is a page' },
  { type: 'application/pdf', served: 'application/octet-stream', why: 'has scripts of its own' },
  { type: 'text/plain; charset="utf-8\\"; x=y"', served: 'text/plain', why: 'the charset is the mail’s to choose' },
])('a part of type $type is a file that nothing runs: $why', async ({ type, served }) => {
  await using http = await startTestHttp();
  const content = '<script>alert(1)</script>';
  const raw = multipart([{ type, headers: { 'Content-Disposition': 'inline; filename="x"' }, content }]);
  const { id } = await http.deliver({ raw });
  const response = await http.get(`/api/v1/message/${id}/part/1`);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toEqual(
    typeof served === 'string' ? served : (expect.stringMatching(served) as string),
  );
  expect(response.headers.get('content-disposition')).toMatch(/^attachment;/);
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
