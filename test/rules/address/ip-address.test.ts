import { expect, test } from 'vitest';
import { formatIpAddress, isLoopback, parseIpAddress, toNetwork } from '../../../src/rules/address/ip-address.ts';

const format = (text: string) => {
  const address = parseIpAddress(text);
  return address && formatIpAddress(address);
};

test.for([
  ['10.1.2.3', '10.1.2.3'],
  ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
  ['::', '::'],
  ['::1', '::1'],
  ['1::', '1::'],
  ['0:0:1:0:0:0:0:1', '0:0:1::1'],
  ['1:0:0:2:0:0:3:4', '1::2:0:0:3:4'],
  ['1:0:2:3:4:5:6:7', '1:0:2:3:4:5:6:7'],
  ['::ffff:10.1.2.3', '::ffff:10.1.2.3'],
  ['fe80::1%eth0', 'fe80::1'],
] as const)('%s is the address %s', ([text, written]) => {
  expect(format(text)).toBe(written);
});

test.for([
  '',
  '1.2.3',
  '1.2.3.256',
  '01.2.3.4',
  '1.2.3.4.5',
  ':',
  ':::',
  '1::2::3',
  '1:2:3:4:5:6:7:8:9',
  '12345::',
  'x::',
])('"%s" is no address', (text) => {
  expect(parseIpAddress(text)).toBeUndefined();
});

test.for([
  ['10.1.2.3', 20, '10.1.0.0'],
  ['10.1.2.3', 0, '0.0.0.0'],
  ['fd00:1:2:3::4', 36, 'fd00:1::'],
  ['fd00::4', 128, 'fd00::4'],
] as const)('%s/%i is in the network %s', ([text, prefix, network]) => {
  const address = parseIpAddress(text);

  expect(address && formatIpAddress(toNetwork(address, prefix))).toBe(network);
});

test.for([
  ['127.9.9.9', true],
  ['::1', true],
  ['10.1.2.3', false],
  ['::2', false],
] as const)('%s is a loopback address: %s', ([text, expected]) => {
  const address = parseIpAddress(text);

  expect(address && isLoopback(address)).toBe(expected);
});
