import { expect, test } from 'vitest';
import { startTestHttp } from '../../support/http.ts';

test.for([
  { method: 'POST', path: '/messages', allow: 'DELETE, GET, HEAD, OPTIONS, PUT' },
  { method: 'PATCH', path: '/messages', allow: 'DELETE, GET, HEAD, OPTIONS, PUT' },
  { method: 'DELETE', path: '/message/x', allow: 'GET, HEAD, OPTIONS' },
  { method: 'PUT', path: '/send', allow: 'OPTIONS, POST' },
  { method: 'POST', path: '/tags/x', allow: 'DELETE, OPTIONS, PUT' },
])('$method $path is 405, and what may be asked is told', async ({ method, path, allow }) => {
  await using http = await startTestHttp();
  const reply = await http.send(`/api/v1${path}`, { method, body: '{}' });
  expect(reply).toMatchObject({ status: 405, body: 'Method Not Allowed\n', headers: { allow } });
});

test.for([
  { method: 'GET', path: '/api/v1/send', why: 'has nothing to show' },
  { method: 'POST', path: '/api/v1/nowhere', why: 'nobody knows' },
])('$method of $path, that $why, is 404', async ({ method, path }) => {
  await using http = await startTestHttp();
  expect(await http.send(path, { method })).toMatchObject({ status: 404, body: 'File not found\n' });
});

test.for([{ path: '/api/v1/messages' }, { path: '/api/v1/nowhere' }])('OPTIONS of $path is empty', async ({ path }) => {
  await using http = await startTestHttp();
  const reply = await http.send(path, { method: 'OPTIONS' });
  expect(reply).toMatchObject({ status: 200, body: '', headers: { 'content-type': 'text/plain' } });
});
