import type { Octets } from '../octets.ts';
import { remember } from '../remember.ts';
import type { RuleWorld, View } from '../world.ts';
import { readListItems } from './list-items.ts';
import { toMatchList, type MatchList } from './match-list.ts';

/** A list of strings that are compared whole, as `mydestination`. @see Postfix's string_list(3) */
export function openStringList(parameter: Octets, view: View, world: RuleWorld): MatchList {
  return openList(parameter, 'strings', view, world);
}

/** A list of domains, as `relay_domains`; parent_domain_matches_subdomains counts. @see Postfix's domain_list(3) */
export function openDomainList(parameter: Octets, view: View, world: RuleWorld): MatchList {
  return openList(parameter, 'names', view, world);
}

/**
 * A list of hosts by name or address, as `mynetworks`; parent_domain_matches_subdomains counts.
 * @see Postfix's namadr_list(3)
 */
export function openHostList(parameter: Octets, view: View, world: RuleWorld): MatchList {
  return openList(parameter, 'hosts', view, world);
}

/** Whether parent_domain_matches_subdomains names the parameter. @see Postfix's match_parent_style(3) */
export function parentsMatch(parameter: Octets, view: View, world: RuleWorld): boolean {
  const ask = view.once('parents-match', () =>
    remember((asked) =>
      openStringList('parent_domain_matches_subdomains', view, world).has(
        { name: asked },
        { stage: 'list', steps: [] },
      ),
    ),
  );
  return ask(parameter);
}

/** The lists of each kind are kept together: a list is asked often, and a name made of two takes longer to find. */
const KEPT_AS = { strings: 'lists of strings', names: 'lists of names', hosts: 'lists of hosts' } as const;

function openList(parameter: Octets, holds: keyof typeof KEPT_AS, view: View, world: RuleWorld): MatchList {
  const open = view.once(KEPT_AS[holds], () => remember((asked) => readList(asked, holds, { view, world })));
  return open(parameter);
}

function readList(
  parameter: Octets,
  holds: keyof typeof KEPT_AS,
  { view, world }: { readonly view: View; readonly world: RuleWorld },
): MatchList {
  const smtputf8 = view.isYes('smtputf8_enable');
  const { readFile } = world;
  const items = readListItems(view.words(parameter), view.placeOf(parameter), {
    readFile,
    openTable: (spec, at) => world.openTable(spec, at, { foldsCase: isBuilt(spec) }),
    smtputf8,
  });
  return toMatchList(parameter, items, {
    holds,
    parentsMatch: (holds === 'names' || holds === 'hosts') && parentsMatch(parameter, view, world),
    smtputf8,
  });
}

/**
 * Whether postmap(1) builds the table, and folds its keys. QUIRK: lists ask in lower case, and open other tables as they
 * are written, so that keys with capitals there are never found.
 */
function isBuilt(spec: Octets): boolean {
  return /^(?:proxy:)*(?:hash|btree|lmdb|cdb|dbm|sdbm):/.test(spec);
}
