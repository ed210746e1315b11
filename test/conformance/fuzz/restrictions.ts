// smtpd's restrictions of random cases, with the access tables that they ask. @see access(5)
import { DOMAINS, pickDomain, pickName } from './addresses.ts';
import type { Random } from './random.ts';

/** Lines of main.cf, and the files that they name. */
export interface Part {
  readonly mainCf: readonly string[];
  readonly files: Readonly<Record<string, readonly string[]>>;
}

const PLACE = '/etc/postfix/access';

/**
 * QUIRK: smtpd(8) remembers for the next client that it has looked a sender up, unless smtpd_sender_restrictions come to be
 * asked in between. Lists before these don't have it: what a process did before hangs on which process it is.
 */
const UNLISTED_SENDER = 'reject_unlisted_sender';
const BEFORE_SENDER = ['smtpd_client_restrictions', 'smtpd_helo_restrictions'];

const PLAIN = [
  'permit_mynetworks',
  'reject_unauth_destination',
  'defer_unauth_destination',
  'permit_auth_destination',
  'permit_sasl_authenticated',
  UNLISTED_SENDER,
  'reject_unlisted_recipient',
  'reject_non_fqdn_sender',
  'reject_non_fqdn_recipient',
  'reject_non_fqdn_helo_hostname',
  'reject_invalid_helo_hostname',
  'reject_multi_recipient_bounce',
  'reject_unauth_pipelining',
  'reject_sender_login_mismatch',
  'reject_unknown_reverse_client_hostname',
  'reject_unknown_client_hostname',
  'defer_if_permit',
  'defer_if_reject',
  'warn_if_reject reject',
  'strict',
  'permit',
  'reject',
  'defer',
] as const;

const ACTIONS = [
  'OK',
  'ok',
  'DUNNO',
  'REJECT',
  'REJECT not you',
  'REJECT 5.7.9 not you',
  'DEFER',
  'DEFER later',
  'DEFER_IF_PERMIT',
  'DEFER_IF_PERMIT maybe',
  'DEFER_IF_REJECT if not',
  'HOLD',
  'HOLD look at this',
  'DISCARD',
  'DISCARD gone',
  'FILTER custom:scan.test',
  'FILTER slow:',
  'REDIRECT bob@example.com',
  'REDIRECT info@virt.test',
  'BCC carol@example.com',
  'PREPEND X-Seen: yes',
  'WARN look',
  'INFO see',
  '550 no',
  '450 4.1.8 later',
  '521 go away',
  '554 5.7.1 no <really>',
  '5.7.1 not a code',
  'permit_mynetworks, reject',
  'reject_unauth_destination',
  'strict',
  'reject_non_fqdn_sender',
  '12345',
] as const;

const CHECKS = [
  'check_client_access',
  'check_helo_access',
  'check_sender_access',
  'check_recipient_access',
  'check_reverse_client_hostname_access',
  'check_sasl_access',
] as const;

/** Those of the stages at which cleanup(8) has heard of recipients. */
const LATE = ['smtpd_data_restrictions', 'smtpd_end_of_data_restrictions'];
const LISTS = [
  { name: 'smtpd_client_restrictions', percent: 15 },
  { name: 'smtpd_helo_restrictions', percent: 15 },
  { name: 'smtpd_sender_restrictions', percent: 25 },
  { name: 'smtpd_recipient_restrictions', percent: 25 },
  { name: 'smtpd_data_restrictions', percent: 10 },
  { name: 'smtpd_end_of_data_restrictions', percent: 10 },
] as const;

/**
 * Restrictions of some of smtpd's stages.
 * @param options.mayRefuse whether cleanup(8) may find something to tell of: it does while smtpd(8) may refuse the
 *   message at its end, and which of them is first, nobody knows; and of mail whose DATA is refused ours tells nothing
 */
