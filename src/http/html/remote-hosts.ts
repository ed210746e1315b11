import { isPublicAddress } from '../api/public-address.ts';

/** Whose pictures, styles, fonts and media somebody asked for. */
export interface RemoteChoice {
  /** Those of every public host. */
  readonly isAll: boolean;
  /** Those of these, wherever they are. */
  readonly hosts: ReadonlySet<string>;
}

/** What a Content-Security-Policy can name: no IPv6 address. */
const HOST = /^[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?(?::\d{1,5})?$/;
/** Names that are found without asking the Internet. @see RFC 6761, RFC 6762, RFC 8375 */
const NEAR = /(?:^|\.)(?:localhost|local|internal|lan|home\.arpa)$/;
/** More aren't let in: the policy is a header, and clients bound its length. */
const MAX_HOSTS = 100;
/** Style sheets of the first load fonts of the second. */
const COMPANIONS: ReadonlyMap<string, string> = new Map([['fonts.googleapis.com', 'fonts.gstatic.com']]);

/** Reads a `remote` parameter: `1` (every public host), hosts, or both: `1,localhost:3000`. */
export function parseRemoteChoice(text = ''): RemoteChoice {
  const names = text.split(',').map((name) => name.trim().toLowerCase());
  return { isAll: names.includes('1'), hosts: new Set(names.filter((name) => name !== '1' && HOST.test(name))) };
}

/**
 * Whether a host is this machine or a neighbour of it, by its name or address alone: nothing is asked. A mail must not
 * reach what the Internet can't.
 * @param host as the URL standard writes it, with or without a port
 */
export function isNearHost(host: string): boolean {
  const name = host.replace(/:\d+$/, '').replace(/\.$/, '');
  if (name.startsWith('[')) return !isPublicAddress(name.slice(1, -1));
  if (/^[\d.]+$/.test(name)) return !isPublicAddress(name);
  return !name.includes('.') || NEAR.test(name);
}

/** Of the hosts that a mail names those that may be asked, and who comes with them. */
export function selectHosts(hosts: readonly string[], { isAll, hosts: named }: RemoteChoice): readonly string[] {
  const chosen = new Set<string>();
  for (const host of hosts) {
    if (chosen.size >= MAX_HOSTS) break;
    if (!HOST.test(host) || !(named.has(host) || (isAll && !isNearHost(host)))) continue;
    chosen.add(host);
    const companion = COMPANIONS.get(host);
    if (companion !== undefined) chosen.add(companion);
  }
  return [...chosen];
}
