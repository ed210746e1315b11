import type { Finding } from '../config/finding.ts';
import { findNearestName } from '../config/nearest-name.ts';
import type { Octets } from '../octets.ts';
import type { CheckWorld } from './check-world.ts';
import { readClasses, readRestrictions, type Restriction, type RestrictionClasses } from './restriction-list.ts';
import { RESTRICTION_LISTS, RESTRICTIONS } from './restriction-names.ts';
import { splitItems } from '../tables/braces.ts';
import { openViews, type View } from './view.ts';

const ENDS_LIST = new Set<Octets>(['permit', 'reject', 'defer']);

/** What Postfix calls the list in which a bare table has no meaning. */
const STAGES: ReadonlyMap<Octets, string> = new Map([
  ['smtpd_data_restrictions', 'DATA command'],
  ['smtpd_end_of_data_restrictions', 'End-of-data'],
]);

/** Says which of the old names have another today. @see postconf(5) */
const SUCCESSORS: ReadonlyMap<Octets, string> = new Map([
  ['check_recipient_maps', 'reject_unlisted_recipient'],
  ['check_relay_domains', 'reject_unauth_destination'],
  ['permit_naked_ip_address', 'permit_mynetworks or permit_sasl_authenticated'],
  ['reject_invalid_hostname', 'reject_invalid_helo_hostname'],
  ['reject_maps_rbl', 'reject_rbl_client domain-name'],
  ['reject_non_fqdn_hostname', 'reject_non_fqdn_helo_hostname'],
  ['reject_rbl', 'reject_rbl_client domain-name'],
  ['reject_unknown_address', 'reject_unknown_sender_domain'],
  ['reject_unknown_client', 'reject_unknown_client_hostname'],
  ['reject_unknown_hostname', 'reject_unknown_helo_hostname'],
]);

/** Names that aren't restrictions, arguments that are missing, what is never reached, in all `smtpd_*_restrictions`. */
export function* checkRestrictions(world: CheckWorld): Generator<Finding> {
  for (const view of openViews(world, ['smtpd'])) {
    const classes = readClasses(view);
    yield* checkClasses(view, classes);
    for (const list of RESTRICTION_LISTS.keys()) {
      yield* checkList(readRestrictions(view.words(list), list, classes), list, classes);
    }
    // Which table lookup a bare table is depends on the list that names the class: any will do here.
    for (const words of classes.values()) {
      yield* checkList(
        readRestrictions(words, 'smtpd_recipient_restrictions', classes),
        'smtpd_recipient_restrictions',
        classes,
      );
    }
  }
}

function* checkClasses(view: View, classes: RestrictionClasses): Generator<Finding> {
  for (const [name, words] of classes) {
    if (words.length > 0) continue;
    const problem = `restriction class \`${name}' needs a definition`;
    yield {
      severity: 'error',
      code: 'restriction-class-undefined',
      at: view.placeOf('smtpd_restriction_classes'),
      problem,
      why: 'smtpd ends when it starts, so that no mail is taken by SMTP.',
      hint: `write ${name} = with its restrictions, or take it out of smtpd_restriction_classes`,
      postfixLine: `fatal: ${problem}`,
    };
  }
}

/** Everything that is wrong with the restrictions of a list, or of an access table's answer. */
export function* checkList(
  restrictions: readonly Restriction[],
  list: Octets,
  classes: RestrictionClasses,
): Generator<Finding> {
  for (const [index, restriction] of restrictions.entries()) {
    const finding = checkOne(restriction, list, classes) ?? checkAge(restriction);
    if (finding) yield finding;
    const next = restrictions[index + 1];
    const isWarningOnly = restrictions[index - 1]?.name === 'warn_if_reject';
    if (next && ENDS_LIST.has(restriction.name) && !isWarningOnly) yield toUnreached(restriction, next);
  }
}

