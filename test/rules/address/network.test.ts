import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatIpAddress, parseIpAddress } from '../../../src/rules/address/ip-address.ts';
import { containsAddress, parseNetwork } from '../../../src/rules/address/network.ts';

test.for([
  { pattern: '10.0.0.0/8', address: '10.255.0.1', isIn: true },
  { pattern: '10.0.0.0/8', address: '11.0.0.0', isIn: false },
  { pattern: '0.0.0.0/0', address: '8.8.8.8', isIn: true },
  { pattern: '0.0.0.0/0', address: '::', isIn: false },
  { pattern: '192.0.2.0/28', address: '192.0.2.15', isIn: true },
  { pattern: '192.0.2.0/28', address: '192.0.2.16', isIn: false },
  { pattern: '[2001:db8::]/32', address: '2001:DB8:0:0:0:0:0:1', isIn: true },
  { pattern: '[2001:db8::/32]', address: '2001:db9::', isIn: false },
  { pattern: 'fe80::/10', address: 'febf::1', isIn: true },
  { pattern: '::ffff:192.0.2.1', address: '::ffff:c000:201', isIn: true },
  { pattern: '10.0.0.0/4294967304', address: '10.1.1.1', isIn: true },
])('$address in $pattern: $isIn', ({ pattern, address, isIn }) => {
  const parsed = parseNetwork(pattern);
  const found = parseIpAddress(address);
  expect('network' in parsed && found !== undefined && containsAddress(parsed.network, found)).toBe(isIn);
});

test.for([
  { pattern: '10.0.0', fault: 'bad address pattern: "10.0.0"' },
  { pattern: '10.0.0.01', fault: 'bad address pattern: "10.0.0.01"' },
  { pattern: '10.0.0.0/33', fault: 'bad mask length in "10.0.0.0/33"' },
  { pattern: '10.0.0.0/x', fault: 'bad mask value in "10.0.0.0/x"' },
  { pattern: '10.0.0/8', fault: 'bad network value in "10.0.0/8"' },
  { pattern: '[10.0.0.0/8', fault: 'missing \']\' character after "[10.0.0.0/8"' },
  { pattern: '[10.0.0.0]8', fault: 'garbage after "[10.0.0.0]"' },
  { pattern: '2001:db8::1/129', fault: 'bad mask length in "2001:db8::1/129"' },
  {
    pattern: '10.0.0.1/8',
    fault: 'non-null host address bits in "10.0.0.1/8", perhaps you should use "10.0.0.0/8" instead',
  },
  {
    pattern: '1:0:0:2::3/64',
    fault: 'non-null host address bits in "1:0:0:2::3/64", perhaps you should use "1:0:0:2::/64" instead',
  },
])('$pattern is refused: $fault', ({ pattern, fault }) => {
  expect(parseNetwork(pattern)).toEqual({ fault });
});

test.for([
  '1::2::3',
  '1:2:3:4:5:6:7',
  '1:2:3:4:5:6:7:8:9',
  ':1',
  '1:',
  '12345::',
  '::1.2.3',
  '1.2.3.4::',
  '',
  '1.2.3.4.5',
])('%s is no address', (text) => {
  expect(parseIpAddress(text)).toBeUndefined();
});

test.for([
  { text: '0:0:0:0:0:0:0:1', short: '::1' },
  { text: '1:0:0:2:0:0:0:3', short: '1:0:0:2::3' },
  { text: '1:0:2:3:4:5:6:7', short: '1:0:2:3:4:5:6:7' },
  { text: '::ffff:10.0.0.1', short: '::ffff:10.0.0.1' },
  { text: '::a00:1', short: '::10.0.0.1' },
  { text: '2001:DB8::', short: '2001:db8::' },
])('$text is written $short', ({ text, short }) => {
  const address = parseIpAddress(text);
  expect(address && formatIpAddress(address)).toBe(short);
});

test('what is written is read again', () => {
  const octet = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 255 }));
  fc.assert(
    fc.property(fc.array(octet, { minLength: 16, maxLength: 16 }), (octets) => {
      expect(parseIpAddress(formatIpAddress({ family: 'ipv6', octets }))).toEqual({ family: 'ipv6', octets });
    }),
  );
});
