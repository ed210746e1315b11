import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** IPv4 that leads nowhere on the Internet, or to this machine and its neighbours. @see RFC 6890 and IANA's registries */
const SPECIAL_IPV4 = openList('ipv4', [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
]);
const GLOBAL_IPV6 = openList('ipv6', [['2000::', 3]]);
/** Of IPv6 only {@link GLOBAL_IPV6} is public; these of it aren't, or hide an IPv4 address: Teredo and such, documentation, 6to4. */
const SPECIAL_IPV6 = openList('ipv6', [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
]);
/** ISATAP hides an IPv4 address behind this: what only looks like it isn't asked either. */
const ISATAP = /:5efe:/i;

/** Whether an address is one of the public Internet, and of nothing nearer. @param address as the system writes it */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !SPECIAL_IPV4.check(address, 'ipv4');
  if (!isIPv6(address) || address.includes('%') || ISATAP.test(address)) return false;
  return GLOBAL_IPV6.check(address, 'ipv6') && !SPECIAL_IPV6.check(address, 'ipv6');
}

function openList(family: 'ipv4' | 'ipv6', networks: readonly (readonly [string, number])[]): BlockList {
  const list = new BlockList();
  for (const [network, prefix] of networks) list.addSubnet(network, prefix, family);
  return list;
}