function checkOne(restriction: Restriction, list: Octets, classes: RestrictionClasses): Finding | undefined {
  const { name, kind, argument } = restriction;
  switch (kind) {
    case 'unknown':
      return name.includes(':') ? toBareTable(restriction, list) : toUnknown(restriction, classes);
    case 'table':
      return argument ? undefined : toMissing(restriction, 'type:name of a lookup table');
    case 'server':
      return argument ? undefined : toMissing(restriction, 'transport:server, as in inet:127.0.0.1:10023');
    case 'domain':
      return argument ? undefined : toMissing(restriction, 'domain of a DNS list');
    case 'number':
      return argument ? undefined : toMissing(restriction, 'number of seconds');
    case 'class':
    case 'none':
      return undefined;
  }
}

function toUnknown({ name, at }: Restriction, classes: RestrictionClasses): Finding {
  const nearest = findNearestName(name, [...RESTRICTIONS.keys(), ...classes.keys()]);
  const problem = `unknown smtpd restriction: "${name}"`;
  return {
    severity: 'error',
    code: 'unknown-restriction',
    at,
    problem,
    why: 'Where smtpd comes to it, it answers 451 4.3.5 Server configuration error to every client.',
    hint:
      nearest === undefined
        ? 'see access restrictions in postconf(5); a list of your own must be in smtpd_restriction_classes'
        : `write ${nearest}`,
    postfixLine: `warning: ${problem}`,
  };
}

function toBareTable({ name, at }: Restriction, list: Octets): Finding {
  const lookups =
    'check_client_access, check_reverse_client_hostname_access, check_helo_access, check_sender_access, check_recipient_access, check_etrn_access';
  const problem = `specify one of (${lookups}) before ${STAGES.get(list) ?? list} restriction "${name}"`;
  return {
    severity: 'error',
    code: 'restriction-bare-table',
    at,
    problem,
    why: 'In this list a table alone doesn’t say what is looked up in it: smtpd answers 451 4.3.5.',
    hint: `write check_client_access ${name}, or another of the lookups`,
    postfixLine: `warning: ${problem}`,
  };
}

function toMissing({ name, kind, at, word, misplaced = '' }: Restriction, what: string): Finding {
  const problem = `${word.text} is not followed by the ${what}`;
  const lines: Partial<Record<Restriction['kind'], string>> = {
    server: `warning: restriction ${name} must be followed by transport:server`,
    domain: `warning: restriction ${name} requires domain name argument`,
    number: `warning: restriction ${name} must be followed by number`,
    table: `warning: restriction ${name}: bad argument "${misplaced}": need maptype:mapname`,
  };
  const postfixLine = lines[kind];
  return {
    severity: 'error',
    code: 'restriction-argument',
    at,
    problem,
    why: 'smtpd answers 451 4.3.5 Server configuration error where it comes to it, or takes the next word for it.',
    hint: `write ${name} with its ${what}`,
    ...(postfixLine === undefined ? {} : { postfixLine }),
  };
}

function checkAge({ name, at }: Restriction): Finding | undefined {
  const successor = SUCCESSORS.get(name);
  if (successor === undefined) return undefined;
  return {
    severity: 'note',
    code: 'restriction-deprecated',
    at,
    problem: `${name} is an old name`,
    why: 'Postfix still takes it, and says that it will be removed.',
    hint: `write ${successor}`,
    ...toOldLine(name, successor),
  };
}

function toOldLine(name: Octets, successor: string): Pick<Finding, 'postfixLine'> {
  if (name !== 'check_relay_domains' && name !== 'reject_maps_rbl') return {};
  return {
    postfixLine: `warning: support for restriction "${name}" will be removed from Postfix; use "${successor}" instead`,
  };
}

function toUnreached({ name, word }: Restriction, next: Restriction): Finding {
  const problem = `restriction \`${next.word.text}' after \`${word.text}' is ignored`;
  return {
    severity: 'warning',
    code: 'restriction-unreached',
    at: next.at,
    problem,
    why: `${name} ends the list: whatever follows is never asked.`,
    hint: `move ${splitItems(next.word.text)[0] ?? ''} before ${name}, or take it out`,
    postfixLine: `warning: ${problem}`,
  };
}
