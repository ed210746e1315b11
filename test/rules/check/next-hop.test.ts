import { expect, test } from 'vitest';
import { parseNextHop } from '../../../src/rules/check/next-hop.ts';
import { checkNextHops } from '../../../src/rules/check/next-hops.ts';
import { findIn } from '../../support/checked.ts';

/** As smtp(8) of Postfix 3.7.11 says, and ends. */
test.for([
  ['[127.0.0.1', 'missing "]" in server description: [127.0.0.1'],
  ['[127.0.0.1]x', 'garbage after "]" in server description: [127.0.0.1]x'],
  ['127.0.0.1:2525:1', 'valid hostname or network address required in server description: 127.0.0.1:2525:1'],
  ['[ipv6:x]', 'malformed IPv6 address in server description: [ipv6:x]'],
  ['foo_bar..x', 'valid hostname or network address required in server description: foo_bar..x'],
  ['[]:25', 'valid hostname or network address required in server description: []:25'],
  [':25', 'missing host information in server description: :25'],
  ['host:99999', 'bad network port: 99999 for destination: host:99999'],
  ['[127.0.0.1]:25x', 'garbage after numerical service in server description: [127.0.0.1]:25x'],
  ['smtp:[127.0.0.1]:2525', 'valid hostname or network address required in server description: smtp:[127.0.0.1]:2525'],
] as const)('%s is no next hop', ([text, fault]) => {
  expect(parseNextHop(text)).toEqual({ fault });
});

test.for([
  'example.com',
  '[example.com]',
  '[192.0.2.1]:25',
  '[2001:db8::1]:587',
  'example.com:submission',
  '[192.0.2.1]:',
])('%s is a next hop', (text) => {
  expect(parseNextHop(text)).not.toHaveProperty('fault');
});

test('a relayhost with a transport is told how to go without', async () => {
  expect(await findIn(checkNextHops, { 'main.cf': 'relayhost = smtp:[mail.test]:587\n' })).toMatchObject([
    {
      code: 'next-hop-syntax',
      hint: 'write [mail.test]:587: here stands a next hop without its transport',
      postfixLine: 'fatal: valid hostname or network address required in server description: smtp:[mail.test]:587',
    },
  ]);
});
