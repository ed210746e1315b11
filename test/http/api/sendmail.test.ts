import { expect, test } from 'vitest';
import type { QueueId } from '../../../src/store/queue-id.ts';
import { StoreFullError } from '../../../src/store/store.ts';
import { startTestHttp, type TestHttp } from '../../support/http.ts';

const post = (http: TestHttp, body: unknown): Promise<Response> =>
  http.get('/api/v1/postfix/sendmail', { method: 'POST', body: JSON.stringify(body) });

const RAW = Buffer.from('Subject: caf\xe9\0\r\n\r\nbare\nline \xff\r\n.\r\n', 'latin1');
const MAIL = {
  Sender: 'app@example.com',
  Recipients: [{ Address: 'ada@example.com', Notify: ['SUCCESS'] }, { Address: 'alice' }],
  Content: RAW.toString('base64'),
  Submitter: { UID: 1000, User: 'ann', FullName: 'Ann O.' },
};

test('a message is kept with its octets, its envelope and who handed it in', async () => {
  await using http = await startTestHttp();
  const reply = await post(http, {
    ...MAIL,
    Body: '8BITMIME',
    Return: 'HDRS',
    EnvelopeID: 'a+2Bb',
    Context: 'remote',
    Trace: 'record',
  });
  const { ID } = (await reply.json()) as { readonly ID: QueueId };
  expect(await http.store.readRaw(ID)).toEqual(new Uint8Array(RAW));
  expect(await http.store.get(ID)).toMatchObject({
    origin: 'sendmail',
    envelope: {
      reversePath: 'app@example.com',
      recipients: [{ address: 'ada@example.com', notify: ['SUCCESS'] }, { address: 'alice' }],
      body: '8BITMIME',
      ret: 'HDRS',
      envid: 'a+2Bb',
      submission: { uid: 1000, user: 'ann', fullName: 'Ann O.', context: 'remote', trace: 'record' },
    },
  });
});

test.for([
  { change: { Recipients: [] }, status: 400, why: 'it has no recipient' },
  { change: { Content: '***' }, status: 400, why: 'the content is no Base64' },
  { change: { Instance: 'another-run' }, status: 409, why: 'another server is meant' },
])('$status: $why', async ({ change, status }) => {
  await using http = await startTestHttp();
  expect((await post(http, { ...MAIL, ...change })).status).toBe(status);
  expect(await http.store.counts()).toMatchObject({ total: 0 });
});

test('413: a message larger than message_size_limit is not kept', async () => {
  await using http = await startTestHttp({ overrides: { message_size_limit: '20' } });
  expect((await post(http, MAIL)).status).toBe(413);
});

test('507: where there is no room, nobody is told that it is kept', async () => {
  await using http = await startTestHttp({ submit: () => Promise.reject(new StoreFullError('no room')) });
  expect((await post(http, MAIL)).status).toBe(507);
});

test('a page of another site hands nothing in', async () => {
  await using http = await startTestHttp();
  const headers = { Origin: 'http://elsewhere.test', 'Content-Type': 'application/json' };
  const reply = await http.send('/api/v1/postfix/sendmail', { method: 'POST', headers, body: JSON.stringify(MAIL) });
  expect(reply.status).toBe(403);
  expect(await http.store.counts()).toMatchObject({ total: 0 });
});
