// What random cases set in main.cf, beside tables and restrictions.
import type { Random } from './random.ts';

/** A parameter, the chance that it is set, and to what. */
interface Setting {
  readonly percent: number;
  readonly name: string;
  readonly values: readonly string[];
}

/** In every case, and first: what follows may override it. */
export const BASE: readonly string[] = [
  'myhostname = mail.example.com',
  'mydomain = example.com',
  'mynetworks = 127.0.0.0/8',
  // Without it virtual(8) can't start, and Postfix holds mail up for minutes before it tries again.
  'virtual_mailbox_base = /home/vmail',
  // What smtpd(8) tells the postmaster of a session, ours doesn't.
  'notify_classes =',
];

const HERE = '$myhostname, localhost.$mydomain, localhost, example.com';

const REWRITING: readonly Setting[] = [
  { percent: 70, name: 'recipient_delimiter', values: ['+', '+', '-', '+-', '-+', '=+'] },
  {
    percent: 25,
    name: 'propagate_unmatched_extensions',
    values: ['', 'canonical', 'virtual', 'canonical, virtual, alias, forward, include, generic', 'canonical, alias'],
  },
  { percent: 20, name: 'masquerade_domains', values: ['example.com', '!sub.example.com, example.com', 'test'] },
  { percent: 10, name: 'masquerade_exceptions', values: ['root, alice'] },
  {
    percent: 15,
    name: 'masquerade_classes',
    values: ['envelope_sender, envelope_recipient, header_sender, header_recipient', 'header_recipient', ''],
  },
  {
    percent: 15,
    name: 'canonical_classes',
    values: ['envelope_sender, envelope_recipient', 'header_sender', 'envelope_recipient, header_recipient'],
  },
  { percent: 5, name: 'sender_canonical_classes', values: ['envelope_sender', 'header_sender'] },
  { percent: 5, name: 'recipient_canonical_classes', values: ['envelope_recipient', 'header_recipient'] },
  { percent: 10, name: 'always_bcc', values: ['copy@remote.test', 'bob', 'info@virt.test', 'alice+x@example.com'] },
  { percent: 15, name: 'allow_percent_hack', values: ['no'] },
  { percent: 10, name: 'swap_bangpath', values: ['no'] },
  { percent: 10, name: 'append_dot_mydomain', values: ['yes', 'no'] },
  { percent: 8, name: 'append_at_myorigin', values: ['no'] },
  { percent: 15, name: 'myorigin', values: ['$mydomain', 'virt.test', 'remote.test'] },
  { percent: 6, name: 'local_header_rewrite_clients', values: ['static:all', 'permit_mynetworks'] },
  { percent: 8, name: 'remote_header_rewrite_domain', values: ['invalid.test', '', 'domain.invalid'] },
  { percent: 8, name: 'enable_original_recipient', values: ['no'] },
  { percent: 5, name: 'always_add_missing_headers', values: ['yes'] },
  { percent: 5, name: 'undisclosed_recipients_header', values: ['To: undisclosed-recipients:;', ''] },
  { percent: 5, name: 'message_drop_headers', values: ['reply-to, cc', ''] },
  { percent: 8, name: 'virtual_alias_recursion_limit', values: ['1', '4'] },
  { percent: 8, name: 'virtual_alias_expansion_limit', values: ['2', '5'] },
  { percent: 4, name: 'virtual_alias_address_length_limit', values: ['20'] },
  { percent: 4, name: 'header_address_token_limit', values: ['8'] },
  // Less would cut what Postfix adds, and where depends on the length of queue IDs.
  { percent: 4, name: 'header_size_limit', values: ['300'] },
  // With less, Postfix's local(8) crashes at a .forward file that leads back to itself.
  { percent: 4, name: 'duplicate_filter_limit', values: ['50'] },
  { percent: 5, name: 'strict_7bit_headers', values: ['yes'] },
  { percent: 3, name: 'smtputf8_enable', values: ['no', 'yes'] },
  { percent: 3, name: 'smtputf8_autodetect_classes', values: ['all', 'sendmail'] },
  {
    percent: 5,
    name: 'receive_override_options',
    values: ['no_address_mappings', 'no_header_body_checks', 'no_unknown_recipient_checks'],
  },
  { percent: 3, name: 'header_from_format', values: ['obsolete'] },
  { percent: 5, name: 'hopcount_limit', values: ['1', '2', '3'] },
  // Such as no queue ID has.
  { percent: 4, name: 'message_strip_characters', values: [String.raw`\0`, '!%', String.raw`\303-`] },
  { percent: 4, name: 'message_reject_characters', values: [String.raw`\0`, '!', String.raw`\251`, '%'] },
];

