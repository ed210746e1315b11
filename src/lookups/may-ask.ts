import { BlockList, isIP } from 'node:net';

const LOOPBACK_NAME = /^(?:.*\.)?localhost\.?$/i;

/**
 * Whether a host may be asked: this machine always, others if `allow` has them.
 * @param host empty: this machine
 * @param allow catch_lookup_allow: `HOST`, `HOST:PORT` or `any`, in any case
 */
export function mayAsk(host: string, port: string | number, allow: readonly string[]): boolean {
  if (host === '' || LOOPBACK_NAME.test(host) || isLoopback(host)) return true;
  const name = host.toLowerCase();
  return allow.some((entry) => ['any', name, `${name}:${port}`, `[${name}]:${port}`].includes(entry.toLowerCase()));
}

function isLoopback(host: string): boolean {
  const version = isIP(host);
  if (version === 0) return false;
  const loopback = new BlockList();
  loopback.addSubnet('127.0.0.0', 8);
  loopback.addAddress('::1', 'ipv6');
  return loopback.check(host, version === 6 ? 'ipv6' : 'ipv4');
}
