import { describe, expect, test } from 'vitest';
import type { PostfixParameter } from '../../../src/rules/config/postfix-parameters.ts';
import { findValueFault, parseSeconds } from '../../../src/rules/config/postfix-value.ts';

const TYPES: Readonly<Record<string, PostfixParameter>> = {
  flag: { name: 'flag', default: 'no', type: 'boolean' },
  count: { name: 'count', default: '1', type: 'integer', min: 1, max: 9 },
  free: { name: 'free', default: '0', type: 'integer', min: 0 },
  long: { name: 'long', default: '1', type: 'long integer' },
  time: { name: 'time', default: '1h', type: 'time', unit: 'h', min: 1, max: 86_400 },
  text: { name: 'text', default: '+=', type: 'string', min: 2, max: 2 },
};

const fault = (type: string, text: string) => {
  const parameter = TYPES[type];
  return parameter && findValueFault(parameter, text);
};

test.for([
  ['flag', 'yes'],
  ['flag', 'NO'],
  ['count', '9'],
  ['count', '+009'],
  ['free', '-5'],
  ['long', '9223372036854775807'],
  ['time', '24'],
  ['time', '60m'],
  ['time', '10m5s'],
  ['text', '-+'],
] as const)('%s takes %s', ([type, text]) => {
  expect(fault(type, text)).toBeUndefined();
});

describe('what a program of Postfix ends with', () => {
  test.for([
    ['flag', 'true', 'bad boolean configuration: flag = true'],
    ['flag', '', 'bad boolean configuration: flag = '],
    ['flag', 'yes # note', 'bad boolean configuration: flag = yes # note'],
    ['count', '0', 'invalid count parameter value 0 < 1'],
    ['count', '10', 'invalid count parameter value 10 > 9'],
    ['count', '5k', 'bad numerical configuration: count = 5k'],
    ['count', '0x10', 'bad numerical configuration: count = 0x10'],
    ['count', '2147483648', 'bad numerical configuration: count = 2147483648'],
    ['long', '9223372036854775808', 'bad numerical configuration: long = 9223372036854775808'],
    ['time', '', 'parameter time: bad time value or unit: '],
    ['time', '10 s', 'parameter time: bad time value or unit: 10 s'],
    ['time', '1.5h', 'parameter time: bad time value or unit: 1.5h'],
    ['time', '-1', 'parameter time: bad time value or unit: -1'],
    ['time', '3600S', 'parameter time: bad time value or unit: 3600S'],
    ['time', 's', 'invalid time: 0 (min 1)'],
    ['time', '2d', 'invalid time: 172800 (max 86400)'],
    ['text', '+', 'bad string length 1 < 2: text = +'],
    ['text', '+++', 'bad string length 3 > 2: text = +++'],
  ] as const)('%s = %s: %s', ([type, text, said]) => {
    expect(fault(type, text)).toBe(said);
  });
});

test.for([
  ['5', 'd', 432_000],
  ['5m', 'd', 300],
  ['2147483647', 's', 2_147_483_647],
  ['-0', 's', 0],
] as const)('%s, in %s if it says nothing, are %i seconds', ([text, unit, seconds]) => {
  expect(parseSeconds(text, unit)?.seconds).toBe(seconds);
});

test.for(['2147483648', '3550w', 'x', '+s', '- 1'])('%s is no time', (text) => {
  expect(parseSeconds(text, 's')).toBeUndefined();
});
