// Random but valid cases: a configuration, and what is asked of whoever runs with it.
import { makeAliases, makeForward, makeList } from './aliases.ts';
import { makeContentChecks } from './content-checks.ts';
import { makeProbe, type FuzzProbe } from './probes.ts';
import type { Random } from './random.ts';
import { makeRestrictions } from './restrictions.ts';
import { BASE, makeSettings } from './settings.ts';
import { KINDS, makeTable, type TableKind } from './tables.ts';

/** A case that nobody has answered yet. Lines are apart, so that a case can be made smaller. */
export interface FuzzCase {
  readonly name: string;
  readonly mainCf: readonly string[];
  /** The lines of each file, by its path. */
  readonly files: Readonly<Record<string, readonly string[]>>;
  readonly probes: readonly FuzzProbe[];
}

/** Parameters that name tables. */
const TABLES: readonly { readonly parameter: string; readonly kind: TableKind; readonly percent: number }[] = [
  { parameter: 'canonical_maps', kind: KINDS.canonical, percent: 30 },
  { parameter: 'sender_canonical_maps', kind: KINDS.canonical, percent: 15 },
  { parameter: 'recipient_canonical_maps', kind: KINDS.canonical, percent: 15 },
  { parameter: 'virtual_alias_maps', kind: KINDS.virtual, percent: 60 },
  { parameter: 'transport_maps', kind: KINDS.transport, percent: 35 },
  { parameter: 'relocated_maps', kind: KINDS.relocated, percent: 20 },
  { parameter: 'sender_bcc_maps', kind: KINDS.address, percent: 12 },
  { parameter: 'recipient_bcc_maps', kind: KINDS.address, percent: 12 },
  { parameter: 'sender_dependent_relayhost_maps', kind: KINDS.relayhost, percent: 15 },
  { parameter: 'sender_dependent_default_transport_maps', kind: KINDS.defaultTransport, percent: 12 },
  { parameter: 'relay_recipient_maps', kind: KINDS.virtual, percent: 10 },
  { parameter: 'mailbox_transport_maps', kind: KINDS.localTransport, percent: 8 },
  { parameter: 'fallback_transport_maps', kind: KINDS.localTransport, percent: 8 },
  { parameter: 'mailbox_command_maps', kind: KINDS.command, percent: 6 },
  { parameter: 'smtpd_sender_login_maps', kind: KINDS.login, percent: 10 },
];

const VIRTUAL_MAILBOXES = [
  'virtual_mailbox_domains = vbox.test',
  'virtual_uid_maps = static:5000',
  'virtual_gid_maps = static:5000',
] as const;

const SASL = ['smtpd_sasl_auth_enable = yes', 'smtpd_sasl_type = dovecot', 'smtpd_sasl_path = private/auth'] as const;

const FORWARDS = [
  { path: '/home/alice/.forward', owner: 'alice', percent: 30 },
  { path: '/home/alice/.forward+x', owner: 'alice', percent: 10 },
  { path: '/home/bob/.forward', owner: 'bob', percent: 15 },
  { path: '/home/bob/.fwd-bob', owner: 'bob', percent: 5 },
] as const;

/** @param seed the same seed makes the same case */
export function makeCase(
  random: Random,
  { seed, probes }: { readonly seed: number; readonly probes: number },
): FuzzCase {
  const hasMailboxes = random.chance(45);
  const mailboxes = { parameter: 'virtual_mailbox_maps', kind: KINDS.mailbox, percent: 100 };
  const tables = [...TABLES, ...(hasMailboxes ? [mailboxes] : [])]
    .filter(({ percent }) => random.chance(percent))
    .map(({ parameter, kind }) => ({ parameter, ...makeTable(random, kind, `/etc/postfix/${parameter}`) }));
  const checks = makeContentChecks(random);
  const settings = makeSettings(random);
  const mayRefuse = checks.mainCf.length > 0 || settings.some((line) => /^virtual_alias_\w+_limit/.test(line));
  const parts = [...(random.chance(45) ? [makeRestrictions(random, { mayRefuse })] : []), checks];
  const hasAuth = random.chance(25);
  const forwards = FORWARDS.filter(({ percent }) => random.chance(percent));
  return {
    name: `fuzz-${seed}`,
    mainCf: [
      ...BASE.filter((line) => !settings.some((other) => toName(other) === toName(line))),
      'alias_maps = hash:/etc/aliases',
      ...tables.map(({ parameter, name }) => `${parameter} = ${name}`),
      ...(hasMailboxes ? VIRTUAL_MAILBOXES : []),
      ...(hasAuth ? SASL : []),
      ...parts.flatMap(({ mainCf }) => mainCf),
      ...settings,
    ],
    files: {
      '/etc/aliases': makeAliases(random),
      '/etc/postfix/list1': makeList(random),
      '/etc/postfix/list2': makeList(random),
      ...Object.fromEntries(forwards.map(({ path, owner }) => [path, makeForward(random, owner)])),
      ...(Object.assign({}, ...[...tables, ...parts].map(({ files }) => files)) as FuzzCase['files']),
    },
    probes: random.times(probes, probes, () => makeProbe(random, { hasAuth })),
  };
}

/** The parameter that a line sets. */
function toName(line: string): string {
  return line.split(' ')[0] ?? '';
}
