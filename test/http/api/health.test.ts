import { expect, test } from 'vitest';
import { startTestHttp } from '../../support/http.ts';

test.for([
  { path: '/livez', method: 'GET' },
  { path: '/livez/', method: 'GET' },
  { path: '/livez', method: 'HEAD' },
  { path: '/readyz', method: 'GET' },
  { path: '/readyz', method: 'HEAD' },
])('$method $path is 200 and empty while all is well', async ({ path, method }) => {
  await using http = await startTestHttp();
  expect(await http.send(path, { method })).toMatchObject({ status: 200, body: '' });
});

test('/readyz is 503 and says why when no message could be kept; /livez stays 200', async () => {
  await using http = await startTestHttp();
  await http.store[Symbol.asyncDispose]();
  const reply = await http.send('/readyz');
  expect(reply.status).toBe(503);
  expect(reply.body).not.toBe('');
  expect((await http.send('/livez')).status).toBe(200);
});

test('a failure of ours is 500, and its words are for the log alone', async () => {
  await using http = await startTestHttp();
  await http.store[Symbol.asyncDispose]();
  expect(await http.send('/api/v1/messages')).toMatchObject({
    status: 500,
    body: 'The server failed: its log says why.',
  });
});
