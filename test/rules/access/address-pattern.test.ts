import { expect, test } from 'vitest';
import { parseAddressPattern } from '../../../src/rules/access/address-pattern.ts';

test.for([
  { pattern: '127.0.0.2', matches: ['127.0.0.2'], misses: ['127.0.0.3', '127.0.1.2'] },
  { pattern: '127.0.0.[2..4;9]', matches: ['127.0.0.2', '127.0.0.4', '127.0.0.9'], misses: ['127.0.0.5', '127.0.0.1'] },
  { pattern: '[127.0.[0..255].[1;3]]', matches: ['127.0.7.3'], misses: ['127.0.7.2', '126.0.7.3'] },
])('$pattern', ({ pattern, matches, misses }) => {
  const parsed = parseAddressPattern(pattern);

  if ('fault' in parsed) throw new Error(parsed.fault);
  expect(matches.filter((address) => !parsed.matches(address))).toEqual([]);
  expect(misses.filter((address) => parsed.matches(address))).toEqual([]);
});

test.for(['', '127.0.0', '127.0.0.256', '127.0.0.[4..2]', '127.0.0.[]', '127.0.0.2.1', 'x.0.0.1'])(
  '%s is no pattern',
  (pattern) => {
    expect(parseAddressPattern(pattern)).toEqual({ fault: `bad address pattern: ${pattern}` });
  },
);
