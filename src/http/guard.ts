import type { IncomingMessage } from 'node:http';
import { isIP, isIPv4 } from 'node:net';
import { isPage } from './pages.ts';

/** Why a request isn't answered. */
export interface Refusal {
  readonly status: 403 | 421;
  /** One sentence for whoever reads the reply. */
  readonly text: string;
}

/** Looks at a request before anything else does, the WebSocket's upgrade too. @returns undefined to let it in */
export type Guard = (request: IncomingMessage) => Refusal | undefined;

const HOST = /^(?<name>\[[0-9a-f:.]+\]|[^\s:/?#@\\[\]]+)(?<port>:\d{1,5})?$/i;
const ORIGIN = /^(?<scheme>https?):\/\/(?<host>[^\s/?#@\\]+)$/i;

/**
 * Makes the guard that keeps other web sites out. A browser lets any page send requests to a server on its own machine
 * and names the page's origin in headers that the page can't set; a program that isn't a browser sends none of them and
 * is let in. Three things are looked at:
 * - `Host`: only names that nobody else can point here, so that a page can't come in by DNS rebinding;
 * - `Origin`: only our own, port included; `null` is a sandboxed page's, so never ours;
 * - `Sec-Fetch-Site`: nothing from another origin (another port of localhost is one), since an `<img>` sends no Origin,
 *   and GET can mark as read; but a link to a view of the page may be followed.
 * @param options.allowHosts further names, without a port
 * @param options.anyAddress takes every IP address as Host: a name can be rebound, an address can't
 * @see https://www.w3.org/TR/fetch-metadata/
 */
export function createGuard(options: { readonly allowHosts: readonly string[]; readonly anyAddress: boolean }): Guard {
  const allowed = new Set(options.allowHosts.map((name) => name.toLowerCase()));

  const isOurs = (name: string, localAddress: string): boolean => {
    if (/^(?:.+\.)?localhost$/.test(name) || allowed.has(name)) return true;
    const address = toAddress(name);
    if (address === undefined) return false;
    return isLoopback(address) || options.anyAddress || address === toAddress(bracketed(localAddress));
  };

  return (request) => {
    const { host = '', origin, 'sec-fetch-site': site } = request.headers;
    const name = HOST.exec(host)?.groups?.['name']?.toLowerCase();
    if (name === undefined || !isOurs(name, request.socket.localAddress ?? '')) {
      return {
        status: 421,
        text: `Host "${host}" is not served here: name it in catch_http_allow_hosts if it should be.`,
      };
    }
    if (origin !== undefined && !isOriginOf(origin, host)) {
      return { status: 403, text: `Origin "${origin}" may not use this server: only its own page may.` };
    }
    if (site !== undefined && site !== 'same-origin' && site !== 'none' && !navigatesToPage(request)) {
      return { status: 403, text: `A ${site} request may not use this server: only its own page may.` };
    }
    return undefined;
  };
}

function navigatesToPage(request: IncomingMessage): boolean {
  const { 'sec-fetch-mode': mode, 'sec-fetch-dest': destination } = request.headers;
  const path = (request.url ?? '').replace(/[?#].*$/s, '');
  return request.method === 'GET' && mode === 'navigate' && destination === 'document' && isPage(path);
}

/** A proxy may speak TLS for us: any scheme does, as long as host and port are those that the browser asked for. */
function isOriginOf(origin: string, host: string): boolean {
  const { scheme, host: originHost } = ORIGIN.exec(origin)?.groups ?? {};
  if (scheme === undefined || originHost === undefined) return false;
  const defaultPort = scheme.toLowerCase() === 'https' ? ':443' : ':80';
  const withPort = (text: string): string => (/:\d+$/.test(text) ? text : text + defaultPort).toLowerCase();
  return withPort(originHost) === withPort(host);
}

/** The address that a host is, in its one canonical form; undefined for a name. */
function toAddress(host: string): string | undefined {
  if (isIPv4(host)) return host;
  if (!host.startsWith('[') || isIP(host.slice(1, -1)) !== 6) return undefined;
  const canonical = new URL(`http://${host}/`).hostname.slice(1, -1);
  return toMappedIPv4(canonical) ?? canonical;
}

/** `::ffff:7f00:1` → `127.0.0.1`: so an IPv4 client is named on a socket that listens on both. */
function toMappedIPv4(address: string): string | undefined {
  const [, high, low] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(address) ?? [];
  if (high === undefined || low === undefined) return undefined;
  const value = [Number.parseInt(high, 16), Number.parseInt(low, 16)];
  return value.flatMap((half) => [half >> 8, half & 0xff]).join('.');
}

function isLoopback(address: string): boolean {
  return address.startsWith('127.') || address === '::1';
}

function bracketed(address: string): string {
  return address.includes(':') ? `[${address.replace(/%.*$/, '')}]` : address;
}
