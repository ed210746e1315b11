import { expect, test } from 'vitest';
import { startTestHttp } from '../../support/http.ts';
import { multipart } from '../../support/mime.ts';

test('what HTML would load and what is left out of it is told', async () => {
  await using http = await startTestHttp();
  const html = [
    '<img src="//a.test/1"><img src="//a.test/1"><img src="//a.test/2"><img src="http://localhost:3000/">',
    '<img src="cid:small"><img src="cid:large"><img src="cid:none"><a href="app:x">y</a><script>z</script>',
  ].join('');
  const image = (id: string, length: number) => ({
    type: 'image/png',
    headers: { 'Content-ID': `<${id}>` },
    content: 'x'.repeat(length),
  });
  const { id } = await http.deliver({
    raw: multipart([{ type: 'text/html', content: html }, image('small', 1), image('large', 3_000_000)], 'related'),
  });
  expect(JSON.parse((await http.send(`/api/v1/message/${id}/html`)).body)).toEqual({
    Length: html.length,
    ShownLength: html.length,
    Remote: [
      { Host: 'a.test', Count: 2, Near: false },
      { Host: 'localhost:3000', Count: 1, Near: true },
    ],
    LargeImages: [{ ContentID: 'large', PartID: '3', Size: 3_000_000 }],
    MissingImages: ['none'],
    Removed: [{ Name: '<script>', Count: 1 }],
    Addresses: ['app:x'],
  });
});

test('a message without HTML has none of that', async () => {
  await using http = await startTestHttp();
  const { id } = await http.deliver();
  expect(await http.send(`/api/v1/message/${id}/html`)).toMatchObject({
    status: 404,
    body: 'This message does not contain a HTML part',
  });
});
