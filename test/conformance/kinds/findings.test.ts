import { afterAll, beforeAll, expect, test } from 'vitest';
import type { NotSupported } from '../not-supported.ts';
import { runCase } from '../run-case.ts';
import { openShims, type Shims } from '../shims.ts';
import { BUILT, makeVector } from '../support.ts';

let shims: Shims;
beforeAll(async () => {
  shims = await openShims(BUILT);
});
afterAll(() => shims[Symbol.asyncDispose]());

const EXCUSES: readonly NotSupported[] = [{ reason: 'planted', still: 'findings', matches: () => true }];
const BAD = 'biff = maybe\n';
const SAID = 'fatal: bad boolean configuration: biff = maybe';

const check = (stderr: string): object => ({
  kind: 'cli',
  argv: ['postfix', 'check'],
  expected: { rc: 1, stdout: '', stderr },
});

test.for([
  { stderr: `postfix: ${SAID}\n`, status: 'not supported', why: 'the product finds it too' },
  { stderr: 'postfix: fatal: another\n', status: 'failed', why: 'the product does not find it' },
  { stderr: 'postfix: warning: process x pid <PID> exit status 1\n', status: 'not supported', why: 'master says it' },
  { stderr: 'postfix/master: error: x is not in order: y\n', status: 'failed', why: 'errors count, too' },
])('$stderr is $status, since $why', async ({ stderr, status }) => {
  expect(await runCase(makeVector([check(stderr)], { main_cf: BAD }), shims, EXCUSES)).toMatchObject([{ status }]);
});

test('a script makes the mistake before the product looks', async () => {
  const script =
    "printf 'biff = maybe\\n' >> /etc/postfix/main.cf; postfix reload; sleep 1; cat x > /etc/postfix/main.cf";
  const probe = { kind: 'cli', argv: ['sh', '-c', script], expected: { rc: 0, stdout: '', log: [`postfix: ${SAID}`] } };
  expect(await runCase(makeVector([probe], { files: { x: '' } }), shims, EXCUSES)).toMatchObject([
    { status: 'not supported' },
  ]);
});
