import { expect, test } from 'vitest';
import { pairUp } from '../../../src/cli/unit-tests/pairing.ts';

test.for([
  { wanted: [], found: ['a'], pairs: [] },
  { wanted: ['a'], found: [], pairs: [undefined] },
  { wanted: ['a', 'a'], found: ['a', 'b', 'a'], pairs: [0, 2] },
  { wanted: ['a', 'a'], found: ['a'], pairs: [0, undefined] },
  // What takes anything leaves to the others what fits them alone.
  { wanted: ['*', 'a'], found: ['a', 'b'], pairs: [1, 0] },
  { wanted: ['*', '*', 'b', 'a'], found: ['a', 'b', 'c', 'd'], pairs: [2, 3, 1, 0] },
])('$wanted are paired with $found', ({ wanted, found, pairs }) => {
  const indices = pairUp<string, string>(wanted, found, (one, other) => one === '*' || one === other);

  expect(indices.filter((index) => index !== undefined).length).toBe(
    pairs.filter((index) => index !== undefined).length,
  );
  expect(indices[wanted.length - 1]).toBe(pairs.at(-1));
});
