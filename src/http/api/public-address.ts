import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** IPv4 that leads nowhere on the Internet, or to this machine and its neighbours. @see RFC 6890 and IANA's registries */
const SPECIAL_IPV4: readonly (readonly [string, number])[] = [
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
];
/** Of IPv6 only 2000::/3 is public; these of it aren't, or hide an IPv4 address: Teredo and such, documentation, 6to4. */
const SPECIAL_IPV6: readonly (readonly [string, number])[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];
/** ISATAP: the last 64 bits are 0:5efe or 200:5efe and an IPv4 address. */
const ISATAP = /:(?:0|200|00|0000|0200)?:?5efe:/i;

/** Whether an address is one of the public Internet, and of nothing nearer. @param address as the system writes it */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !openList('ipv4', SPECIAL_IPV4).check(address, 'ipv4');
  if (!isIPv6(address) || address.includes('%') || ISATAP.test(address)) return false;
  return (
    openList('ipv6', [['2000::', 3]]).check(address, 'ipv6') && !openList('ipv6', SPECIAL_IPV6).check(address, 'ipv6')
  );
}

function openList(family: 'ipv4' | 'ipv6', networks: readonly (readonly [string, number])[]): BlockList {
  const list = new BlockList();
  for (const [network, prefix] of networks) list.addSubnet(network, prefix, family);
  return list;
}
