import type { AddressQuestion } from '../address/local-domain.ts';
import { openDomainList, openStringList } from '../lists/parameter-lists.ts';
import type { MatchList } from '../lists/match-list.ts';
import type { Octets } from '../octets.ts';
import { LookupError } from '../tables/lookup-table.ts';

/**
 * What a domain is to this machine. `local`: mydestination has it. `alias`: virtual_alias_domains. `virtual`:
 * virtual_mailbox_domains. `relay`: relay_domains. `default`: none of these.
 * @see ADDRESS_CLASS_README
 */
export type AddressClass = 'local' | 'alias' | 'virtual' | 'relay' | 'default';

/**
 * The class of a recipient's domain. Where a domain is in two lists, Postfix warns of it.
 * @throws {LookupError} if a list that is asked has no answer
 */
export function classify(
  { domain, isLocal }: { readonly domain: Octets; readonly isLocal: boolean },
  question: AddressQuestion,
): AddressClass {
  const { view, world } = question;
  const aliases = openStringList('virtual_alias_domains', view, world);
  const mailboxes = openStringList('virtual_mailbox_domains', view, world);
  const relays = openDomainList('relay_domains', view, world);
  const warnOfBoth = (parameter: Octets, others: readonly MatchList[]) => {
    if (!view.isYes('helpful_warnings')) return;
    for (const other of others) {
      if (!isAlsoIn(domain, other, question)) continue;
      question.warn?.(`warning: do not list domain ${domain} in BOTH ${parameter} and ${other.parameter}`);
    }
  };
  if (isLocal) {
    warnOfBoth('mydestination', [aliases, mailboxes]);
    return 'local';
  }
  if (isIn(domain, aliases, question)) {
    warnOfBoth(aliases.parameter, [mailboxes, relays]);
    return 'alias';
  }
  if (isIn(domain, mailboxes, question)) {
    warnOfBoth(mailboxes.parameter, [relays]);
    return 'virtual';
  }
  return isIn(domain, relays, question) ? 'relay' : 'default';
}

function isIn(name: Octets, list: MatchList, question: AddressQuestion): boolean {
  if (list.items.length === 0) return false;
  try {
    return list.has({ name }, question);
  } catch (error) {
    if (error instanceof LookupError) question.warn?.(`warning: ${list.parameter} lookup failure`);
    throw error;
  }
}

/** This decides nothing, so that it leaves no step, and a list without an answer doesn't matter. */
function isAlsoIn(name: Octets, list: MatchList, { stage, warn }: AddressQuestion): boolean {
  if (list.items.length === 0) return false;
  try {
    return list.has({ name }, { stage, steps: [], warn });
  } catch (error) {
    if (error instanceof LookupError) return false;
    throw error;
  }
}
