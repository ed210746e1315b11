import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createPolicyAnswerer } from '../../src/lookups/policy.ts';
import type { Answer, PolicyQuestion, ServerAddress } from '../../src/rules/question.ts';
import { startPolicyServer, type PolicyReply } from '../support/policy-server.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const signal = new AbortController().signal;

function toInet(port: number, host = '127.0.0.1'): ServerAddress {
  return { kind: 'inet', host, port: String(port), written: `${host}:${port}` };
}

function ask(server: ServerAddress, how: Partial<PolicyQuestion> = {}): Promise<Answer> {
  const answer = createPolicyAnswerer({ allow: () => [], mapPath: (path) => path, timeoutMs: 5000 });
  const attributes = [
    ['request', 'smtpd_access_policy'],
    ['sender', 'caf\xc3\xa9@o.test'],
  ] as const;
  const asked = { kind: 'policy', server, attributes, turn: 1, timeoutMs: 5000, tryLimit: 1, retryDelayMs: 1 } as const;
  return answer({ ...asked, ...how }, { signal });
}

test('a request is a line an attribute, and the reply’s action is the answer', async () => {
  await using server = await startPolicyServer(() => ({ reply: 'x=1\naction=REJECT 5.7.1 a=b\naction=OK\n\n' }));
  expect(await ask(toInet(server.port))).toEqual({ rows: [['REJECT 5.7.1 a=b']], faults: [] });
  expect(server.requests).toEqual([['request=smtpd_access_policy', 'sender=café@o.test']]);
});

test('a server may listen on a UNIX-domain socket', async () => {
  await using directory = await makeTemporaryDirectory();
  const path = join(directory.path, 's');
  await using server = await startPolicyServer(undefined, path);
  expect(await ask({ kind: 'unix', written: path })).toEqual({ rows: [['DUNNO']], faults: [] });
  expect(server.requests).toHaveLength(1);
});

test('an attribute can’t begin another one', async () => {
  await using server = await startPolicyServer();
  await ask(toInet(server.port), { attributes: [['helo_name', 'x\nsasl_username=root']] });
  expect(server.requests).toEqual([['helo_name=x']]);
});

test.for([
  { reply: 'result=x\n\n', why: 'there is no action' },
  { reply: '\n', why: 'there is nothing' },
  { reply: 'action =OK\n\n', why: 'a blank belongs to the name' },
  { reply: 'ACTION=OK\n\n', why: 'upper and lower case are told apart' },
])('a reply without an action is no answer: $why', async ({ reply }) => {
  await using server = await startPolicyServer(() => ({ reply }));
  expect(await ask(toInet(server.port))).toMatchObject({
    faults: [{ stage: 'transfer', message: 'Application error' }],
  });
});

test('a server that hangs up is asked again, as often as the question says', async () => {
  const replies: PolicyReply[] = [{ reply: 'action=RE', then: 'close' }, { reply: 'action=OK\n\n' }];
  await using server = await startPolicyServer(() => replies.shift());
  const answer = await ask(toInet(server.port), { tryLimit: 3 });
  expect(answer).toMatchObject({ rows: [['OK']], faults: [{ message: 'Application error' }] });
  expect(server.requests).toHaveLength(2);
});

test('a server that says nothing is given up in time', async () => {
  await using server = await startPolicyServer(() => ({ then: 'wait' }));
  const answer = await ask(toInet(server.port), { timeoutMs: 1, tryLimit: 2 });
  expect(answer.rows).toBeUndefined();
  expect(answer.faults.map(({ message }) => message)).toEqual(['Connection timed out', 'Connection timed out']);
});

test('where nobody listens, nobody answers', async () => {
  const { port } = await startPolicyServer().then(async (server) => {
    await server[Symbol.asyncDispose]();
    return server;
  });
  expect(await ask(toInet(port))).toMatchObject({ faults: [{ stage: 'connect', message: 'Connection refused' }] });
});

test('a server elsewhere isn’t asked', async () => {
  expect(await ask(toInet(10_023, 'policy.test'))).toEqual({
    faults: [{ stage: 'refused', where: 'policy.test:10023', message: 'not asked' }],
  });
});
