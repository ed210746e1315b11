import { compareLevels } from '../config/compatibility-level.ts';

/**
 * Parameters that came after Postfix 3.7, by the version that brought them.
 * @see postconf(5) of Postfix 3.11.7, "This feature is available in"; all that its `postconf -d` has and that of 3.7.11 hasn't
 */
const NEWER: ReadonlyMap<string, string> = new Map(
  Object.entries({
    3.8: `use_srv_lookup ignore_srv_lookup_error allow_srv_lookup_fallback smtpd_client_ipv4_prefix_length
      smtpd_client_ipv6_prefix_length tls_ffdhe_auto_groups`,
    3.9: `force_mime_input_conversion maillog_file_permissions smtp_sasl_password_result_delimiter
      lmtp_sasl_password_result_delimiter smtp_tls_enable_rpk lmtp_tls_enable_rpk smtpd_tls_enable_rpk
      tlsproxy_tls_enable_rpk`,
    '3.10': `smtpd_hide_client_session full_name_encoding_charset socketmap_max_reply_size tls_required_enable
      smtp_tlsrpt_enable lmtp_tlsrpt_enable smtp_tlsrpt_socket_name lmtp_tlsrpt_socket_name
      smtp_tlsrpt_skip_reused_handshakes lmtp_tlsrpt_skip_reused_handshakes smtp_tls_enforce_sts_mx_patterns
      lmtp_tls_enforce_sts_mx_patterns`,
    3.11: `default_cache_db_type requiretls_enable requiretls_esmtp_header requiretls_redact_dsn smtp_requiretls_policy
      lmtp_requiretls_policy smtp_log_tls_feature_status lmtp_log_tls_feature_status non_bdb_custom_mapping
      non_bdb_migration_allow_root_prefixes non_bdb_migration_allow_user_prefixes non_bdb_migration_level
      non_bdb_migration_log_redirect non_bdb_migration_service_name non_empty_end_of_header_action
      relocated_prefix_enable smtpd_reject_filter_maps`,
  }).flatMap(([version, names]) => names.split(/\s+/).map((name) => [name, version] as const)),
);

/** The version that brought a parameter which Postfix 3.7 doesn't have; undefined if none is known. */
export function findNewerVersion(name: string): string | undefined {
  return NEWER.get(name);
}

/** Whether version `a` is older than `b`: 3.9 is older than 3.10. Of what is no version nothing is said. */
export function isOlder(a: string, b: string): boolean {
  const order = compareLevels(a, b);
  return typeof order === 'number' && order < 0;
}
