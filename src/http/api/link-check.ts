import { lookup } from 'node:dns';
import { request as requestHttp, STATUS_CODES, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { isPublicAddress } from './public-address.ts';
import type { LinkCheckResponse } from './schemas/check.ts';

const MAX_LINKS = 100;
const AT_ONCE = 8;
const TIMEOUT_MS = 10_000;
const MAX_REDIRECTS = 3;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** How links are asked for. */
export interface LinkCheckOptions {
  /** Without it nothing leaves this machine. */
  readonly isAsked: boolean;
  readonly signal: AbortSignal;
  /** Whether a connection may be made to an address. @default isPublicAddress */
  readonly isAllowed?: (address: string) => boolean;
}

type Link = LinkCheckResponse['Links'][number];

/**
 * Asks for links with HEAD, the first hundred. A link whose address isn't public gets 451; so does one that is led to such
 * an address. Which address that is, is looked at when the connection is made: a name can't change in between.
 */
export async function checkLinks(links: readonly string[], options: LinkCheckOptions): Promise<LinkCheckResponse> {
  const unique = [...new Set(links)].slice(0, MAX_LINKS);
  if (!options.isAsked) {
    return { Errors: 0, Links: unique.map((URL) => ({ URL, StatusCode: 0, Status: 'Not asked: add follow=true' })) };
  }
  const found = new Map<string, Link>();
  const waiting = unique.values();
  const ask = async (): Promise<void> => {
    for (const link of waiting) found.set(link, await askFor(link, options));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, ask));
  const Links = unique.flatMap((link) => found.get(link) ?? []);
  return { Errors: Links.filter(({ StatusCode }) => StatusCode === 0 || StatusCode >= 400).length, Links };
}

async function askFor(link: string, { signal, isAllowed = isPublicAddress }: LinkCheckOptions): Promise<Link> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);
  try {
    let url = new URL(link);
    for (let redirects = 0; ; redirects += 1) {
      const { statusCode: StatusCode = 0, headers } = await head(url, { signal: limit, isAllowed });
      const next = REDIRECTS.has(StatusCode) ? headers.location : undefined;
      if (next === undefined || redirects === MAX_REDIRECTS) {
        return { URL: link, StatusCode, Status: STATUS_CODES[StatusCode] ?? '' };
      }
      url = new URL(next, url);
    }
  } catch (error) {
    if (error instanceof BlockedAddressError) return { URL: link, StatusCode: 451, Status: error.message };
    const reason = limit.aborted ? 'No answer in time' : error instanceof Error ? error.message : String(error);
    return { URL: link, StatusCode: 0, Status: reason };
  }
}

class BlockedAddressError extends Error {
  override readonly name = 'BlockedAddressError';
  readonly code = 'ADDRESS_BLOCKED';
  constructor() {
    super('Blocked private/reserved address');
  }
}

function head(
  url: URL,
  { signal, isAllowed }: { readonly signal: AbortSignal; readonly isAllowed: (address: string) => boolean },
): Promise<IncomingMessage> {
  const address = url.hostname.replace(/^\[(.*)\]$/, '$1');
  // An address that is written in the URL isn't looked up.
  if (isIP(address) !== 0 && !isAllowed(address)) throw new BlockedAddressError();
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new Error(`${url.protocol} is not asked for`);
  const options: RequestOptions = {
    method: 'HEAD',
    signal,
    agent: false,
    headers: { 'User-Agent': 'postfixture', Accept: '*/*' },
    auth: null,
    lookup: allowedLookup(isAllowed),
  };
  return new Promise((resolve, reject) => {
    const request = url.protocol === 'http:' ? requestHttp : requestHttps;
    request(url, options, (response) => {
      response.destroy();
      resolve(response);
    })
      .on('error', reject)
      .end();
  });
}

/** Looks a name up; one that has an address that isn't allowed has none. */
function allowedLookup(isAllowed: (address: string) => boolean): LookupFunction {
  return (name, options, callback) => {
    lookup(name, { ...options, all: true }, (error, addresses) => {
      if (error) callback(error, '', 0);
      else if (!addresses.every(({ address }) => isAllowed(address))) callback(new BlockedAddressError(), '', 0);
      else if (options.all === true) callback(null, addresses);
      else callback(null, addresses[0]?.address ?? '', addresses[0]?.family);
    });
  };
}
