import type { Octets } from '../octets.ts';

/** Programs whose own parameters begin so. */
const PREFIXES: readonly (readonly [string, string])[] = [
  ['smtpd_', 'smtpd'],
  ['smtp_', 'smtp'],
  ['lmtp_', 'smtp'],
  ['postscreen_', 'postscreen'],
  ['tlsproxy_', 'tlsproxy'],
  ['qmqpd_', 'qmqpd'],
  ['dnsblog_', 'dnsblog'],
];

/** Parameters of a single transport, which the queue manager reads. */
const OF_TRANSPORT =
  /_(?:destination_\w+|delivery_slot_\w+|extra_recipient_limit|initial_destination_concurrency|minimum_delivery_slots|recipient_limit|recipient_refill_(?:delay|limit)|transport_rate_delay)$/;

/** Which programs read parameters that aren't named after them; as found in the programs of Postfix 3.7. */
const READERS: readonly (readonly [string, string])[] = [
  ['anvil', `anvil_rate_time_unit anvil_status_update_time`],
  ['bounce', `2bounce_notice_recipient bounce_size_limit delay_notice_recipient enable_threaded_bounces`],
  ['bounce cleanup', `delay_warning_time`],
  ['bounce cleanup smtp smtpd', `header_from_format`],
  ['bounce qmgr', `maximal_queue_lifetime`],
  [
    'cleanup',
    `always_add_missing_headers body_checks_size_limit cleanup_replace_stray_cr_lf detect_8bit_encoding_header
    hopcount_limit queue_file_attribute_count_limit recipient_canonical_classes sender_canonical_classes
    virtual_alias_address_length_limit virtual_alias_expansion_limit virtual_alias_recursion_limit`,
  ],
  ['cleanup local showq', `duplicate_filter_limit`],
  ['cleanup qmgr', `disable_verp_bounces`],
  ['cleanup showq trivial-rewrite', `empty_address_recipient`],
  [
    'cleanup smtpd',
    `milter_command_timeout milter_connect_timeout milter_content_timeout milter_default_action
    milter_macro_daemon_name milter_macro_v milter_protocol`,
  ],
  ['flush', `fast_flush_purge_time fast_flush_refresh_time`],
  [
    'local',
    `biff command_expansion_filter execution_directory_expansion_filter expand_owner_alias forward_expansion_filter
    frozen_delivered_to mailbox_delivery_lock mailbox_size_limit require_home_directory reset_owner_alias
    sun_mailtool_compatibility`,
  ],
  ['local pipe spawn', `command_time_limit`],
  ['local virtual', `strict_mailbox_ownership`],
  ['master', `service_throttle_time`],
  ['postlogd', `postlogd_watchdog_timeout`],
  ['postscreen', `dnsblog_service_name smtpd_service_name`],
  ['postscreen smtp', `tlsproxy_service_name`],
  ['postscreen smtpd', `smtpd_client_connection_count_limit`],
  [
    'qmgr',
    `address_verify_pending_request_limit bounce_queue_lifetime confirm_delay_cleared
    destination_concurrency_feedback_debug initial_destination_concurrency maximal_backoff_time qmgr_clog_warn_time
    qmgr_daemon_timeout qmgr_ipc_timeout qmgr_message_active_limit qmgr_message_recipient_limit
    qmgr_message_recipient_minimum transport_retry_time`,
  ],
  ['qmgr smtp', `minimal_backoff_time queue_run_delay`],
  ['scache', `connection_cache_status_update_time connection_cache_ttl_limit`],
  ['smtp', `connection_cache_protocol_timeout connection_cache_service_name ignore_mx_lookup_error`],
  ['smtp smtpd', `error_notice_recipient`],
  [
    'smtpd',
    `access_map_defer_code access_map_reject_code address_verify_poll_count address_verify_poll_delay
    allow_untrusted_routing bounce_notice_recipient broken_sasl_auth_clients default_rbl_reply disable_vrfy_command
    invalid_hostname_reject_code maps_rbl_reject_code multi_recipient_bounce_reject_code non_fqdn_reject_code
    plaintext_reject_code queue_minfree relay_domains_reject_code strict_rfc821_envelopes unknown_address_reject_code
    unknown_address_tempfail_action unknown_client_reject_code unknown_helo_hostname_tempfail_action
    unknown_hostname_reject_code unknown_local_recipient_reject_code unknown_relay_recipient_reject_code
    unknown_virtual_alias_reject_code unknown_virtual_mailbox_reject_code unverified_recipient_defer_code
    unverified_recipient_reject_code unverified_recipient_tempfail_action unverified_sender_defer_code
    unverified_sender_reject_code unverified_sender_tempfail_action`,
  ],
  ['smtpd tlsproxy', `smtpd_tls_always_issue_session_ids`],
  ['smtpd trivial-rewrite', `show_user_unknown_table_name`],
  ['smtpd verify', `address_verify_sender_ttl`],
  [
    'tlsmgr',
    `lmtp_tls_session_cache_timeout smtp_tls_session_cache_timeout smtpd_tls_session_cache_timeout tls_random_bytes
    tls_random_prng_update_period tls_random_reseed_period`,
  ],
  [
    'trivial-rewrite',
    `address_verify_default_transport address_verify_local_transport address_verify_relay_transport
    address_verify_virtual_transport allow_min_user allow_percent_hack append_at_myorigin append_dot_mydomain
    empty_address_default_transport_maps_lookup_key empty_address_relayhost_maps_lookup_key resolve_dequoted_address
    resolve_null_domain resolve_numeric_domain swap_bangpath`,
  ],
  [
    'verify',
    `address_verify_cache_cleanup_interval address_verify_negative_expire_time address_verify_negative_refresh_time
    address_verify_positive_expire_time address_verify_positive_refresh_time`,
  ],
  ['virtual', `virtual_mailbox_base virtual_mailbox_limit virtual_mailbox_lock virtual_minimum_uid`],
];

/**
 * The programs that end when they start if a parameter's value is bad.
 * @returns empty if all of them do, the tools included
 */
export function listReaders(name: Octets): readonly string[] {
  const row = READERS.find(([, names]) => names.split(/\s+/).includes(name));
  if (row !== undefined) return row[0].split(' ');
  if (OF_TRANSPORT.test(name) && !name.startsWith('smtpd_')) return ['qmgr'];
  const prefix = PREFIXES.find(([start]) => name.startsWith(start));
  return prefix === undefined ? [] : [prefix[1]];
}

/** What comes of a bad value. */
export function describeReaders(name: Octets): string {
  const readers = listReaders(name);
  if (readers.length === 0) return 'Every program of Postfix, the tools included, ends when it reads this.';
  const verb = readers.length === 1 ? 'ends when it starts' : 'end when they start';
  const list = readers.map((reader) => `${reader}(8)`).join(' and ');
  return `${list} ${verb}, again and again; "postfix check" does not tell.`;
}