export function makeRestrictions(random: Random, { mayRefuse }: { readonly mayRefuse: boolean }): Part {
  const lists = LISTS.filter(({ name, percent }) => random.chance(percent) && !(mayRefuse && LATE.includes(name))).map(
    ({ name }) => makeList(random, name),
  );
  const relay = random.chance(20) ? [`smtpd_relay_restrictions = ${random.pick(RELAY)}`] : [];
  return {
    mainCf: [
      'smtpd_restriction_classes = strict',
      `strict = ${random.pick(STRICT)}`,
      ...relay,
      ...lists.flatMap(({ mainCf }) => mainCf),
    ],
    files: Object.assign({}, ...lists.map(({ files }) => files)) as Part['files'],
  };
}

/** Postfix takes no mail unless one of these keeps strangers from relaying. */
const RELAY = [
  'permit_mynetworks, reject_unauth_destination',
  'permit_sasl_authenticated, defer_unauth_destination',
  'reject_unauth_destination',
  'check_recipient_access static:DUNNO, permit_mynetworks, defer_unauth_destination',
] as const;
const STRICT = [
  'reject_unlisted_recipient, reject_non_fqdn_sender',
  'reject_non_fqdn_recipient',
  'permit_mynetworks, reject',
] as const;

function makeList(random: Random, name: string): Part {
  const plain = BEFORE_SENDER.includes(name) ? PLAIN.filter((one) => one !== UNLISTED_SENDER) : PLAIN;
  const items = random.times(1, 4, () => (random.chance(65) ? makeCheck(random) : { text: random.pick(plain) }));
  const named = items.map((item, i) => ('type' in item ? { ...item, path: `${PLACE}_${name}_${i}` } : item));
  const texts = named.map((item) => ('path' in item ? `${item.text} ${item.type}:${item.path}` : item.text));
  return {
    mainCf: [`${name} = ${texts.join(', ')}`],
    files: Object.fromEntries(named.flatMap((item) => ('path' in item ? [[item.path, item.lines] as const] : []))),
  };
}

interface Check {
  readonly text: string;
  readonly type: string;
  readonly lines: readonly string[];
}

function makeCheck(random: Random): Check {
  const text = random.pick(CHECKS);
  const warned = random.chance(8) ? `warn_if_reject ${text}` : text;
  const isOfClient = text === 'check_client_access';
  if (isOfClient && random.chance(30)) {
    const lines = random.times(
      1,
      3,
      () => `${random.pick(['192.0.2.0/24', '127.0.0.1', '!192.0.2.0/25', '0.0.0.0/0'])} ${random.pick(ACTIONS)}`,
    );
    return { text: warned, type: 'cidr', lines };
  }
  const pickKey = KEYS[text];
  const pairs = new Map(random.times(1, 4, () => [pickKey(random), random.pick(ACTIONS)] as const));
  if (random.chance(20)) {
    const lines = [...pairs].map(([key, action]) => `/${key.replaceAll(/[.+]/g, String.raw`\$&`)}/ ${action}`);
    return { text: warned, type: random.pick(['regexp', 'pcre']), lines };
  }
  return { text: warned, type: 'hash', lines: [...pairs].map((pair) => pair.join(' ')) };
}

const pickClientKey = (random: Random): string =>
  random.pick([
    'localhost',
    '127',
    '127.0.0',
    '127.0.0.1',
    '192.0.2',
    '192.0.2.5',
    'stranger.test',
    '.stranger.test',
    'test',
    '.test',
    'unknown',
  ]);
const pickAddressKey = (random: Random): string => {
  const domain = random.pick(DOMAINS);
  const name = pickName(random).toLowerCase();
  return random.pick([
    domain,
    `.${domain}`,
    `${name}@${domain}`,
    `${name}@`,
    `${name}+x@${domain}`,
    'test',
    '<>',
    'origin.test',
    name,
  ]);
};
const KEYS: Readonly<Record<(typeof CHECKS)[number], (random: Random) => string>> = {
  check_client_access: pickClientKey,
  check_reverse_client_hostname_access: pickClientKey,
  check_helo_access: (random) =>
    random.pick(['client.test', 'test', '.test', 'bad_helo', '[192.0.2.5]', pickDomain(random).toLowerCase()]),
  check_sender_access: pickAddressKey,
  check_recipient_access: pickAddressKey,
  check_sasl_access: (random) => random.pick(['alice', 'bob@example.com', 'example.com', 'bob']),
};
