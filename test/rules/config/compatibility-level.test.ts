import { expect, test } from 'vitest';
import { compareLevels } from '../../../src/rules/config/compatibility-level.ts';

test.for([
  ['3.6', '3.10', -1],
  ['3', '3.0.0', 0],
  ['10', '9', 1],
  ['3.7.1', '3.7', 1],
  ['+3', '3', 0],
] as const)('%s compared with %s has the sign of %i', ([left, right, sign]) => {
  expect(Math.sign(Number(compareLevels(left, right)))).toBe(sign);
});

test.for(['', '3.', '.3', '-3', '3..1', '3.7x', '3 ', '3.7.1.2', '3.1024', '8796093022208'])(
  '"%s" is no level',
  (level) => {
    expect(compareLevels(level, '3')).toEqual({ malformed: level });
    expect(compareLevels('3', level)).toEqual({ malformed: level });
  },
);
