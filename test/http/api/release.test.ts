import { expect, test } from 'vitest';
import { startTestHttp } from '../../support/http.ts';

test.for([
  { body: '{"To":["bob@example.com"]}', text: 'SMTP error: there is no relay to release to', why: 'nothing is sent' },
  { body: '{"To":["bob@example.com","nobody"]}', text: 'Invalid email address: nobody', why: 'it is none' },
  { body: '{"To":["a@example.com\\r\\nBcc: b@example.com"]}', text: /^Invalid email address: /, why: 'it is more' },
  { body: '{"To":[]}', text: 'No valid addresses found', why: 'there is nobody' },
  { body: '{}', text: 'No valid addresses found', why: 'there is nobody' },
  { body: '', text: 'There is no body: it must be a JSON object.', why: 'nothing is asked' },
])('a release with $body is 400: $why', async ({ body, text }) => {
  await using http = await startTestHttp();
  const { id } = await http.deliver();
  const reply = await http.send(`/api/v1/message/${id}/release`, { method: 'POST', body });
  expect(reply.status).toBe(400);
  expect(reply.body).toEqual(typeof text === 'string' ? text : (expect.stringMatching(text) as string));
});

test.for([{ id: 'nobody' }, { id: 'latest' }])('no message is released by the ID $id', async ({ id }) => {
  await using http = await startTestHttp();
  await http.deliver();
  const request = { method: 'POST', body: '{"To":["bob@example.com"]}' };
  expect(await http.send(`/api/v1/message/${id}/release`, request)).toMatchObject({
    status: 404,
    body: '404 page not found',
  });
});
