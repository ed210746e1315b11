import { compareLevels } from '../config/compatibility-level.ts';

/**
 * Parameters that came after Postfix 3.7, by the version that brought them.
 * @see the release notes of Postfix 3.8, 3.9, 3.10 and 3.11
 */
const NEWER: ReadonlyMap<string, string> = new Map(
  Object.entries({
    3.8: `use_srv_lookup ignore_srv_lookup_error allow_srv_lookup_fallback smtpd_client_ipv4_prefix_length
      smtpd_client_ipv6_prefix_length tls_ffdhe_auto_groups`,
    3.9: `force_mime_input_conversion maillog_file_permissions`,
    '3.10': `smtpd_hide_client_session full_name_encoding_charset tls_required_enable smtp_tlsrpt_enable
      lmtp_tlsrpt_enable smtp_tlsrpt_socket_name lmtp_tlsrpt_socket_name smtp_tlsrpt_skip_reused_handshakes
      lmtp_tlsrpt_skip_reused_handshakes smtp_tls_enforce_sts_mx_patterns lmtp_tls_enforce_sts_mx_patterns`,
    3.11: `requiretls_enable requiretls_redact_dsn smtp_requiretls_policy lmtp_requiretls_policy
      smtp_log_tls_feature_status lmtp_log_tls_feature_status`,
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

/** What another version does unasked. */
export interface DefaultChange {
  readonly version: string;
  /** The parameter whose default is another, or that there is no more. */
  readonly name: string;
  /** A change of default: the old one and the new. */
  readonly from?: string;
  readonly to?: string;
  /** What comes of it. */
  readonly why: string;
  readonly hint: string;
}

/**
 * What changed for those who left a parameter alone.
 * @see the release notes of Postfix 3.9 and 3.10; postconf(5)
 */
export const DEFAULT_CHANGES: readonly DefaultChange[] = [
  {
    version: '3.9',
    name: 'smtpd_forbid_bare_newline',
    from: 'no',
    to: 'normalize',
    why: 'Mail ends at CRLF.CRLF alone, and a bare line feed becomes CRLF: clients that end lines by LF alone hang.',
    hint: 'list such clients in smtpd_forbid_bare_newline_exclusions',
  },
  {
    version: '3.9',
    name: 'smtpd_forbid_unauth_pipelining',
    from: 'no',
    to: 'yes',
    why: 'A client that sends commands before it may, is disconnected.',
    hint: 'mend such clients, or set smtpd_forbid_unauth_pipelining = no for the services that they use',
  },
  {
    version: '3.10',
    name: 'tls_required_enable',
    to: 'yes',
    why: 'A message with the header "TLS-Required: no" is sent without TLS where TLS fails.',
    hint: 'set tls_required_enable = no if TLS may never be left out',
  },
];

/** Restrictions that there are no more, by the version that took them away. @see DEPRECATION_README */
export const REMOVED_RESTRICTIONS: readonly {
  readonly version: string;
  readonly name: string;
  readonly instead: string;
}[] = [
  { version: '3.9', name: 'check_relay_domains', instead: 'permit_mynetworks, reject_unauth_destination' },
  { version: '3.9', name: 'reject_maps_rbl', instead: 'reject_rbl_client' },
  { version: '3.9', name: 'permit_naked_ip_address', instead: 'permit_mynetworks, permit_sasl_authenticated' },
];
