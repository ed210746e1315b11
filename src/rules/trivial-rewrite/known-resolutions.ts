import { openDomainList, openStringList } from '../lists/parameter-lists.ts';
import type { Octets } from '../octets.ts';
import { openMemory, type Memory } from '../remember.ts';
import { isAscii } from '../tables/fold-key.ts';
import type { LookupTable } from '../tables/lookup-table.ts';
import type { RuleWorld, View } from '../world.ts';
import type { ResolveRequest, TracedResolution } from './resolve.ts';

/** Where a resolution is remembered, and under which key. */
interface Known {
  readonly memory: Memory<TracedResolution>;
  readonly key: Octets;
}

/** What a view has of them. */
interface Resolutions {
  /** Undefined if the next answer may be another. */
  readonly memory: Memory<TracedResolution> | undefined;
  /** Whether the sender has a say. */
  readonly dependsOnSender: boolean;
}

/** The lists of domains and the tables that a resolution asks. */
const STRING_LISTS = ['mydestination', 'virtual_alias_domains', 'virtual_mailbox_domains'];
const DOMAIN_LISTS = ['relay_domains'];
const TABLES = ['transport_maps', 'relocated_maps'];
const TABLES_OF_SENDERS = ['sender_dependent_default_transport_maps', 'sender_dependent_relayhost_maps'];

/**
 * What is known already of where mail for addresses goes: the queue manager asks again for what access rules asked, and
 * mail comes for the same addresses all day. An address's resolution is the same as long as the settings live, since it
 * follows from parameters, and from lists and tables that were read with them; where one of these asks elsewhere at each
 * look-up, or may have something to report of it, nothing is remembered.
 * @returns undefined if nothing is
 */
export function findKnownResolutions(
  { address, sender, isVerification }: ResolveRequest,
  view: View,
  world: RuleWorld,
): Known | undefined {
  if (isVerification === true) return undefined;
  const { memory, dependsOnSender } = view.once('resolutions', () => openResolutions(view, world));
  const key = dependsOnSender ? `${sender}\n${address}` : address;
  // What isn't ASCII may not be UTF-8, and each look-up tells of that.
  return memory === undefined || !isAscii(key) ? undefined : { memory, key };
}

function openResolutions(view: View, world: RuleWorld): Resolutions {
  const lists = [
    ...STRING_LISTS.map((name) => openStringList(name, view, world)),
    ...DOMAIN_LISTS.map((name) => openDomainList(name, view, world)),
  ];
  const tables = [...TABLES, ...TABLES_OF_SENDERS].flatMap((name) => view.maps(name).tables);
  const isSettled =
    tables.every(isSteady) &&
    lists.every(({ items }) =>
      items.every((item) => item.kind === 'pattern' || (item.kind === 'table' && isSteady(item.table))),
    );
  return {
    memory: isSettled ? openMemory() : undefined,
    dependsOnSender: TABLES_OF_SENDERS.some((name) => view.get(name) !== ''),
  };
}

function isSteady({ isSnapshot, isAscii: hasAsciiAlone }: LookupTable): boolean {
  return isSnapshot === true && hasAsciiAlone === true;
}
