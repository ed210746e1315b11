import type { Finding } from '../config/finding.ts';
import { toServiceName } from '../config/master-cf.ts';
import type { Octets } from '../octets.ts';
import { LookupError, type LookupTable } from '../tables/lookup-table.ts';
import type { CheckWorld } from './check-world.ts';
import { readClasses, readRestrictions, type Restriction, type RestrictionClasses } from './restriction-list.ts';
import { openViews, type View } from './view.ts';

/** Of these smtpd wants one in either list. In its order. @see Postfix's smtpd_check.c, rcpt_required */
const REQUIRED: readonly Octets[] = [
  'reject_unauth_destination',
  'defer_unauth_destination',
  'reject',
  'defer',
  'defer_if_permit',
  'check_relay_domains',
];

const LISTS = ['smtpd_relay_restrictions', 'smtpd_recipient_restrictions'] as const;

/** Each kind of key that a stranger might be looked up with: what matches these matches everybody. */
const STRANGERS: ReadonlyMap<Octets, Octets> = new Map([
  ['check_client_access', '203.0.113.77'],
  ['check_helo_access', 'stranger.invalid'],
  ['check_recipient_access', 'someone@elsewhere.invalid'],
  ['check_sender_access', 'stranger@stranger.invalid'],
]);

/** Whether a stranger may send mail through this server to anywhere; as main.cf and each smtpd of master.cf have it. */
export function* checkRelayControl(world: CheckWorld): Generator<Finding> {
  const tables = new Map(world.tables.map(({ spec, table }) => [spec, table]));
  for (const view of openViews(world, ['smtpd'])) {
    const classes = readClasses(view);
    const lists = LISTS.map((name) => readRestrictions(view.words(name), name, classes));
    const isRefusing = lists.some((list) => hasRequired(list, classes, []));
    const judge = { classes, tables };
    if (!isRefusing) yield toUncontrolled(view);
    else if (!isLoopback(view) && lists.every((list) => judgeStranger(list, judge, []) !== 'refused')) {
      yield toOpenRelay(view);
    }
  }
}

/**
 * Whether smtpd finds what it wants. QUIRK: what follows `permit` doesn't count, what follows `warn_if_reject` neither; a
 * `permit` in a class only ends the class.
 */
function hasRequired(list: readonly Restriction[], classes: RestrictionClasses, within: readonly Octets[]): boolean {
  for (let index = 0; index < list.length; index++) {
    const { name, kind } = list[index] ?? { name: '', kind: 'none' };
    if (name === 'warn_if_reject') {
      index++;
      continue;
    }
    if (name === 'permit') return false;
    if (REQUIRED.includes(name)) return true;
    if (
      kind === 'class' &&
      !within.includes(name) &&
      hasRequired(readClass(name, classes), classes, [...within, name])
    ) {
      return true;
    }
  }
  return false;
}

interface Judge {
  readonly classes: RestrictionClasses;
  readonly tables: ReadonlyMap<Octets, LookupTable>;
}

/** What a list does with a stranger's mail to elsewhere; `open`: nothing, which lets it pass. */
function judgeStranger(
  list: readonly Restriction[],
  judge: Judge,
  within: readonly Octets[],
): 'permitted' | 'refused' | 'open' {
  for (let index = 0; index < list.length; index++) {
    const restriction = list[index];
    if (restriction === undefined) break;
    const { name, kind } = restriction;
    if (name === 'warn_if_reject') {
      index++;
      continue;
    }
    if (name === 'permit') return 'permitted';
    if (REQUIRED.includes(name)) return 'refused';
    const verdict =
      kind === 'class' && !within.includes(name)
        ? judgeStranger(readClass(name, judge.classes), judge, [...within, name])
        : judgeLookup(restriction, judge);
    if (verdict !== 'open') return verdict;
  }
  return 'open';
}

function readClass(name: Octets, classes: RestrictionClasses): readonly Restriction[] {
  return readRestrictions(classes.get(name) ?? [], 'smtpd_recipient_restrictions', classes);
}

function judgeLookup({ name, argument }: Restriction, { tables }: Judge): 'permitted' | 'refused' | 'open' {
  const key = STRANGERS.get(name);
  const table = argument && tables.get(argument.text);
  if (key === undefined || table === undefined) return 'open';
  const action = lookUp(table, key)?.trim() ?? '';
  if (/^(?:ok|[0-9]+)$/i.test(action)) return 'permitted';
  return /^(?:reject|defer|[45][0-9][0-9]|discard)\b/i.test(action) ? 'refused' : 'open';
}

function lookUp(table: LookupTable, key: Octets): Octets | undefined {
  try {
    return table.lookup(key)?.value;
  } catch (error) {
    if (!(error instanceof LookupError)) throw error;
    return undefined;
  }
}

function isLoopback({ service }: View): boolean {
  return service !== undefined && /^(?:127\.|\[?::1\]?:|localhost:)/.test(service.fields.service);
}

function toPlace(view: View): Finding['at'] {
  const name = LISTS.find((list) => view.isSet(list));
  return name === undefined ? view.placeOf(LISTS[0]) : view.placeOf(name);
}

/** What stands in main.cf isn't one service's mistake. */
function toWhom(view: View): string {
  const { service } = view;
  return service !== undefined && LISTS.some((list) => view.isOwn(list)) ? ` of ${toServiceName(service)}` : '';
}

function toUncontrolled(view: View): Finding {
  const isWritten = LISTS.some((list) => view.isSet(list));
  const names = `${REQUIRED.slice(0, -1).join(', ')} or ${REQUIRED.at(-1) ?? ''}`;
  return {
    severity: 'error',
    code: 'no-relay-control',
    at: toPlace(view),
    problem: `nothing in ${LISTS.join(' or ')}${isWritten ? toWhom(view) : ''} keeps strangers from relaying`,
    why: isWritten
      ? 'smtpd ends when it starts, so that no mail is taken by SMTP.'
      : 'Without compatibility_level both lists are empty, and smtpd ends when it starts.',
    hint: isWritten
      ? 'write smtpd_relay_restrictions = permit_mynetworks, permit_sasl_authenticated, reject_unauth_destination'
      : 'write compatibility_level = 3.6, or smtpd_relay_restrictions = permit_mynetworks, permit_sasl_authenticated, reject_unauth_destination',
    postfixLine: `fatal: in parameter ${LISTS.join(' or ')}, specify at least one working instance of: ${names}`,
  };
}

function toOpenRelay(view: View): Finding {
  return {
    severity: 'error',
    code: 'open-relay',
    at: toPlace(view),
    problem: `${LISTS.join(' and ')}${toWhom(view)} let everybody relay`,
    why: 'Something permits a stranger’s mail before anything refuses it: spammers find such a server within hours.',
    hint: 'begin with permit_mynetworks, permit_sasl_authenticated, reject_unauth_destination',
  };
}
