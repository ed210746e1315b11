import type { SourceLocation } from '../config/config-error.ts';
import type { Finding } from '../config/finding.ts';
import type { Octets } from '../octets.ts';
import { isOfProduction } from './broken-tables.ts';
import type { CheckWorld } from './check-world.ts';
import { openNameList, type BrokenItem, type NameList } from './name-list.ts';
import { splitItems } from '../tables/braces.ts';
import { openViews, type View } from './view.ts';

/** Which class wins over which, and whether Postfix says so: in the order of trivial-rewrite(8). */
const RIVALS = [
  { winner: 'mydestination', loser: 'virtual_alias_domains', isLogged: true },
  { winner: 'mydestination', loser: 'virtual_mailbox_domains', isLogged: true },
  { winner: 'mydestination', loser: 'relay_domains', isLogged: false },
  { winner: 'virtual_alias_domains', loser: 'virtual_mailbox_domains', isLogged: true },
  { winner: 'virtual_alias_domains', loser: 'relay_domains', isLogged: true },
  { winner: 'virtual_mailbox_domains', loser: 'relay_domains', isLogged: true },
] as const;

type ClassName = (typeof RIVALS)[number]['winner' | 'loser'];

const CLASSES: readonly ClassName[] = [
  'mydestination',
  'virtual_alias_domains',
  'virtual_mailbox_domains',
  'relay_domains',
];

/** What becomes of a domain's mail, by class. */
const FATES: Readonly<Record<ClassName, string>> = {
  mydestination: 'is delivered to local accounts and aliases',
  virtual_alias_domains: 'must have a virtual alias, or is refused',
  virtual_mailbox_domains: 'is delivered to virtual mailboxes',
  relay_domains: 'is relayed',
};

/** More than these of one pair say nothing new. */
const MOST_OF_A_PAIR = 10;

/** Domains that are in two address classes, also where the lists are tables, and lists that can't be read. @see ADDRESS_CLASS_README */
export function* checkAddressClasses(world: CheckWorld): Generator<Finding> {
  for (const view of openViews(world, ['trivial-rewrite'])) {
    const parents = splitItems(view.get('parent_domain_matches_subdomains'));
    const lists = new Map(
      CLASSES.map((parameter) => [
        parameter,
        openNameList(world, { view, parameter, hasSubdomains: parents.includes(parameter) }),
      ]),
    );
    for (const list of lists.values()) {
      for (const item of list.broken) yield* toUnreadable(item, list.parameter, view);
    }
    yield* comparePairs(lists, view);
  }
}

function* comparePairs(lists: ReadonlyMap<ClassName, NameList>, view: View): Generator<Finding> {
  const counts = new Map<object, number>();
  for (const domain of listDomains(lists.values())) {
    const home = CLASSES.find((name) => lists.get(name)?.find(domain));
    for (const rivals of RIVALS) {
      const { winner, loser, isLogged } = rivals;
      // Postfix looks for rivals of the class that wins alone.
      if (winner !== home) continue;
      const at = lists.get(loser)?.find(domain);
      if (at === undefined || (!isLogged && !isNamedItself(domain, loser, view))) continue;
      const count = (counts.get(rivals) ?? 0) + 1;
      counts.set(rivals, count);
      if (count <= MOST_OF_A_PAIR) yield toOverlap(domain, rivals, at);
    }
  }
}

/** The names of all lists, once each. QUIRK: of `.example.com` no domain is a match in a list of names. */
function listDomains(lists: Iterable<NameList>): ReadonlySet<Octets> {
  const domains = new Set<Octets>();
  for (const list of lists) {
    for (const { name } of list.names()) if (/^[^.@*\s][^@*\s]*$/.test(name)) domains.add(name);
  }
  return domains;
}

/** `relay_domains = $mydestination` was Postfix's default, and is no mistake. */
function isNamedItself(domain: Octets, parameter: ClassName, view: View): boolean {
  return (
    view.isSet(parameter) &&
    view.words(parameter).some(({ text, isWritten }) => isWritten && text.toLowerCase() === domain)
  );
}

function toOverlap(domain: Octets, { winner, loser, isLogged }: (typeof RIVALS)[number], at: SourceLocation): Finding {
  return {
    severity: isLogged ? 'warning' : 'note',
    code: 'domain-in-two-classes',
    at,
    problem: `${domain} is in both ${winner} and ${loser}`,
    why: `${winner} wins: its mail ${FATES[winner]}. What ${loser} says of it does nothing.`,
    hint: `take ${domain} out of ${winner} or ${loser}`,
    ...(isLogged && { postfixLine: `warning: do not list domain ${domain} in BOTH ${winner} and ${loser}` }),
  };
}

function* toUnreadable({ text, at, kind, fault }: BrokenItem, parameter: Octets, view: View): Generator<Finding> {
  const shared = {
    severity: isOfProduction(fault) ? 'warning' : 'error',
    at,
    why: 'Postfix can’t tell in which class any domain is: all mail is deferred, and smtpd answers 451 4.3.0.',
  } as const;
  if (kind === 'file') {
    yield {
      ...shared,
      code: 'list-file-unreadable',
      problem: `${parameter} names ${text}, which can’t be read: ${fault}`,
      hint: `write ${text}, a name a line, or take it out of ${parameter}`,
      postfixLine: `warning: non-existent:${text} is unavailable. open file ${text}: ${fault}`,
    };
  }
  if (kind === 'table' && fault === 'not asked') return;
  const table = kind === 'file' ? `non-existent:${text}` : text;
  yield {
    ...shared,
    code: 'list-unanswered',
    problem: `${parameter} has no answers: ${text}: ${fault}`,
    hint: view.isSet(parameter)
      ? `mend ${text}, or write the domains into ${parameter} itself`
      : `mend ${text}; until then set ${parameter}, which is made of it`,
    postfixLine: `warning: ${parameter}: ${table}: table lookup problem`,
  };
}