const ROUTING: readonly Setting[] = [
  {
    percent: 100,
    name: 'mydestination',
    values: [
      HERE,
      HERE,
      HERE,
      HERE,
      HERE,
      HERE,
      HERE,
      HERE,
      'localhost',
      '',
      'example.com, sub.example.com',
      '$mydomain, .example.com',
      '!mail.example.com, inline:{example.com=x, localhost=y, mail.example.com=z}',
    ],
  },
  {
    percent: 50,
    name: 'virtual_alias_domains',
    values: ['virt.test', 'virt.test', 'virt.test, sub.virt.test', 'regexp:{{/\\.?virt\\.test$$/ x}}'],
  },
  {
    percent: 60,
    name: 'relay_domains',
    values: [
      'relay.test',
      'relay.test, remote.test',
      'relay.test, !sub.relay.test',
      'static:all',
      'inline:{.relay.test=x, remote.test=y}, relay.test',
    ],
  },
  { percent: 5, name: 'mynetworks', values: ['127.0.0.0/8, 192.0.2.0/25', '!127.0.0.1, 127.0.0.0/8', 'static:all'] },
  { percent: 4, name: 'default_filter_nexthop', values: ['next.test'] },
  { percent: 25, name: 'relayhost', values: ['[gw.test]', 'gw.test', '[gw.test]:587', 'GW.test'] },
  { percent: 10, name: 'default_transport', values: ['custom', 'custom:hop.test', 'error:no'] },
  { percent: 10, name: 'relay_transport', values: ['lmtp:[in.test]', 'custom', 'error:5.4.0 not now'] },
  { percent: 10, name: 'local_transport', values: ['custom', 'local:x', 'error:no mail here', 'virtual'] },
  { percent: 8, name: 'virtual_transport', values: ['custom', 'lmtp:[in.test]:24'] },
  {
    percent: 12,
    name: 'parent_domain_matches_subdomains',
    values: ['', 'relay_domains, transport_maps', 'smtpd_access_maps'],
  },
  { percent: 10, name: 'allow_untrusted_routing', values: ['yes'] },
  { percent: 6, name: 'resolve_dequoted_address', values: ['no'] },
  { percent: 5, name: 'resolve_null_domain', values: ['yes'] },
  { percent: 5, name: 'resolve_numeric_domain', values: ['yes'] },
  { percent: 5, name: 'allow_min_user', values: ['yes'] },
  { percent: 8, name: 'empty_address_recipient', values: ['bob', 'alice+x'] },
  { percent: 4, name: 'empty_address_relayhost_maps_lookup_key', values: ['alice', '@virt.test'] },
  { percent: 4, name: 'empty_address_default_transport_maps_lookup_key', values: ['alice', '@virt.test'] },
  { percent: 8, name: 'soft_bounce', values: ['yes'] },
  { percent: 5, name: 'defer_transports', values: ['smtp', 'local, virtual', 'custom'] },
  { percent: 4, name: 'content_filter', values: ['filter', 'filter:scan.test', 'filter:[127.0.0.1]:10024'] },
  { percent: 4, name: 'proxy_interfaces', values: ['192.0.2.7'] },
  { percent: 4, name: 'inet_interfaces', values: ['127.0.0.1'] },
];

const DELIVERING: readonly Setting[] = [
  { percent: 15, name: 'home_mailbox', values: ['Maildir/', 'Mailbox'] },
  { percent: 10, name: 'mail_spool_directory', values: ['/var/mail/', '/var/mail'] },
  { percent: 10, name: 'mailbox_transport', values: ['custom', 'lmtp:[in.test]', 'slow:hop.test'] },
  { percent: 10, name: 'fallback_transport', values: ['slow', 'custom:hop.test', 'error:not here'] },
  { percent: 8, name: 'mailbox_command', values: ['cat >/dev/null', 'cat >/var/mail/$USER.got'] },
  {
    percent: 18,
    name: 'luser_relay',
    values: ['bob', '$user+$local@remote.test', 'lost+$local', '$user@remote.test', '$domain-$extension@virt.test'],
  },
  { percent: 25, name: 'local_recipient_maps', values: ['', '$alias_maps', 'static:x', 'unix:passwd.byname'] },
  { percent: 10, name: 'owner_request_special', values: ['no'] },
  { percent: 10, name: 'expand_owner_alias', values: ['yes'] },
  { percent: 5, name: 'reset_owner_alias', values: ['yes'] },
  { percent: 12, name: 'allow_mail_to_commands', values: ['alias, forward, include', 'alias', ''] },
  { percent: 12, name: 'allow_mail_to_files', values: ['alias', 'alias, forward, include', ''] },
  {
    percent: 8,
    name: 'forward_path',
    values: ['$home/.forward$recipient_delimiter$extension, $home/.forward', '', '$home/.fwd-$user'],
  },
  { percent: 6, name: 'prepend_delivered_header', values: ['command, file', 'forward', ''] },
  // With `no` only hopcount_limit ends a circle, and each round may double the mail.
  { percent: 4, name: 'frozen_delivered_to', values: ['yes'] },
  { percent: 4, name: 'virtual_minimum_uid', values: ['6000'] },
  { percent: 3, name: 'local_command_shell', values: ['/bin/sh -c'] },
];

