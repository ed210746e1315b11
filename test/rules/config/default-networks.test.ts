import { expect, test } from 'vitest';
import { toDefaultNetworks } from '../../../src/rules/config/default-networks.ts';

const FACTS = {
  addresses: ['127.0.0.1/8', '10.1.2.3/24', '172.16.5.6/20', '::1/128', 'fd00::2/64', 'fe80::1/64'],
  resolve: (host: string) => (host === 'localhost' ? ['127.0.0.1', '::1'] : []),
};

const networks = (style: string, interfaces = 'all', protocols = 'all') =>
  toDefaultNetworks({ mynetworks_style: style, inet_interfaces: interfaces, inet_protocols: protocols }, FACTS);

test.for([
  ['subnet', 'all', 'ipv4', '127.0.0.0/8 10.1.2.0/24 172.16.0.0/20'],
  ['subnet', 'all', 'ipv6', '[::1]/128 [fd00::]/64 [fe80::]/64'],
  ['class', 'all', 'ipv4', '127.0.0.0/8 10.0.0.0/8 172.16.0.0/16'],
  ['host', 'all', 'ipv4', '127.0.0.1/32 10.1.2.3/32 172.16.5.6/32'],
  ['Host', 'loopback-only', 'all', '127.0.0.1/32 [::1]/128'],
  ['host', '10.1.2.3, [::1]', 'all', '10.1.2.3/32 [::1]/128'],
  ['host', 'localhost', 'ipv4', '127.0.0.1/32'],
  ['host', '', 'all', ''],
  ['host', 'all', '', ''],
] as const)('style %s, interfaces %s, protocols %s: %s', ([style, interfaces, protocols, expected]) => {
  expect(networks(style, interfaces, protocols)).toBe(expected);
});

test.for([
  ['x', 'all', 'all', 'unknown mynetworks mask style value "x" in "x"'],
  ['', 'all', 'all', 'bad mynetworks_style value: ; specify exactly one value'],
  ['host, subnet', 'all', 'all', 'bad mynetworks_style value: host, subnet; specify exactly one value'],
  ['host', 'all', 'x', 'unknown inet_protocols value "x" in "x"'],
  ['host', 'nosuch.test', 'all', 'config variable inet_interfaces: host not found: nosuch.test'],
  ['host', 'all # note', 'all', 'config variable inet_interfaces: host not found: all'],
  ['host', 'ALL', 'all', 'config variable inet_interfaces: host not found: ALL'],
  ['host', '192.0.2.1', 'all', 'parameter inet_interfaces: no local interface found for 192.0.2.1'],
] as const)('style %s, interfaces %s, protocols %s end Postfix: %s', ([style, interfaces, protocols, fatal]) => {
  expect(networks(style, interfaces, protocols)).toEqual({ fatal });
});
