import { parseIpAddress } from '../address/ip-address.ts';
import { findHostNameFault } from '../config/host-name.ts';
import { findPort } from '../config/tcp-ports.ts';
import type { Octets } from '../octets.ts';

/**
 * What is wrong with a next hop of smtp(8): `domain`, `[host]`, each with `:port`, in Postfix's words; undefined if
 * nothing is. A name of services(5) is taken for a port: who knows which there are.
 * @see Postfix's host_port(3); smtp_connect.c, smtp_parse_destination
 */
export function findNextHopFault(text: Octets): string | undefined {
  // Where lmtp(8) and smtp(8) alike are told how to connect.
  if (/^(?:unix|inet):/.test(text)) return undefined;
  const split = text.startsWith('[') ? splitBracketed(text) : splitBare(text);
  if ('fault' in split) return `${split.fault} in server description: ${text}`;
  const { host, port } = split;
  if (findHostNameFault(host) !== undefined && parseIpAddress(host) === undefined) {
    return `valid hostname or network address required in server description: ${text}`;
  }
  if (/^[0-9]+[^0-9]/.test(port)) return `garbage after numerical service in server description: ${text}`;
  if (/^[0-9]+$/.test(port) && (findPort(port) ?? 0) === 0) return `bad network port: ${port} for destination: ${text}`;
  return undefined;
}

function splitBracketed(text: Octets): { readonly host: Octets; readonly port: Octets } | { readonly fault: string } {
  const close = text.indexOf(']');
  if (close < 0) return { fault: 'missing "]"' };
  const after = text.slice(close + 1);
  if (after !== '' && !after.startsWith(':')) return { fault: 'garbage after "]"' };
  const [prefix = ''] = /^ipv6:/i.exec(text.slice(1)) ?? [];
  const host = text.slice(1 + prefix.length, close);
  if (prefix !== '' && parseIpAddress(host)?.family !== 'ipv6') return { fault: 'malformed IPv6 address' };
  return { host, port: after.slice(1) };
}

function splitBare(text: Octets): { readonly host: Octets; readonly port: Octets } {
  const colon = text.lastIndexOf(':');
  return colon < 0 ? { host: text, port: '' } : { host: text.slice(0, colon), port: text.slice(colon + 1) };
}