/** What is told to senders and to the postmaster. */
const NOTIFYING: readonly Setting[] = [
  { percent: 8, name: 'notify_classes', values: ['bounce, 2bounce', '2bounce', 'bounce', ''] },
  { percent: 4, name: 'bounce_size_limit', values: ['100', '1'] },
  { percent: 4, name: 'bounce_notice_recipient', values: ['bob', 'info@virt.test'] },
  { percent: 4, name: '2bounce_notice_recipient', values: ['carol', 'root@remote.test'] },
  { percent: 3, name: 'double_bounce_sender', values: ['db', 'Db+x'] },
  // With `bounce` cleanup(8) also tells of the beginning of a notice that bounce(8) gives up, as nobody is to be told.
  { percent: 4, name: 'internal_mail_filter_classes', values: ['notify', ''] },
  { percent: 6, name: 'enable_threaded_bounces', values: ['yes'] },
  { percent: 4, name: 'mail_name', values: ['Mailer'] },
  {
    percent: 5,
    name: 'default_delivery_status_filter',
    values: [
      String.raw`regexp:{{/^5\.1\.1 .*/ 4.1.9 not yet}, {/^4\.3\.0 (.*)/ 5.9.9 $$1}}`,
      'pcre:{{/^2(.*)/ 2$$1!}}',
    ],
  },
];

const REPLYING: readonly Setting[] = [
  { percent: 10, name: 'smtpd_reject_unlisted_recipient', values: ['no'] },
  { percent: 8, name: 'smtpd_reject_unlisted_sender', values: ['yes'] },
  { percent: 10, name: 'show_user_unknown_table_name', values: ['no'] },
  { percent: 6, name: 'unknown_local_recipient_reject_code', values: ['450'] },
  { percent: 4, name: 'unknown_virtual_alias_reject_code', values: ['451'] },
  { percent: 4, name: 'unknown_relay_recipient_reject_code', values: ['450'] },
  { percent: 4, name: 'access_map_reject_code', values: ['450', '521'] },
  { percent: 4, name: 'relay_domains_reject_code', values: ['450'] },
  { percent: 6, name: 'smtpd_delay_reject', values: ['no'] },
  { percent: 4, name: 'smtpd_helo_required', values: ['yes'] },
  { percent: 4, name: 'smtpd_null_access_lookup_key', values: ['alice', 'nobody@virt.test'] },
  { percent: 4, name: 'smtpd_recipient_limit', values: ['2'] },
  { percent: 4, name: 'smtpd_recipient_overshoot_limit', values: ['1', '2'] },
  { percent: 4, name: 'strict_rfc821_envelopes', values: ['yes'] },
  { percent: 4, name: 'smtpd_discard_ehlo_keywords', values: ['dsn', 'size, smtputf8', '8bitmime, silent-discard'] },
  // Only such as no message comes near: how long a queue ID is hangs on the number of a file in Postfix, and it is in the
  // file more than once. With 0, local(8) and virtual(8) don't start, as a mailbox may hold less.
  { percent: 3, name: 'message_size_limit', values: ['30000', '50000'] },
  { percent: 3, name: 'reject_code', values: ['521'] },
  { percent: 3, name: 'defer_code', values: ['451'] },
  { percent: 3, name: 'non_fqdn_reject_code', values: ['550', '450'] },
  { percent: 3, name: 'invalid_hostname_reject_code', values: ['550'] },
  { percent: 3, name: 'multi_recipient_bounce_reject_code', values: ['451'] },
  { percent: 3, name: 'unknown_client_reject_code', values: ['554'] },
  { percent: 3, name: 'unknown_virtual_mailbox_reject_code', values: ['450'] },
  { percent: 3, name: 'access_map_defer_code', values: ['421', '451'] },
  { percent: 3, name: 'smtpd_sasl_authenticated_header', values: ['yes'] },
  { percent: 3, name: 'info_log_address_format', values: ['internal'] },
  {
    percent: 3,
    name: 'smtpd_command_filter',
    values: [String.raw`pcre:{{/^RCPT TO:<nosuch@(.*)>(.*)$$/ RCPT TO:<bob@$$1>$$2}, {/^HELO/ NOOP}}`],
  },
  { percent: 3, name: 'smtpd_reject_footer_maps', values: ['pcre:{{/^550 / see $$server_name}, {/^4/ wait}}'] },
  {
    percent: 4,
    name: 'smtpd_reject_footer',
    values: [String.raw`\c. Ask $server_name for ${'$'}recipient`, 'See the manual'],
  },
];

/** Lines of main.cf; each sets another parameter. */
export function makeSettings(random: Random): readonly string[] {
  const lines = [...REWRITING, ...ROUTING, ...DELIVERING, ...NOTIFYING, ...REPLYING]
    .filter(({ percent }) => random.chance(percent))
    .map(({ name, values }) => `${name} = ${random.pick(values)}`);
  // Of what is refused for its hops, smtpd(8) tells the postmaster who hears of bounces.
  const tells = lines.some((line) => /^notify_classes = .*\bbounce/.test(line));
  return lines.filter((line) => !(tells && line.startsWith('hopcount_limit')));
}
