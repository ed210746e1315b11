import { parseIpAddress } from '../address/ip-address.ts';
import { parentsMatch } from '../lists/parameter-lists.ts';
import type { Octets } from '../octets.ts';
import { remember } from '../remember.ts';
import { splitItems, unwrapBraces } from '../tables/braces.ts';
import { LookupError } from '../tables/lookup-table.ts';
import { toMaps, type Maps, type MapsHit } from '../tables/maps.ts';
import type { Evaluation, RestrictionCall } from './evaluation.ts';
import type { Outcome, Subject } from './outcome.ts';
import { obeyTable } from './table-action.ts';

/** What a search came to. @property isFound whether the table has an entry, even one that says DUNNO */
export interface SearchResult {
  readonly outcome: Outcome;
  readonly isFound: boolean;
}

/** What smtpd answers where an access table can't. */
const BROKEN = '451 4.3.5 Server configuration error';

/** A key of a search. */
interface SearchKey {
  readonly key: Octets;
  /** It is a part of what is searched for: tables of patterns aren't asked. */
  readonly isPartial: boolean;
}

/** What is looked up, and what is refused if the table refuses. */
export interface Search {
  /** As a whole. */
  readonly key: Octets;
  readonly subject: Subject;
}

/** Looks up one key alone. */
export function searchKey(evaluation: Evaluation, call: RestrictionCall, search: Search): Outcome {
  return searchKeys(evaluation, call, { keys: [{ key: search.key, isPartial: false }], ...search }).outcome;
}

/**
 * Looks up a host name, then its parent domains: `.parent`, or `parent` if parent_domain_matches_subdomains says so for
 * smtpd_access_maps. An address in a name's place has no parents.
 * @see access(5), "HOST NAME/ADDRESS PATTERNS"
 */
export function searchDomain(evaluation: Evaluation, call: RestrictionCall, search: Search): SearchResult {
  return searchKeys(evaluation, call, { keys: domainKeys(search.key, takesParents(evaluation)), ...search });
}

/** Looks up an address, then the networks that it is in, octet by octet. @see access(5) */
export function searchAddress(evaluation: Evaluation, call: RestrictionCall, search: Search): SearchResult {
  return searchKeys(evaluation, call, { keys: networkKeys(search.key), ...search });
}

/** Looks something up in the table that a restriction names, and does what the table says. */
export function searchWith(
  evaluation: Evaluation,
  call: RestrictionCall,
  { key, subject, find }: Search & { readonly find: (maps: Maps) => Pick<MapsHit, 'value'> | undefined },
): SearchResult {
  const { maps, name } = openAccessTable(evaluation, call);
  const value = findValue(() => find(maps)?.value);
  if (value === undefined) return { outcome: 'dunno', isFound: false };
  return { outcome: obeyTable(evaluation, { table: name, key, value, subject }, call), isFound: true };
}

function searchKeys(
  evaluation: Evaluation,
  call: RestrictionCall,
  { keys, ...search }: Search & { readonly keys: Iterable<SearchKey> },
): SearchResult {
  const { steps } = evaluation;
  return searchWith(evaluation, call, {
    ...search,
    find(maps) {
      for (const { key, isPartial } of keys) {
        const hit = maps.find(key, { stage: 'smtpd', steps, isPartial });
        if (hit !== undefined) return hit;
      }
      return undefined;
    },
  });
}

function findValue(find: () => Octets | undefined): Octets | undefined {
  try {
    return find();
  } catch (error) {
    if (error instanceof LookupError) return BROKEN;
    throw error;
  }
}

/** QUIRK: a table may stand in braces with options behind it; its search order counts for certificates alone. */
function openAccessTable(
  { world, view }: Evaluation,
  { argument, parameter }: RestrictionCall,
): { readonly maps: Maps; readonly name: Octets } {
  const find = view.once('access tables', () =>
    remember((asking) =>
      remember((written) => {
        const name = splitItems(unwrapBraces(written) ?? written)[0] ?? written;
        return { maps: toMaps(asking, [world.openTable(name, view.placeOf(asking))]), name };
      }),
    ),
  );
  return find(parameter)(argument);
}

/** Whether `example.com` in an access table stands for the names below it, too. */
function takesParents({ view, world }: Evaluation): boolean {
  return parentsMatch('smtpd_access_maps', view, world);
}

function* domainKeys(domain: Octets, parentsCount: boolean): Generator<SearchKey> {
  if (domain === '') return;
  yield { key: domain, isPartial: false };
  if (parseIpAddress(domain) !== undefined) return;
  for (let dot = domain.indexOf('.', 1); dot >= 0; dot = domain.indexOf('.', dot + 1)) {
    const key = domain.slice(parentsCount ? dot + 1 : dot);
    if (key === '') return;
    yield { key, isPartial: true };
  }
}

function* networkKeys(address: Octets): Generator<SearchKey> {
  yield { key: address, isPartial: false };
  const delimiter = address.includes(':') ? ':' : '.';
  for (let end = address.lastIndexOf(delimiter); end >= 0; end = address.lastIndexOf(delimiter, end - 1)) {
    yield { key: address.slice(0, end), isPartial: true };
    if (end === 0) return;
  }
}
