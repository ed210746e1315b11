import { expect, test } from 'vitest';
import { parseAddressLiteral } from '../../../src/rules/address/address-literal.ts';
import { formatIpAddress } from '../../../src/rules/address/ip-address.ts';

test.for([
  { text: '192.0.2.1', address: '192.0.2.1' },
  { text: '010.001.2.3', address: '10.1.2.3' },
  { text: 'IPv6:::1', address: '::1' },
  { text: 'ipv6:2001:DB8::', address: '2001:db8::' },
  { text: 'IPv6:::ffff:10.1.2.3', address: '::ffff:10.1.2.3' },
  { text: 'IPv6:1:2:3', address: undefined },
])('[$text] is let pass, as $address', ({ text, address }) => {
  const literal = parseAddressLiteral(text);
  expect(literal).toHaveProperty('address');
  expect('address' in literal && literal.address && formatIpAddress(literal.address)).toBe(address);
});

test.for([
  { text: '', fault: 'valid_ipv4_hostaddr: invalid octet count: ' },
  { text: '1.2.3', fault: 'valid_ipv4_hostaddr: invalid octet count: 1.2.3' },
  { text: '1.2.3.256', fault: 'valid_ipv4_hostaddr: invalid octet value: 1.2.3.256' },
  { text: '1..2.3', fault: 'valid_ipv4_hostaddr: misplaced dot: 1..2.3' },
  { text: '0.1.2.3', fault: 'valid_ipv4_hostaddr: bad initial octet value: 0.1.2.3' },
  { text: '::1', fault: 'valid_ipv4_hostaddr: invalid character 58(decimal): ::1' },
  { text: 'IPv6:', fault: 'valid_ipv6_hostaddr: empty address' },
  { text: 'IPv6:1:', fault: "valid_ipv6_hostaddr: too few `:' in IPv6 address: 1:" },
  { text: 'IPv6:1:2:3:4:5:6:7:', fault: 'valid_ipv6_hostaddr: bad null last field in IPv6 address: 1:2:3:4:5:6:7:' },
  { text: 'IPv6::1:2', fault: 'valid_ipv6_hostaddr: bad null first field in IPv6 address: :1:2' },
  { text: 'IPv6:1::2::3', fault: "valid_ipv6_hostaddr: too many `::' in IPv6 address: 1::2::3" },
  { text: 'IPv6:1:2:3:4:5:6:7:8:9', fault: "valid_ipv6_hostaddr: too many `:' in IPv6 address: 1:2:3:4:5:6:7:8:9" },
  { text: 'IPv6:1:12345::', fault: 'valid_ipv6_hostaddr: malformed IPv6 address: 1:12345::' },
  { text: 'IPv6:1:x::', fault: 'valid_ipv6_hostaddr: invalid character 120(decimal) in IPv6 address: 1:x::' },
  { text: 'IPv6:1.2.3.4', fault: 'valid_ipv6_hostaddr: malformed IPv4-in-IPv6 address: 1.2.3.4' },
])('[$text] is refused: $fault', ({ text, fault }) => {
  expect(parseAddressLiteral(text)).toEqual({ fault });
});
