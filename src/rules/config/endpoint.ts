import { parseIpAddress } from '../address/ip-address.ts';
import type { Octets } from '../octets.ts';
import { findHostNameFault } from './host-name.ts';

/** What an inet service of master.cf listens to. */
export interface Endpoint {
  /** A host name or an address, without brackets; undefined for all that inet_interfaces has. */
  readonly host: Octets | undefined;
  /** A number or a name. */
  readonly port: Octets;
}

/**
 * Takes `host:port`, `[host]:port`, `:port` or `port` apart.
 * @returns what is wrong, in Postfix's words, if something is
 * @see Postfix's host_port(3)
 */
export function parseEndpoint(text: Octets): Endpoint | { readonly fault: string } {
  const split = text.startsWith('[') ? splitBracketed(text) : splitBare(text);
  if ('fault' in split) return split;
  const { host, port } = split;
  if (port === '') return { fault: 'missing service information' };
  if (host !== undefined && findHostNameFault(host) !== undefined && parseIpAddress(host) === undefined) {
    return { fault: 'valid hostname or network address required' };
  }
  if (/^[0-9]/.test(port) && !/^[0-9]+$/.test(port)) return { fault: 'garbage after numerical service' };
  return split;
}

function splitBracketed(text: Octets): Endpoint | { readonly fault: string } {
  const close = text.indexOf(']');
  if (close < 0) return { fault: 'missing "]"' };
  const after = text.slice(close + 1);
  if (after !== '' && !after.startsWith(':')) return { fault: 'garbage after "]"' };
  const [prefix] = /^ipv6:/i.exec(text.slice(1)) ?? [];
  const host = text.slice(1 + (prefix?.length ?? 0), close);
  if (prefix !== undefined && parseIpAddress(host)?.family !== 'ipv6') return { fault: 'malformed IPv6 address' };
  return { host, port: after.slice(1) };
}

function splitBare(text: Octets): Endpoint {
  const colon = text.lastIndexOf(':');
  return { host: colon > 0 ? text.slice(0, colon) : undefined, port: text.slice(colon + 1) };
}
