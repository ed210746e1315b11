import { isLoopback, parseIpAddress } from '../address/ip-address.ts';

const LOOPBACK_NAME = /^(?:.*\.)?localhost\.?$/i;

/**
 * Whether a host may be asked: this machine always, others if `allow` has them.
 * @param host empty: this machine
 * @param allow catch_lookup_allow: `HOST`, `HOST:PORT` or `any`, in any case
 */
export function mayAsk(host: string, port: string | number, allow: readonly string[]): boolean {
  const address = parseIpAddress(host);
  if (host === '' || LOOPBACK_NAME.test(host) || (address && isLoopback(address))) return true;
  const name = host.toLowerCase();
  return allow.some((entry) => ['any', name, `${name}:${port}`, `[${name}]:${port}`].includes(entry.toLowerCase()));
}
