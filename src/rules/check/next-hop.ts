import { parseServer } from '../config/endpoint.ts';
import { findPort } from '../config/tcp-ports.ts';
import type { Octets } from '../octets.ts';

/** A next hop taken apart: `[host]:port`. */
export interface NextHop {
  readonly host: Octets;
  readonly isBracketed: boolean;
  /** Empty: smtp(8)'s own. */
  readonly port: Octets;
}

/**
 * Takes a next hop of smtp(8) apart: `domain`, `[host]`, each with `:port`. A name of services(5) is taken for a port:
 * who knows which there are.
 * @returns what is wrong, in Postfix's words, if something is; undefined where it is told how to connect
 * @see Postfix's smtp_connect.c, smtp_parse_destination
 */
export function parseNextHop(text: Octets): NextHop | { readonly fault: string } | undefined {
  if (/^(?:unix|inet):/.test(text)) return undefined;
  const server = parseServer(text);
  if ('fault' in server) return { fault: `${server.fault} in server description: ${text}` };
  const { host, port = '' } = server;
  if (/^[0-9]+$/.test(port) && (findPort(port) ?? 0) === 0) {
    return { fault: `bad network port: ${port} for destination: ${text}` };
  }
  return { host, isBracketed: text.startsWith('['), port };
}
