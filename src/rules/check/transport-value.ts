import type { SourceLocation } from '../config/config-error.ts';
import type { Octets } from '../octets.ts';
import type { CheckWorld } from './check-world.ts';
import { listEntries } from './table-entries.ts';
import { splitItems } from '../tables/braces.ts';
import type { View } from './view.ts';

/** `transport:nexthop` where it is written: a parameter, or the right-hand side of a table. */
export interface TransportValue {
  /** Empty: whichever the address class has. */
  readonly transport: Octets;
  /** Empty: the recipient's domain. */
  readonly nexthop: Octets;
  /** The parameter, or the parameter that names the table. */
  readonly parameter: Octets;
  /** The table; undefined if it is the parameter's own value. */
  readonly table: Octets | undefined;
  readonly at: SourceLocation;
}

const PARAMETERS: readonly Octets[] = [
  'address_verify_default_transport',
  'address_verify_local_transport',
  'address_verify_relay_transport',
  'address_verify_virtual_transport',
  'content_filter',
  'default_transport',
  'fallback_transport',
  'local_transport',
  'mailbox_transport',
  'relay_transport',
  'virtual_transport',
];

const TABLES: readonly Octets[] = [
  'address_verify_transport_maps',
  'fallback_transport_maps',
  'mailbox_transport_maps',
  'sender_dependent_default_transport_maps',
  'transport_maps',
];

/** Every transport that somebody wrote: in main.cf, in `-o`, in the tables. Defaults aren't anybody's mistake. */
export function* listTransportValues(world: CheckWorld, views: readonly View[]): Generator<TransportValue> {
  for (const view of views) {
    for (const parameter of PARAMETERS) {
      if (!view.isSet(parameter)) continue;
      const value = view.get(parameter);
      if (value !== '') yield { ...splitTransport(value), parameter, table: undefined, at: view.placeOf(parameter) };
    }
    if (!view.isSet('defer_transports')) continue;
    for (const { text, at } of view.words('defer_transports')) {
      yield { transport: text, nexthop: '', parameter: 'defer_transports', table: undefined, at };
    }
  }
  const seen = new Set<Octets>();
  for (const { parameter, spec, table } of world.tables) {
    if (!TABLES.includes(parameter) || seen.has(spec)) continue;
    seen.add(spec);
    for (const { value, source } of listEntries(table)) {
      // QUIRK: a sender may have DUNNO, which is as if it weren't there.
      if (parameter.startsWith('sender_dependent_') && value.toLowerCase() === 'dunno') continue;
      yield { parameter, table: spec, at: source, ...splitTransport(value) };
    }
  }
}

/** The next hops of a value: several are tried in their order. */
export function splitNextHops(nexthop: Octets): readonly Octets[] {
  return splitItems(nexthop);
}

function splitTransport(value: Octets): Pick<TransportValue, 'transport' | 'nexthop'> {
  const colon = value.indexOf(':');
  return colon < 0
    ? { transport: value, nexthop: '' }
    : { transport: value.slice(0, colon), nexthop: value.slice(colon + 1).trim() };
}
