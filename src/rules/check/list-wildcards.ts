import type { Finding } from '../config/finding.ts';
import type { Octets } from '../octets.ts';
import { splitItems } from '../tables/braces.ts';
import type { CheckWorld } from './check-world.ts';
import { openViews, type View, type Word } from './view.ts';

/** Lists of domains: a word is compared as it stands. */
const DOMAIN_LISTS: readonly Octets[] = [
  'mydestination',
  'relay_domains',
  'virtual_alias_domains',
  'virtual_mailbox_domains',
];

/** Words with `*` in lists of domains, where nothing ever matches them. @see postconf(5), relay_domains; Postfix's match_list(3) */
export function* checkListWildcards(world: CheckWorld): Generator<Finding> {
  for (const view of openViews(world, ['smtpd', 'trivial-rewrite'])) {
    for (const parameter of DOMAIN_LISTS) {
      if (!view.isSet(parameter)) continue;
      for (const word of view.words(parameter)) {
        if (word.text.includes('*') && !/[:/{]/.test(word.text)) yield toFinding(word, parameter, view);
      }
    }
  }
}

function toFinding({ text, at }: Word, parameter: Octets, view: View): Finding {
  const hasSubdomains = splitItems(view.get('parent_domain_matches_subdomains')).includes(parameter);
  const [, parent] = /^!*\*\.([^*]+)$/.exec(text) ?? [];
  return {
    severity: 'warning',
    code: 'list-wildcard',
    at,
    problem: `${parameter} has ${text}, and * stands for nothing but itself`,
    why: 'No domain ever matches it, and Postfix doesn’t say so.',
    hint:
      parent === undefined
        ? 'name each domain, or use a pcre: table; for every domain write static:all'
        : hasSubdomains
          ? `write ${parent}: its subdomains are in it`
          : `write a pcre: table with /\\.${parent.replaceAll('.', '\\.')}$/ OK, or name each subdomain`,
  };
}
