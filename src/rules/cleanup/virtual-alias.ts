import { mapAddress, type MappedAddress } from '../address/map-address.ts';
import { foldName } from '../lists/list-items.ts';
import type { Octets } from '../octets.ts';
import { goOn, toPlace, type Stop } from './address-way.ts';
import { lookUp, reject, type CleanupState } from './cleanup-state.ts';
import { EXPANSION_ERROR } from './rejection.ts';

const PARAMETER = 'virtual_alias_maps';
const LOGGED_CHARACTERS = 300;

/**
 * Replaces an address by what virtual_alias_maps has for it, and what comes out likewise, until no table has an entry.
 * An alias that is among its own members stays, beside the others.
 * @param start the address as canonical(5) left it
 * @returns the final addresses, in Postfix's order; `start` alone if there is none, or if the message is refused
 * @see virtual(5); virtual_alias_expansion_limit, virtual_alias_recursion_limit, virtual_alias_address_length_limit
 */
export function expandVirtualAliases(start: Stop, state: CleanupState): readonly Stop[] {
  if (state.settings.virtualAliases.tables.length === 0) return [start];
  const { expansionLimit } = state.settings;
  const stops = [start];
  const inThemselves = new Set<Octets>();
  for (let index = 0; index < stops.length; index++) {
    if (stops.length > expansionLimit) {
      return giveUp(start, state, {
        problem: `map expansion size for ${start.address}`,
        parameter: 'virtual_alias_expansion_limit',
        note: `more than ${expansionLimit} addresses`,
      });
    }
    const expanded = expandOne(stops[index] ?? start, { start, state, inThemselves });
    if (expanded === undefined) return [start];
    stops[index] = expanded.first;
    for (const other of expanded.others) stops.push(other);
  }
  return stops;
}

interface Expansion {
  readonly start: Stop;
  readonly state: CleanupState;
  /** Addresses that are among their own members, their case folded. */
  readonly inThemselves: Set<Octets>;
}

/**
 * Follows the first member of each alias to its end.
 * @returns the end, and the other members on the way there; undefined if the message is refused
 */
function expandOne(
  from: Stop,
  { start, state, inThemselves }: Expansion,
): { readonly first: Stop; readonly others: readonly Stop[] } | undefined {
  const { smtputf8, recursionLimit, lengthLimit } = state.settings;
  const others: Stop[] = [];
  let first = from;
  for (let depth = 0; !inThemselves.has(foldName(first.address, smtputf8)); depth++) {
    if (depth >= recursionLimit) {
      giveUp(start, state, {
        problem: `map nesting for ${start.address}`,
        parameter: 'virtual_alias_recursion_limit',
        note: `aliases within aliases, more than ${recursionLimit} deep: <${first.address}>`,
      });
      return undefined;
    }
    const mapped = findMembers(first, start, state);
    if (mapped === 'no answer') return undefined;
    if (mapped === undefined) break;
    const long = mapped.addresses.find(({ length }) => length > lengthLimit);
    if (long !== undefined) {
      giveUp(start, state, {
        problem: `result ${long.slice(0, LOGGED_CHARACTERS)}...`,
        parameter: 'virtual_alias_address_length_limit',
        note: `an address of more than ${lengthLimit} octets`,
      });
      return undefined;
    }
    const alias = foldName(first.address, smtputf8);
    if (mapped.addresses.some((member) => foldName(member, smtputf8) === alias)) inThemselves.add(alias);
    const [next = first, ...rest] = toStops(first, mapped);
    for (const stop of rest) others.push(stop);
    first = next;
  }
  return { first, others };
}

function findMembers(stop: Stop, start: Stop, state: CleanupState): MappedAddress | undefined | 'no answer' {
  const { world, view, settings } = state;
  const mapped = lookUp(
    state,
    () =>
      mapAddress(stop.address, settings.virtualAliases, {
        world,
        view,
        stage: 'virtual_alias',
        steps: stop.steps,
        propagatesExtension: settings.propagates.virtual,
        warn: (text) => state.log.write(text),
      }) ?? 'none',
    `${PARAMETER} map lookup problem for ${start.address}`,
  );
  if (mapped === undefined) {
    if (stop !== start) start.steps.push(...stop.steps.slice(-1));
    return 'no answer';
  }
  return mapped === 'none' ? undefined : mapped;
}

/** An alias for itself alone is no stop of its own. */
function toStops(alias: Stop, { addresses, hit }: MappedAddress): readonly Stop[] {
  if (addresses.length === 1 && addresses[0] === alias.address) return [alias];
  const step = {
    stage: 'virtual_alias',
    parameter: PARAMETER,
    table: hit.table.name,
    ...toPlace(hit.source),
    key: hit.key,
    result: '',
  };
  return addresses.map((address) => goOn(alias, address, { ...step, result: address }));
}

interface ExpansionFault {
  readonly problem: Octets;
  readonly parameter: Octets;
  readonly note: Octets;
}

function giveUp(start: Stop, state: CleanupState, { problem, parameter, note }: ExpansionFault): readonly Stop[] {
  state.log.warnOfMessage(`unreasonable ${PARAMETER} ${problem} -- message not accepted, try again later`);
  start.steps.push({ stage: 'virtual_alias', parameter, note });
  reject(state, EXPANSION_ERROR);
  return [start];
}
