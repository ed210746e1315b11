import { expect, test } from 'vitest';
import { parseVector } from '../vector.ts';
import { makeCase, type FuzzCase } from './make-case.ts';
import { forgiveOrder } from './forgive-order.ts';
import { readOptions } from './options.ts';
import { openRandom } from './random.ts';
import { shrink } from './shrink.ts';
import { toCaseJson } from './to-vector.ts';

const make = (seed: number): FuzzCase => makeCase(openRandom(seed), { seed, probes: 20 });

test('the same seed makes the same case, another seed another', () => {
  expect(make(7)).toEqual(make(7));
  expect(make(7)).not.toEqual(make(8));
});

test('chances and choices are spread evenly enough', () => {
  const random = openRandom(1);
  const hits = Array.from({ length: 1000 }, () => random.chance(30)).filter(Boolean).length;
  expect(hits).toBeGreaterThan(250);
  expect(hits).toBeLessThan(350);
  expect(new Set(random.times(200, 200, () => random.pick([1, 2, 3]))).size).toBe(3);
});

test('random cases are vectors, once they are answered', () => {
  for (let seed = 0; seed < 200; seed += 1) {
    const value = JSON.parse(toCaseJson(make(seed))) as { readonly probes: readonly { readonly kind: string }[] };
    const probes = value.probes.map((probe) => ({ ...probe, expected: probe.kind === 'smtp' ? {} : { results: {} } }));
    expect(parseVector(JSON.stringify({ ...value, probes }), 'fuzz.json').probes).toHaveLength(20);
  }
});

test('a case is made as small as it can be while it differs', async () => {
  const found = make(3);
  const planted: FuzzCase = {
    ...found,
    mainCf: [...found.mainCf, 'biff = no', 'notify_classes = a, b, c'],
    files: { ...found.files, '/etc/postfix/x': ['a 1', 'b 2', 'c 3'] },
    probes: [
      ...found.probes.slice(0, 4),
      {
        kind: 'smtp',
        from: 's@x.test',
        to: ['a@x.test', 'b@x.test'],
        body: 'y\n',
        headers: [
          ['From', 'x'],
          ['To', 'y'],
        ],
      },
      ...found.probes.slice(4),
    ],
  };
  const differs = async ({ mainCf, files, probes }: FuzzCase): Promise<boolean> =>
    mainCf.some((line) => line.startsWith('notify_classes') && line.includes('b')) &&
    files['/etc/postfix/x']?.includes('b 2') === true &&
    probes.some((probe) => probe.kind === 'smtp' && probe.to.includes('b@x.test') && probe.headers?.[1]?.[1] === 'y');
  expect(await shrink(planted, differs, { tries: 1000 })).toEqual({
    name: 'fuzz-3',
    mainCf: ['notify_classes = b'],
    files: { '/etc/postfix/x': ['b 2'] },
    probes: [
      {
        kind: 'smtp',
        from: 's@x.test',
        to: ['b@x.test'],
        headers: [
          ['From', 'x'],
          ['To', 'y'],
        ],
      },
    ],
  });
});

test('it is not tried for ever', async () => {
  let tries = 0;
  await shrink(
    make(3),
    async () => {
      tries += 1;
      return true;
    },
    { tries: 5 },
  );
  expect(tries).toBe(5);
});

test.for([
  { argv: [], read: { cases: 500, probes: 20, seed: 7, jobs: 2, keepGoing: false } },
  {
    argv: ['--cases', '3', '--seed', '9', '--keep-going'],
    read: { cases: 3, probes: 20, seed: 9, jobs: 2, keepGoing: true },
  },
  { argv: ['--cases', '0'], read: undefined },
  { argv: ['--seed', 'x'], read: undefined },
  { argv: ['--help'], read: undefined },
])('the command line $argv is read', ({ argv, read }) => {
  expect(readOptions(argv, new Date(7000))).toEqual(read);
});

test.for([
  { expected: ['a', 'b'], got: ['b', 'a'], status: 'passed', why: 'daemons log at the same time' },
  { expected: ['a', 'b'], got: ['b', 'c'], status: 'failed', why: 'another line is another line' },
] as const)('log lines $expected and $got: $status, as $why', ({ expected, got, status }) => {
  const differences = expected.map((line, i) => ({ member: `log[${i}]`, expected: line, got: got[i] }));
  const probe = { kind: 'smtp', from: '', to: [], expected: {} } as const;
  const result = { status: 'failed', probe, index: 0, differences, complaints: [] } as const;
  expect(forgiveOrder({ ...result, probe: { ...probe, to: [] } }).status).toBe(status);
});

test.for([
  { got: '--b\n\n<b@x>: no\n\n<a@x>: no\n\n--b', status: 'passed', why: 'agents report at the same time' },
  { got: '--b\n\n<b@x>: no\n\n<a@x>: maybe\n\n--b', status: 'failed', why: 'another report is another report' },
] as const)('a notice in which recipients change places: $status, as $why', ({ got, status }) => {
  const differences = [{ member: 'messages[1].full', expected: '--b\n\n<a@x>: no\n\n<b@x>: no\n\n--b', got }];
  const probe = { kind: 'smtp', from: '', expected: {} } as const;
  const result = { status: 'failed', index: 0, differences, complaints: [] } as const;
  expect(forgiveOrder({ ...result, probe: { ...probe, to: [] } }).status).toBe(status);
});

const LISTED =
  'postfix/trivial-rewrite: warning: do not list domain x.test in BOTH virtual_alias_domains and relay_domains';

test.for([
  {
    expected: [LISTED, 'a'],
    got: ['a'],
    status: 'passed',
    why: 'smtpd asks only what its process has not asked before',
  },
  { expected: undefined, got: [LISTED, LISTED], status: 'passed', why: 'it may have asked all before' },
  { expected: [LISTED, 'a'], got: ['b'], status: 'failed', why: 'another line is another line' },
] as const)('a log with warnings of domains that are listed twice: $status, as $why', ({ expected, got, status }) => {
  const differences = [{ member: 'log', expected, got }];
  const probe = { kind: 'smtp', from: '', expected: {} } as const;
  const result = { status: 'failed', index: 0, differences, complaints: [] } as const;
  expect(forgiveOrder({ ...result, probe: { ...probe, to: [] } }).status).toBe(status);
});
