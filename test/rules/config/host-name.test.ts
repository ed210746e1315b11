import { expect, test } from 'vitest';
import { findHostNameFault } from '../../../src/rules/config/host-name.ts';

test.for(['localhost', 'mail.example.com', 'host_with_under', '1.example', 'a-b', 'x'.repeat(63)])(
  '%s is fine',
  (name) => {
    expect(findHostNameFault(name)).toBeUndefined();
  },
);

test.for([
  ['', 'empty hostname'],
  ['a b', 'invalid character 32(decimal)'],
  ['m\xe4il', 'invalid character 228(decimal)'],
  ['a..b c', 'misplaced delimiter'],
  ['a.', 'misplaced delimiter'],
  ['.a', 'misplaced delimiter'],
  ['-a', 'misplaced hyphen'],
  ['a-.b', 'misplaced hyphen'],
  ['a-', 'misplaced hyphen'],
  ['1.2.3.4', 'numeric hostname'],
  ['x'.repeat(64), 'hostname label too long'],
  ['x.'.repeat(128), 'bad length'],
] as const)('%s: %s', ([name, fault]) => {
  expect(findHostNameFault(name)).toBe(fault);
});
