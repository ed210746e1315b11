// Random but valid cases: a configuration, and messages that are sent through it.
import { DOMAINS, pickAddress, pickLocalPart } from './addresses.ts';
import type { Random } from './random.ts';
import {
  makeAliases,
  makeBcc,
  makeCanonical,
  makeForward,
  makeList,
  makeMailboxes,
  makeRelayhosts,
  makeRelocated,
  makeTransport,
  makeVirtual,
  type MakeTable,
} from './tables.ts';

/** A case that nobody has answered yet. Lines are apart, so that a case can be made smaller. */
export interface FuzzCase {
  readonly name: string;
  readonly mainCf: readonly string[];
  /** The lines of each file, by its path. */
  readonly files: Readonly<Record<string, readonly string[]>>;
  readonly probes: readonly FuzzProbe[];
}

/** A message. */
export interface FuzzProbe {
  readonly kind: 'smtp';
  readonly from: string;
  readonly to: readonly string[];
  readonly client?: { readonly addr: string; readonly name: string };
  readonly headers?: readonly (readonly [string, string])[];
  readonly want_headers?: true;
}

const PROBES = 20;
const BASE = [
  'myhostname = mail.example.com',
  'mydomain = example.com',
  'mydestination = $myhostname, localhost.$mydomain, localhost, example.com',
  'mynetworks = 127.0.0.0/8',
] as const;
/** Tables that are in the same place in every case. */
const TABLES: readonly { readonly parameter: string; readonly make: MakeTable; readonly percent: number }[] = [
  { parameter: 'canonical_maps', make: makeCanonical, percent: 30 },
  { parameter: 'sender_canonical_maps', make: makeCanonical, percent: 15 },
  { parameter: 'recipient_canonical_maps', make: makeCanonical, percent: 15 },
  { parameter: 'virtual_alias_maps', make: makeVirtual, percent: 60 },
  { parameter: 'transport_maps', make: makeTransport, percent: 35 },
  { parameter: 'relocated_maps', make: makeRelocated, percent: 20 },
  { parameter: 'sender_bcc_maps', make: makeBcc, percent: 12 },
  { parameter: 'recipient_bcc_maps', make: makeBcc, percent: 12 },
  { parameter: 'sender_dependent_relayhost_maps', make: makeRelayhosts, percent: 15 },
  { parameter: 'relay_recipient_maps', make: makeVirtual, percent: 10 },
];
/** Lines, one of each list with the chance that it has. */
const SETTINGS: readonly { readonly percent: number; readonly lines: readonly string[] }[] = [
  { percent: 70, lines: ['recipient_delimiter = +', 'recipient_delimiter = -', 'recipient_delimiter = +-'] },
  { percent: 50, lines: ['virtual_alias_domains = virt.test', 'virtual_alias_domains = virt.test, sub.virt.test'] },
  { percent: 60, lines: ['relay_domains = relay.test', 'relay_domains = relay.test, sub.virt.test'] },
  {
    percent: 25,
    lines: ['', 'canonical', 'virtual', 'canonical, virtual, alias, forward, include', 'canonical, alias'].map(
      (names) => `propagate_unmatched_extensions = ${names}`,
    ),
  },
  { percent: 20, lines: ['masquerade_domains = example.com', 'masquerade_domains = !sub.example.com, example.com'] },
  { percent: 10, lines: ['masquerade_exceptions = root, alice'] },
  {
    percent: 15,
    lines: ['masquerade_classes = envelope_sender, envelope_recipient, header_sender, header_recipient'],
  },
  {
    percent: 15,
    lines: ['canonical_classes = envelope_sender, envelope_recipient', 'canonical_classes = header_sender'],
  },
  { percent: 10, lines: ['always_bcc = copy@remote.test', 'always_bcc = bob', 'always_bcc = info@virt.test'] },
  { percent: 25, lines: ['relayhost = [gw.test]', 'relayhost = gw.test', 'relayhost = [gw.test]:587'] },
  {
    percent: 10,
    lines: ['default_transport = custom', 'default_transport = custom:hop.test', 'default_transport = error:no'],
  },
  { percent: 10, lines: ['relay_transport = lmtp:[in.test]', 'relay_transport = custom'] },
  { percent: 10, lines: ['local_transport = custom', 'local_transport = local:x'] },
  { percent: 20, lines: ['home_mailbox = Maildir/', 'home_mailbox = Mailbox', 'mail_spool_directory = /var/mail/'] },
  { percent: 10, lines: ['mailbox_transport = custom', 'mailbox_transport = lmtp:[in.test]'] },
  { percent: 10, lines: ['fallback_transport = slow', 'fallback_transport = custom:hop.test'] },
  { percent: 8, lines: ['mailbox_command = cat >/dev/null'] },
  { percent: 15, lines: ['luser_relay = bob', 'luser_relay = $user+$local@remote.test', 'luser_relay = lost+$local'] },
  { percent: 25, lines: ['local_recipient_maps ='] },
  { percent: 15, lines: ['allow_percent_hack = no'] },
  { percent: 10, lines: ['swap_bangpath = no'] },
  { percent: 10, lines: ['append_dot_mydomain = yes', 'append_dot_mydomain = no'] },
  { percent: 8, lines: ['append_at_myorigin = no'] },
  { percent: 15, lines: ['myorigin = $mydomain', 'myorigin = virt.test'] },
  { percent: 10, lines: ['local_header_rewrite_clients = static:all', 'remote_header_rewrite_domain = invalid.test'] },
  { percent: 10, lines: ['owner_request_special = no'] },
  { percent: 10, lines: ['expand_owner_alias = yes'] },
  { percent: 10, lines: ['allow_mail_to_commands = alias, forward, include', 'allow_mail_to_files = alias'] },
  { percent: 8, lines: ['enable_original_recipient = no'] },
  { percent: 8, lines: ['soft_bounce = yes'] },
  { percent: 10, lines: ['smtpd_reject_unlisted_recipient = no'] },
  { percent: 8, lines: ['parent_domain_matches_subdomains ='] },
  { percent: 8, lines: ['virtual_alias_recursion_limit = 4', 'virtual_alias_expansion_limit = 5'] },
  { percent: 10, lines: ['show_user_unknown_table_name = no'] },
  { percent: 8, lines: ['empty_address_recipient = bob'] },
];

