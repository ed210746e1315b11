import { expect, test } from 'vitest';
import type { Message } from '../../../src/http/api/schemas/message.ts';
import type { QueueId } from '../../../src/store/queue-id.ts';
import { startTestHttp, type TestHttp } from '../../support/http.ts';

const send = (http: TestHttp, body: unknown): Promise<Response> =>
  http.get('/api/v1/send', { method: 'POST', body: JSON.stringify(body) });

/** Sends, and reads what came of it. */
const sent = async (http: TestHttp, body: unknown): Promise<{ readonly message: Message; readonly raw: string }> => {
  const reply = await send(http, body);
  const { ID } = (await reply.json()) as { readonly ID: QueueId };
  const message = (await (await http.get(`/api/v1/message/${ID}`)).json()) as Message;
  return { message, raw: await (await http.get(`/api/v1/message/${ID}/raw`)).text() };
};

const FROM = { Email: 'ada@example.com', Name: 'Ada Lovelace' };
const TO = [{ Email: 'bob@example.com' }];
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

test('a request with all there can be becomes a message, and every address of it is in the envelope', async () => {
  await using http = await startTestHttp();
  const { message, raw } = await sent(http, {
    From: FROM,
    To: [{ Email: 'bob@example.com', Name: 'Bob, Ünicode' }],
    Cc: [{ Email: 'carol@example.com' }],
    Bcc: ['hidden@example.com'],
    ReplyTo: [{ Email: 'reply@example.com' }],
    Subject: 'Grüße',
    Text: 'Hi\n.\nthere',
    HTML: '<p>Hi <img src="cid:pixel"></p>',
    Attachments: [
      { Content: Buffer.from('a,b').toString('base64'), Filename: 'näme.csv', ContentType: 'text/csv' },
      { Content: `data:image/png;base64,${PIXEL}`, Filename: 'pixel.png', ContentID: 'pixel' },
    ],
    Tags: ['one', 'two words'],
    Headers: { 'X-Custom': 'value', 'Message-ID': '<mine@example.com>' },
  });
  expect(message).toMatchObject({
    MessageID: 'mine@example.com',
    From: { Name: 'Ada Lovelace', Address: 'ada@example.com' },
    To: [{ Name: 'Bob, Ünicode', Address: 'bob@example.com' }],
    Cc: [{ Name: '', Address: 'carol@example.com' }],
    Bcc: [{ Name: '', Address: 'hidden@example.com' }],
    ReplyTo: [{ Name: '', Address: 'reply@example.com' }],
    ReturnPath: 'ada@example.com',
    Subject: 'Grüße',
    Tags: ['one', 'two words'],
    Attachments: [{ FileName: 'näme.csv', ContentType: 'text/csv' }],
    Inline: [{ FileName: 'pixel.png', ContentType: 'image/png', ContentID: 'pixel' }],
  });
  expect(message.Text).toMatch(/^Hi\r?\n\.\r?\nthere/);
  expect(message.Envelope.To.map(({ Address }) => Address)).toEqual([
    'bob@example.com',
    'carol@example.com',
    'hidden@example.com',
  ]);
  expect(raw).toContain('X-Custom: value\r\n');
  expect(raw.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
});

test('names match without regard to case, as in Go', async () => {
  await using http = await startTestHttp();
  const { message } = await sent(http, {
    from: { email: 'ada@example.com' },
    TO: [{ EMAIL: 'bob@example.com' }],
    subject: 'x',
  });
  expect(message.Subject).toBe('x');
});

test('no text can add a header field, a recipient or a part', async () => {
  await using http = await startTestHttp();
  const { message, raw } = await sent(http, {
    From: { ...FROM, Name: 'x\r\nBcc: eve@evil.test' },
    To: TO,
    Subject: 'y\r\nX-Evil: 1',
    Tags: ['z\r\nX-Evil: 2'],
    Headers: { 'X-Custom': 'v\r\n\r\nX-Evil: 3' },
    Attachments: [
      { Content: '', Filename: 'n\r\nX-Evil: 4', ContentType: 'text/plain\r\nX-Evil: 5', ContentID: 'c>\r\nX-Evil: 6' },
    ],
  });
  expect(raw).not.toMatch(/^(?:X-Evil|Bcc)/im);
  expect(message.Envelope.To).toHaveLength(1);
});

test.for([
  { body: { From: FROM, To: [{ Email: 'bad' }] }, error: 'invalid To address: bad' },
  { body: { From: FROM, To: TO, Cc: [{ Email: 'a@b c' }] }, error: 'invalid Cc address: a@b c' },
  { body: { From: FROM, To: TO, Bcc: ['a@b\r\nRCPT TO:<x@y>'] }, error: 'invalid Bcc address: a@b\r\nRCPT TO:<x@y>' },
  { body: { From: FROM, To: TO, ReplyTo: [{}] }, error: 'invalid Reply-To address: ' },
  { body: { From: { Email: 'a' }, To: TO }, error: 'invalid From address: a' },
  { body: { To: TO }, error: 'error building message: From is missing' },
  { body: { From: FROM }, error: 'error building message: no recipients (to, cc, bcc) set' },
  { body: { From: FROM, To: TO, Headers: { To: 'x' } }, error: 'cannot overwrite header: "To"' },
  { body: { From: FROM, To: TO, Tags: ['a'], Headers: { 'X-Tags': 'x' } }, error: 'cannot overwrite header: "X-Tags"' },
  { body: { From: FROM, To: TO, Headers: { 'X: y\r\nZ': 'x' } }, error: 'invalid header name: "X: y\r\nZ"' },
  {
    body: { From: FROM, To: TO, Attachments: [{ Content: '%%%%', Filename: 'x' }] },
    error: 'error decoding base64 attachment "x": it is no Base64',
  },
  { body: { From: 'ada' }, error: 'The body is wrong at /From: it must be object.' },
])('$error is the answer, and nothing is kept', async ({ body, error }) => {
  await using http = await startTestHttp();
  const reply = await send(http, body);
  expect({ status: reply.status, body: await reply.json() }).toEqual({ status: 400, body: { Error: error } });
  expect(http.store.head()).toBe(0);
});

test('a message, or a body, over message_size_limit is 413', async () => {
  await using http = await startTestHttp({ overrides: { message_size_limit: '2000' } });
  const body = (length: number): unknown => ({ From: FROM, To: TO, Text: 'x\n'.repeat(length / 3) });
  expect((await send(http, body(300))).status).toBe(200);
  for (const length of [1800, 10_000]) {
    const reply = await send(http, body(length));
    expect(reply.status).toBe(413);
    expect(Object.keys((await reply.json()) as object)).toEqual(['Error']);
  }
  expect((await http.store.counts()).total).toBe(1);
});

test('what the store cannot keep is 500, and the reason stays in the log', async () => {
  await using http = await startTestHttp({
    submit: async () => {
      throw new Error('secret path');
    },
  });
  const reply = await send(http, { From: FROM, To: TO });
  expect(reply.status).toBe(500);
  expect(await reply.text()).not.toContain('secret');
});
