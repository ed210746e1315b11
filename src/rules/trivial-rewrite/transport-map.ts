import { findAddress, type AddressKey } from '../address/find-address.ts';
import type { AddressQuestion } from '../address/local-domain.ts';
import { parentsMatch } from '../lists/parameter-lists.ts';
import type { Octets } from '../octets.ts';
import type { Maps } from '../tables/maps.ts';

/** A transport and where it takes mail. */
export interface Destination {
  /** The service of master.cf. */
  readonly transport: Octets;
  readonly nexthop: Octets;
}

/** Whom mail is for. */
export interface TransportKey {
  /** In internal form. */
  readonly address: Octets;
  readonly domain: Octets;
}

/**
 * Looks a recipient up in transport(5) tables: the address, without its extension, the domain, its parents, `*`.
 * @param before where mail would go without the table
 * @returns `before` where no table has an entry, or the entry leaves it
 * @throws {LookupError} if a table has no answer
 * @see transport(5), TABLE SEARCH ORDER
 */
export function applyTransportMap(
  { address, domain }: TransportKey,
  maps: Maps,
  { before, question }: { readonly before: Destination; readonly question: AddressQuestion },
): Destination {
  const { view, world } = question;
  const asked = { ...question, stage: 'transport' };
  const keys = parentsMatch('transport_maps', view, world) ? KEYS_WITH_PARENTS : KEYS_WITH_DOT_PARENTS;
  const hit = findAddress(address, maps, { keys, ...asked }) ?? maps.find('*', asked);
  if (hit === undefined) return before;
  const { transport, nexthop } = splitDestination(hit.value);
  if (transport === '') return nexthop === '' ? before : { ...before, nexthop };
  return { transport, nexthop: nexthop === '' ? toDefaultNexthop(transport, domain) : nexthop };
}

const KEYS_WITH_PARENTS: readonly AddressKey[] = ['address', 'without-extension', 'domain-and-parents'];
const KEYS_WITH_DOT_PARENTS: readonly AddressKey[] = ['address', 'without-extension', 'domain-and-.parents'];

/** `transport:nexthop`, both of which may be empty. */
export function splitDestination(text: Octets): Destination {
  const colon = text.indexOf(':');
  return colon < 0
    ? { transport: text, nexthop: '' }
    : { transport: text.slice(0, colon), nexthop: text.slice(colon + 1) };
}

/** For these two, what follows the colon is the text of the bounce. */
function toDefaultNexthop(transport: Octets, domain: Octets): Octets {
  return transport === 'error' || transport === 'retry' ? 'Address is undeliverable' : domain;
}
