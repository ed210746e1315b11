import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createSocketmapAnswerer } from '../../src/lookups/socketmap.ts';
import type { Answer, ServerAddress } from '../../src/rules/question.ts';
import { toNetstring } from '../../src/rules/tables/netstring.ts';
import { startSocketmapServer, type RawReply } from '../support/socketmap-server.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const signal = new AbortController().signal;
const mapPath = (path: string): string => path;

function ask(server: ServerAddress, timeoutMs = 5000): Promise<Answer> {
  const answer = createSocketmapAnswerer({ allow: () => [], mapPath, timeoutMs });
  return answer({ kind: 'socketmap', server, request: 'm k' }, { signal });
}

function toServer(port: number | string, host = '127.0.0.1'): ServerAddress {
  return { kind: 'inet', host, port: String(port), written: `${host}:${port}` };
}

test('the request and the reply are netstrings, of any octets', async () => {
  await using server = await startSocketmapServer(() => ({ octets: toNetstring('OK \xff\0,') }));
  expect(await ask(toServer(server.port))).toEqual({ rows: [['OK \xff\0,']], faults: [] });
  expect(server.requests).toEqual(['3:m k,']);
});

test('a server may listen on a UNIX-domain socket', async () => {
  await using directory = await makeTemporaryDirectory();
  const file = join(directory.path, 's');
  await using server = await startSocketmapServer(() => ({ octets: toNetstring('NOTFOUND ') }), file);
  expect(await ask({ kind: 'unix', written: file })).toEqual({ rows: [['NOTFOUND ']], faults: [] });
  expect(server.requests).toHaveLength(1);
});

test.for([
  { octets: 'x:abc,', message: 'input format error' },
  { octets: '5:OK ab;', message: 'input format error' },
  { octets: '100001:', message: 'input exceeds size limit' },
])('the reply $octets: $message', async ({ octets, message }) => {
  await using server = await startSocketmapServer(() => ({ octets }));
  expect((await ask(toServer(server.port))).faults).toMatchObject([{ stage: 'transfer', message }]);
});

test('the longest reply is taken', async () => {
  const text = `OK ${','.repeat(99_997)}`;
  await using server = await startSocketmapServer(() => ({ octets: toNetstring(text) }));
  expect((await ask(toServer(server.port))).rows).toEqual([[text]]);
});

test('a server that hangs up is tried once more', async () => {
  const replies: RawReply[] = [{ octets: '', hangsUp: true }, { octets: toNetstring('OK v') }];
  await using server = await startSocketmapServer(() => replies.shift() ?? { octets: '' });
  expect((await ask(toServer(server.port))).rows).toEqual([['OK v']]);
});

test('a server that always hangs up gives no answer', async () => {
  await using server = await startSocketmapServer(() => ({ octets: '9:OK', hangsUp: true }));
  expect(await ask(toServer(server.port))).toMatchObject({ faults: [{ message: 'unexpected disconnect' }] });
  expect(server.requests).toHaveLength(2);
});

test('a server that says nothing is waited for only so long', async () => {
  await using server = await startSocketmapServer(() => ({ octets: '' }));
  expect(await ask(toServer(server.port), 100)).toMatchObject({ faults: [{ message: 'time limit exceeded' }] });
});

test('a port where nobody listens refuses', async () => {
  const server = await startSocketmapServer(() => ({ octets: '' }));
  await server[Symbol.asyncDispose]();
  expect(await ask(toServer(server.port))).toMatchObject({
    faults: [{ stage: 'connect', message: 'Connection refused' }],
  });
});

test('a host that isn’t this machine is not asked', async () => {
  expect(await ask(toServer(25, '192.0.2.1'))).toMatchObject({ faults: [{ stage: 'refused', message: 'not asked' }] });
});

test('a port that is none has Postfix’s two complaints', async () => {
  expect(await ask(toServer('nosuch'))).toMatchObject({
    faults: [
      { stage: 'resolve', message: 'Servname not supported for ai_socktype' },
      { stage: 'connect', message: 'Cannot assign requested address' },
    ],
  });
});
