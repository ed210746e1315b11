import { expect, test } from 'vitest';
import { parseVector } from '../vector.ts';
import { makeCase, type FuzzCase } from './make-case.ts';
import { openRandom } from './random.ts';
import { shrink } from './shrink.ts';
import { toCaseJson } from './to-vector.ts';

test('the same seed makes the same case, another seed another', () => {
  const make = (seed: number): FuzzCase => makeCase(openRandom(seed), seed);
  expect(make(7)).toEqual(make(7));
  expect(make(7)).not.toEqual(make(8));
});

test('chances and choices are spread evenly enough', () => {
  const random = openRandom(1);
  const hits = Array.from({ length: 1000 }, () => random.chance(30)).filter(Boolean).length;
  expect(hits).toBeGreaterThan(250);
  expect(hits).toBeLessThan(350);
  expect(new Set(random.some([1, 2, 3], 200, 200)).size).toBe(3);
});

test('random cases are vectors, once they are answered', () => {
  for (let seed = 0; seed < 100; seed += 1) {
    const value = JSON.parse(toCaseJson(makeCase(openRandom(seed), seed))) as { readonly probes: readonly object[] };
    const answered = { ...value, probes: value.probes.map((probe) => ({ ...probe, expected: {} })) };
    expect(parseVector(JSON.stringify(answered), 'fuzz.json').probes).toHaveLength(20);
  }
});

test('a case is made as small as it can be while it differs', async () => {
  const found = makeCase(openRandom(3), 3);
  const [probe] = found.probes;
  const planted: FuzzCase = {
    ...found,
    mainCf: [...found.mainCf, 'biff = no', 'soft_bounce = yes'],
    files: { ...found.files, '/etc/postfix/x': ['a 1', 'b 2', 'c 3'] },
    probes: [
      ...found.probes,
      { kind: 'smtp', from: 's@x.test', to: ['a@x.test', 'b@x.test'] },
      ...(probe ? [probe] : []),
    ],
  };
  const differs = async ({ mainCf, files, probes }: FuzzCase): Promise<boolean> =>
    mainCf.includes('biff = no') &&
    files['/etc/postfix/x']?.includes('b 2') === true &&
    probes.some(({ to }) => to.includes('b@x.test'));
  expect(await shrink(planted, differs, { tries: 1000 })).toEqual({
    name: 'fuzz-3',
    mainCf: ['biff = no'],
    files: { '/etc/postfix/x': ['b 2'] },
    probes: [{ kind: 'smtp', from: 's@x.test', to: ['b@x.test'] }],
  });
});

test('it is not tried for ever', async () => {
  let tries = 0;
  await shrink(
    makeCase(openRandom(3), 3),
    async () => {
      tries += 1;
      return true;
    },
    { tries: 5 },
  );
  expect(tries).toBe(5);
});
