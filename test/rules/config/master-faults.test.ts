import { expect, test } from 'vitest';
import { parseMasterCf } from '../../../src/rules/config/master-cf.ts';
import { reportMasterFaults } from '../../../src/rules/config/master-faults.ts';

const findLines = (text: string) => {
  const lines: (string | undefined)[] = [];
  reportMasterFaults(
    parseMasterCf(text, '/m/master.cf', () => {}),
    ({ postfixLine }) => lines.push(postfixLine),
  );
  return lines;
};

// Recorded from master(8) of Postfix 3.7.11.
test.for([
  { service: '12601 inet y - n - - x', line: 'fatal: /m/master.cf: line 1: inet service cannot be private' },
  { service: '12601 inet - - n - - x', line: 'fatal: /m/master.cf: line 1: inet service cannot be private' },
  { service: '12601 inet n - n - - -', line: 'fatal: /m/master.cf: line 1: field "command" has no default value' },
  { service: '[::1 inet n - n - - x', line: 'fatal: /m/master.cf: line 1: missing "]" in "[::1"' },
  { service: '[::1]x inet n - n - - x', line: 'fatal: /m/master.cf: line 1: garbage after "]" in "[::1]x"' },
  {
    service: '[ipv6:zz]:1 inet n - n - - x',
    line: 'fatal: /m/master.cf: line 1: malformed IPv6 address in "[ipv6:zz]:1"',
  },
  {
    service: '127.0.0.1: inet n - n - - x',
    line: 'fatal: /m/master.cf: line 1: missing service information in "127.0.0.1:"',
  },
  { service: '12x inet n - n - - x', line: 'fatal: /m/master.cf: line 1: garbage after numerical service in "12x"' },
  {
    service: 'a_b!:1 inet n - n - - x',
    line: 'fatal: /m/master.cf: line 1: valid hostname or network address required in "a_b!:1"',
  },
  { service: 'foo inet n - n - - x', line: 'fatal: 0.0.0.0:foo: Servname not supported for ai_socktype' },
  { service: '127.0.0.1:foo inet n - n - - x', line: 'fatal: 127.0.0.1:foo: Servname not supported for ai_socktype' },
  { service: '65999 inet n - n - - x', line: undefined },
])('of "$service" master says: $line', ({ service, line }) => {
  expect(findLines(`${service}\n`)).toEqual([line]);
});

test.for([
  { text: 'smtp inet n - n - - x\n25 inet n - n - - x\n', name: '"smtp" (25)' },
  {
    text: '127.0.0.1:submission inet n - n - - x\n127.0.0.1:587 inet n - n - - x\n',
    name: '"127.0.0.1:submission" ([127.0.0.1]:587)',
  },
  { text: 'dup unix - - n - - x\ndup unix - - n - - y\n', name: '"dup" (private/dup)' },
])('master warns of $name, which is there twice', ({ text, name }) => {
  expect(findLines(text)).toEqual([`warning: duplicate master.cf entry for service ${name} -- using the last entry`]);
});

test('services that share a name but not the type, or privacy, are no duplicates', () => {
  expect(findLines('dup pass - - n - - x\ndup unix - - n - - x\ndup pass n - n - - x\n')).toEqual([]);
});
