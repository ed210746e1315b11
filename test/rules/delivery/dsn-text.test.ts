import { expect, test } from 'vitest';
import { splitDsn } from '../../../src/rules/delivery/dsn-text.ts';

test.for([
  ['5.1.1 User unknown', '5.1.1', 'User unknown'],
  ['  4.2.1   later', '4.2.1', 'later'],
  ['5.7.1', '5.7.1', ''],
  ['User unknown', '5.0.0', 'User unknown'],
  ['5.1.1: x', '5.0.0', '5.1.1: x'],
  ['3.1.1 x', '5.0.0', '3.1.1 x'],
  ['5.1234.1 x', '5.0.0', '5.1234.1 x'],
] as const)('%j is %s with the text %j', ([whole, dsn, text]) => {
  expect(splitDsn(whole, '5.0.0')).toEqual({ dsn, text });
});
