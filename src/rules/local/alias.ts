import type { Octets } from '../octets.ts';
import { LookupError } from '../tables/lookup-table.ts';
import type { MapsHit } from '../tables/maps.ts';
import { findInMaps } from './find-in-maps.ts';
import { toCanonical } from './onward.ts';
import { withoutSuccess } from './send-forwards.ts';
import { deliverTargets } from './targets.ts';
import { deeper, fail, note, NO_RIGHTS, toRights, warn, type Result, type Rights, type Run, type Way } from './way.ts';

// An alias takes four steps, so the twenty-sixth is too many.
const DEEPEST = 100;

const UNAVAILABLE = ['4.3.0', 'alias database unavailable'] as const;

/**
 * Delivers to the members of an alias.
 * @param name the local part, or what is left of it without its extension
 * @returns undefined if there is no such alias, or if it is a member of itself: then there may be a mailbox
 * @see aliases(5); Postfix's alias(3)
 */
export function deliverAlias(run: Run, before: Way, name: Octets): Result | undefined {
  const way = deeper(before, { expandedFrom: name });
  if (before.expandedFrom?.toLowerCase() === name.toLowerCase()) {
    note(run, way, { stage: 'alias', key: name, note: `${name} is a member of itself: this is the mailbox` });
    return undefined;
  }
  if (way.level > DEEPEST) {
    warn(run, `alias database loop for ${name}`);
    return fail(run, way, 'bounced', ['5.4.6', `alias database loop for ${name}`]);
  }
  const found = findAlias(run, way, name);
  if (found === 'unavailable') return fail(run, way, 'deferred', UNAVAILABLE);
  if (found === undefined) return undefined;
  const rights = findOwnerRights(run, found);
  if (rights === undefined) {
    warn(run, `cannot find alias database owner for ${found.table.name}`);
    return fail(run, way, 'deferred', ['4.3.0', 'cannot find alias database owner']);
  }
  return deliverMembers(run, { ...way, rights, expansion: 'alias' }, { name, found });
}

function deliverMembers(
  run: Run,
  way: Way,
  { name, found }: { readonly name: Octets; readonly found: MapsHit },
): Result {
  const { settings } = run;
  const owner = settings.ownerIsSpecial ? findInMaps(run, way, settings.aliases, `owner-${name}`) : undefined;
  if (owner === 'unavailable') return fail(run, way, 'deferred', UNAVAILABLE);
  const list = owner === undefined ? undefined : toOwner(run, way, { name, members: owner.value });
  const { recipient } = way;
  const members: Way = {
    ...way,
    // QUIRK: an alias without an owner within one that has one keeps the latter's sender.
    ...(list !== undefined ? { owner: list, sender: list } : settings.resetsOwner && { owner: undefined }),
    ...(!settings.freezesDelivered && { delivered: recipient.address }),
    recipient: withoutSuccess(list === undefined ? recipient : { ...recipient, orcpt: '', original: '' }),
  };
  const { file, line } = found.source;
  const source = { stage: 'alias', table: found.table.name, file, line } as const;
  const { result, count } = deliverTargets(run, members, found.value, source);
  if (count === 0) {
    warn(run, `no recipient in alias lookup result for ${name}`);
    return fail(run, way, 'deferred', UNAVAILABLE);
  }
  if (recipient.notify.includes('SUCCESS')) {
    const { original } = members.recipient;
    const told = list === undefined ? 'expanded' : 'delivered';
    run.ends.tell({ ...recipient, original }, told);
  }
  return result;
}

/**
 * Asks each table. QUIRK: in other words than elsewhere, and a value that is empty is one.
 * @returns undefined if no table has it
 */
function findAlias(run: Run, way: Way, name: Octets): MapsHit | 'unavailable' | undefined {
  for (const table of run.settings.aliases.tables) {
    const asked = { stage: 'alias', parameter: 'alias_maps', table: table.name, key: name, result: null } as const;
    try {
      const hit = table.lookup(name);
      if (hit === undefined) {
        note(run, way, asked);
      } else {
        const { file, line } = hit.source;
        note(run, way, { file, line, ...asked, result: hit.value });
        return { key: hit.key, value: hit.value, source: hit.source, table };
      }
    } catch (error) {
      if (!(error instanceof LookupError)) throw error;
      note(run, way, { ...asked, note: error.problem });
      warn(run, `${error.table}: lookup of '${name}' failed`);
      return 'unavailable';
    }
  }
  return undefined;
}

/** Who gets the notifications of a list: `owner-LIST`, or with expand_owner_alias its members. */
function toOwner(run: Run, way: Way, { name, members }: { readonly name: Octets; readonly members: Octets }): Octets {
  const { expandsOwner } = run.settings;
  const owner = toCanonical(run, way, expandsOwner ? members : `owner-${name}`);
  const because = expandsOwner ? 'with expand_owner_alias' : 'since there is an owner alias';
  note(run, way, { stage: 'alias', result: owner, note: `the list's mail is from <${owner}>, ${because}` });
  return owner;
}

/** The rights of whom the alias table belongs to; nobody's if it is root. @returns undefined if that is no account */
function findOwnerRights({ context: { world } }: Run, { source }: MapsHit): Rights | undefined {
  const fact = world.readFile(source.file);
  if (!('text' in fact) || fact.uid === 0 || world.accounts.areGuessed) return NO_RIGHTS;
  const owner = world.accounts.findByUid(fact.uid);
  return owner === undefined ? undefined : toRights(owner);
}
