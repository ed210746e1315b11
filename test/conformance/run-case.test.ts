import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCase } from './run-case.ts';
import { openShims, type Shims } from './shims.ts';
import { BUILT, makeVector } from './support.ts';

let shims: Shims;
beforeAll(async () => {
  shims = await openShims(BUILT);
});
afterAll(() => shims[Symbol.asyncDispose]());

const files = { t: 'b\na\na\n', '/home/alice/.forward': 'bob\n' };
const sh = (script: string, more: object): object => ({ kind: 'cli', argv: ['sh', '-c', script], ...more });

test.for([
  { probe: sh('cat t', { expected: { rc: 0, stdout: 'b\na\na\n' } }), why: 'the output' },
  {
    probe: sh('cat t', { sort: true, uniq: true, expected: { rc: 0, stdout: 'a\nb\n' } }),
    why: 'each line once, sorted',
  },
  { probe: sh('cat t', { match: '^a$', expected: { rc: 0, stdout: 'a\na\n', lines: 3 } }), why: 'lines that match' },
  { probe: sh('cat', { stdin: 'é', expected: { rc: 0, stdout: 'é' } }), why: 'the input' },
  { probe: sh('echo $X $HOME', { env: { X: 'x', HOME: null }, expected: { rc: 0, stdout: 'x\n' } }), why: 'variables' },
  { probe: sh('cat .forward', { cwd: '/home/alice', expected: { rc: 0, stdout: 'bob\n' } }), why: 'where it runs' },
  { probe: sh('cat /etc/postfix/t; exit 3', { expected: { rc: 3, stdout: files.t } }), why: "a path of the case's" },
  { probe: sh('ls /etc/postfix/t', { expected: { rc: 0, stdout: '/etc/postfix/t\n' } }), why: 'its name, as written' },
  {
    probe: sh('echo x > new; rm t', {
      show: ['new', 't'],
      expected: { rc: 0, stdout: '', show: { new: 'x\n', t: null } },
    }),
    why: 'files afterwards',
  },
  {
    probe: sh('echo Nov 24 18:28:30 box postfix/x[1]: y: z >> /var/log/postfix.log', {
      log: 'y',
      expected: { rc: 0, stdout: '', log: ['postfix/x: y: z'] },
    }),
    why: 'the log',
  },
  {
    probe: sh("printf -- '-Queue\\nb\\n\\n-- 2\\n\\na\\n'", {
      para: true,
      expected: { rc: 0, stdout: '-Queue\na\n\n\nb\n\n-- 2' },
    }),
    why: 'entries that blank lines separate',
  },
])('a probe passes that expects $why', async ({ probe }) => {
  const [result] = await runCase(makeVector([probe], { files }), shims);
  expect(result).toMatchObject({ status: 'passed', differences: [], complaints: [] });
});

test.for([
  { expected: { rc: 1, stdout: 'x' }, member: 'rc' },
  { expected: { rc: 0, stdout: 'y' }, member: 'stdout' },
  { expected: { rc: 0, stdout: 'x', stderr: 'fatal' }, member: 'stderr' },
  { expected: { rc: 0, stdout: 'x', lines: 1 }, member: 'lines' },
  { expected: { rc: 0, stdout: '<TIME>' }, member: 'stdout' },
])('a wrong expectation is found in $member: $expected', async ({ expected, member }) => {
  const [result] = await runCase(makeVector([sh('printf x', { expected })]), shims);
  expect(result?.status).toBe('failed');
  expect(result?.differences.map((difference) => difference.member)).toEqual([member]);
});

test('a time that is replaced must lie within the run', async () => {
  const expected = { rc: 0, stdout: '<TIME>' };
  const script = "printf '%s Nov 24 18:28:30 2021' Wed";
  const [result] = await runCase(makeVector([sh(script, { expected })]), shims);
  expect(result).toMatchObject({
    status: 'failed',
    differences: [],
    complaints: ['a time that is not within the run: Wed Nov 24 18:28:30 2021'],
  });
});

test('a time that the case itself brought may be of any day', async () => {
  const expected = { rc: 0, stdout: '<TIME>' };
  const vector = makeVector([sh('cat old', { expected })], { files: { old: 'Wed Nov 24 18:28:30 2021' } });
  expect(await runCase(vector, shims)).toMatchObject([{ status: 'passed' }]);
});

test("a program of the machine's own may not be named", async () => {
  const expected = { rc: 0, stdout: '' };
  const [result] = await runCase(makeVector([sh('/usr/sbin/postconf -d', { expected })]), shims);
  expect(result?.status).toBe('failed');
  expect(result?.complaints.join('')).toContain('it names a program of the machine');
});

test('a command that is neither a tool nor of coreutils may not be run', async () => {
  const probe = { kind: 'cli', argv: ['python3'], expected: { rc: 0, stdout: '' } };
  const [result] = await runCase(makeVector([probe]), shims);
  expect(result?.complaints.join('')).toContain('cases may not run python3');
});

test('a kind that the runner has nothing for fails, unless the list excuses it', async () => {
  const vector = makeVector([{ kind: 'later', seconds: 1, expected: {} }]);
  const [failed] = await runCase(vector, shims, []);
  expect(failed?.complaints.join('')).toContain('the runner has nothing for the kind "later"');
  expect(await runCase(vector, shims)).toMatchObject([{ status: 'not supported' }]);
});

test('probes of a case are put in their order, and see what those before them left', async () => {
  const vector = makeVector([
    sh('echo x > new', { expected: { rc: 0, stdout: '' } }),
    sh('cat new', { expected: { rc: 0, stdout: 'x\n' } }),
  ]);
  expect((await runCase(vector, shims)).map(({ status }) => status)).toEqual(['passed', 'passed']);
});

test('main.cf is the base and the text of the case, unless that is the whole', async () => {
  const probe = sh('head -n 1 /etc/postfix/main.cf', { expected: { rc: 0, stdout: 'compatibility_level = 3.6\n' } });
  const raw = sh('cat main.cf', { expected: { rc: 0, stdout: 'a = b\n' } });
  expect(await runCase(makeVector([probe], { main_cf: 'a = b\n' }), shims)).toMatchObject([{ status: 'passed' }]);
  const whole = makeVector([raw], { main_cf: 'a = b\n', raw_main_cf: true });
  expect(await runCase(whole, shims)).toMatchObject([{ status: 'passed' }]);
});