/** @param seed the same seed makes the same case */
export function makeCase(random: Random, seed: number): FuzzCase {
  const tables = TABLES.filter(({ percent }) => random.chance(percent));
  const hasMailboxes = random.chance(45);
  const files = Object.fromEntries([
    ['/etc/aliases', makeAliases(random)],
    ['/etc/postfix/list1', makeList(random)],
    ['/etc/postfix/list2', makeList(random)],
    ...(random.chance(30) ? [['/home/alice/.forward', makeForward(random)] as const] : []),
    ...(random.chance(15) ? [['/home/bob/.forward', makeForward(random)] as const] : []),
    ...tables.map(({ parameter, make }) => [`/etc/postfix/${parameter}`, make(random)] as const),
    ...(hasMailboxes ? [['/etc/postfix/mailboxes', makeMailboxes(random)] as const] : []),
  ] as const);
  return {
    name: `fuzz-${seed}`,
    mainCf: [
      ...BASE,
      'alias_maps = hash:/etc/aliases',
      ...tables.map(({ parameter }) => `${parameter} = hash:/etc/postfix/${parameter}`),
      ...(hasMailboxes ? VIRTUAL_MAILBOXES : []),
      ...SETTINGS.filter(({ percent }) => random.chance(percent)).map(({ lines }) => random.pick(lines)),
    ],
    files,
    probes: Array.from({ length: PROBES }, () => makeProbe(random)),
  };
}

const VIRTUAL_MAILBOXES = [
  'virtual_mailbox_domains = vbox.test',
  'virtual_mailbox_maps = hash:/etc/postfix/mailboxes',
  'virtual_mailbox_base = /home/vmail',
  'virtual_uid_maps = static:5000',
  'virtual_gid_maps = static:5000',
] as const;

function makeProbe(random: Random): FuzzProbe {
  const probe = {
    kind: 'smtp' as const,
    from: random.chance(10) ? '' : random.chance(50) ? 's@origin.test' : pickAddress(random),
    to: random.some(['', ''], 1, 3).map(() => pickAddress(random)),
  };
  if (random.chance(15)) return { ...probe, client: { addr: '192.0.2.5', name: 'stranger.test' } };
  if (random.chance(75)) return probe;
  const headers: readonly (readonly [string, string])[] = [
    ['From', `Ann <${pickAddress(random)}>`],
    [
      'To',
      random
        .some(['', ''], 1, 3)
        .map(() => pickAddress(random))
        .join(', '),
    ],
    ['Cc', `${pickLocalPart(random)}@${random.pick(DOMAINS)} (a comment)`],
    ['Reply-To', `<${pickAddress(random)}>`],
  ];
  return { ...probe, headers, want_headers: true };
}
