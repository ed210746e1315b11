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

/** Where a client connects to. */
export interface Server {
  /** A host name, an address or a domain, without brackets. */
  readonly host: Octets;
  /** A number or a name; undefined for the client's own. */
  readonly port: Octets | undefined;
}

/** What is wrong, in Postfix's words. */
interface EndpointFault {
  readonly fault: string;
}

interface Parts {
  readonly host: Octets | undefined;
  readonly port: Octets | undefined;
}

/** Takes `host:port`, `[host]:port`, `:port` or `port` apart. @see Postfix's host_port(3) */
export function parseEndpoint(text: Octets): Endpoint | EndpointFault {
  const parts = splitAtPort(text, 'port');
  if ('fault' in parts) return parts;
  const { host, port } = parts;
  if (port === undefined) return { fault: 'missing service information' };
  return findPartFault(parts) ?? { host, port };
}

/** Takes `host:port`, `[host]:port`, `host` or `[host]` apart. @see Postfix's host_port(3) */
export function parseServer(text: Octets): Server | EndpointFault {
  const parts = splitAtPort(text, 'host');
  if ('fault' in parts) return parts;
  const { host, port } = parts;
  if (host === undefined) return { fault: 'missing host information' };
  return findPartFault(parts) ?? { host, port };
}

/** @param alone what a text without a colon is */
function splitAtPort(text: Octets, alone: 'host' | 'port'): Parts | EndpointFault {
  if (text.startsWith('[')) return splitBracketed(text);
  const colon = text.lastIndexOf(':');
  if (colon < 0) return { host: undefined, port: undefined, [alone]: toPart(text) };
  return { host: toPart(text.slice(0, colon)), port: toPart(text.slice(colon + 1)) };
}

function splitBracketed(text: Octets): Parts | EndpointFault {
  const close = text.indexOf(']');
  if (close < 0) return { fault: 'missing "]"' };
  const after = text.slice(close + 1);
  if (after !== '' && !after.startsWith(':')) return { fault: 'garbage after "]"' };
  const [prefix] = /^ipv6:/i.exec(text.slice(1)) ?? [];
  const host = text.slice(1 + (prefix?.length ?? 0), close);
  if (prefix !== undefined && parseIpAddress(host)?.family !== 'ipv6') return { fault: 'malformed IPv6 address' };
  return { host, port: toPart(after.slice(1)) };
}

function findPartFault({ host, port }: Parts): EndpointFault | undefined {
  if (host !== undefined && findHostNameFault(host) !== undefined && parseIpAddress(host) === undefined) {
    return { fault: 'valid hostname or network address required' };
  }
  return port !== undefined && /^[0-9]+[^0-9]/.test(port) ? { fault: 'garbage after numerical service' } : undefined;
}

function toPart(text: Octets): Octets | undefined {
  return text === '' ? undefined : text;
}
