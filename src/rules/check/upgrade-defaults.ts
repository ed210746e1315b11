import type { Change } from './upgrade-scope.ts';

/** A parameter whose default is another. */
export interface DefaultChange extends Change {
  readonly name: string;
  /** Before; undefined if the parameter is new. */
  readonly from?: string;
  readonly to: string;
}

const NO_MD5 = '!SEED:!IDEA:!3DES:!RC2:!RC4:!RC5:!kDH:!kECDH:!aDSS:!MD5';
const OLD_DIGEST = 'A certificate is compared by another digest: fingerprints that were written down no longer match.';
const TLS_LEVELS = ['smtp_tls_security_level', 'smtpd_tls_security_level', 'smtp_use_tls', 'smtpd_use_tls'];
const MILTERS = ['smtpd_milters', 'non_smtpd_milters'];

/**
 * Defaults that are others. Each was also read from `postconf -d` of Postfix 3.5.25, 3.7.11, 3.10.13 and 3.11.7.
 */
export const DEFAULT_CHANGES: readonly DefaultChange[] = [
  {
    version: '3.5',
    source: 'RELEASE_NOTES-3.5, 20191109',
    name: 'info_log_address_format',
    from: 'internal',
    to: 'external',
    why: 'The log has from= and to= with quotes where the local part needs them.',
    hint: 'set info_log_address_format = internal if programs that read the log need it',
  },
  {
    version: '3.6',
    source: 'RELEASE_NOTES-3.6, 20210131',
    name: 'smtpd_relay_before_recipient_restrictions',
    from: 'no',
    to: 'yes',
    level: '3.6',
    why: 'smtpd_relay_restrictions come before smtpd_recipient_restrictions: another of them may be the one that answers.',
    hint: 'set smtpd_relay_before_recipient_restrictions = no if the order matters',
  },
  {
    version: '3.6',
    source: 'RELEASE_NOTES-3.6, 20210220',
    name: 'respectful_logging',
    from: 'no',
    to: 'yes',
    level: '3.6',
    program: 'postscreen',
    why: 'postscreen logs ALLOWLISTED and DENYLISTED in the place of WHITELISTED and BLACKLISTED.',
    hint: 'set respectful_logging = no if programs that read the log need it',
  },
  ...(['smtpd', 'smtp', 'lmtp'] as const).map((client): DefaultChange => ({
    version: '3.6',
    source: 'RELEASE_NOTES-3.6, 20200705',
    name: `${client}_tls_fingerprint_digest`,
    from: 'md5',
    to: 'sha256',
    level: '3.6',
    uses: client === 'smtpd' ? ['relay_clientcerts', 'smtpd_tls_req_ccert'] : [`${client}_tls_policy_maps`],
    why: OLD_DIGEST,
    hint: `set ${client}_tls_fingerprint_digest = md5, or write the fingerprints anew`,
  })),
  {
    version: '3.7',
    source: 'HISTORY 20210605',
    name: 'smtpd_forbidden_commands',
    from: 'CONNECT GET POST',
    to: 'CONNECT GET POST regexp:{{/^[^A-Z]/ Bogus}}',
    why: 'Whoever sends a line that begins with no letter is disconnected.',
    hint: 'set smtpd_forbidden_commands = CONNECT GET POST if a client of yours does',
  },
  {
    version: '3.8',
    source: 'RELEASE_NOTES-3.8, attack resistance',
    name: 'smtpd_client_ipv6_prefix_length',
    to: '84',
    why: 'The clients of one IPv6 /84 share the limits of smtpd_client_*_rate_limit and smtpd_client_connection_count_limit.',
    hint: 'set smtpd_client_ipv6_prefix_length = 128 if each address is to have its own',
  },
  ...(['high', 'medium'] as const).map((grade): DefaultChange => {
    const list = grade === 'high' ? 'HIGH' : 'HIGH:MEDIUM';
    const last = grade === 'high' ? '' : '+RC4:';
    return {
      version: '3.8',
      source: 'RELEASE_NOTES-3.8, 20230304',
      name: `tls_${grade}_cipherlist`,
      from: `aNULL:-aNULL:${list}:${last}@STRENGTH`,
      to: `aNULL:-aNULL:${list}:${NO_MD5}:${last}@STRENGTH`,
      uses: TLS_LEVELS,
      why: 'SEED, IDEA, 3DES, RC2, RC4, RC5, MD5, fixed DH and ECDH, and DSS are left out: very old peers have no cipher left.',
      hint: `set tls_${grade}_cipherlist as it was if you need such a peer`,
    };
  }),
  {
    version: '3.9',
    source: 'RELEASE_NOTES-3.9, 20240118',
    name: 'smtpd_forbid_bare_newline',
    from: 'no',
    to: 'normalize',
    why: 'Mail ends at CRLF.CRLF alone, and a bare line feed becomes CRLF: clients that end lines by LF alone hang.',
    hint: 'list such clients in smtpd_forbid_bare_newline_exclusions',
  },
  {
    version: '3.9',
    source: 'RELEASE_NOTES-3.9, 20230603',
    name: 'smtpd_forbid_unauth_pipelining',
    from: 'no',
    to: 'yes',
    why: 'A client that sends commands before it may, is disconnected: 554 5.5.0 Error: SMTP protocol synchronization.',
    hint: 'mend such clients, or set smtpd_forbid_unauth_pipelining = no for the services that they use',
  },
  {
    version: '3.10',
    source: 'RELEASE_NOTES-3.10, 20250117',
    name: 'tls_required_enable',
    to: 'yes',
    why: 'A message with the header "TLS-Required: no" is sent without TLS where TLS fails.',
    hint: 'set tls_required_enable = no if TLS may never be left out',
  },
  {
    version: '3.10',
    source: 'HISTORY 20250210',
    name: 'smtp_tls_dane_insecure_mx_policy',
    from: '${{$smtp_tls_security_level} == {dane} ? {dane} : {may}}',
    to: 'dane',
    uses: ['smtp_tls_policy_maps'],
    why: 'Where a policy says dane, and the MX is not found securely, DANE is tried in the place of may.',
    hint: 'set smtp_tls_dane_insecure_mx_policy = may if such hosts fail',
  },
  {
    version: '3.10',
    source: 'RELEASE_NOTES-3.10, 20250105',
    name: 'full_name_encoding_charset',
    to: 'utf-8',
    why: 'A full name that isn’t ASCII, in the From: that Postfix adds, is encoded by RFC 2047.',
    hint: 'set full_name_encoding_charset to what your accounts are written in, if that isn’t UTF-8',
  },
  {
    version: '3.10',
    source: 'HISTORY 20251208: 3.11, and late patches of 3.10',
    name: 'milter_default_action',
    from: 'tempfail',
    to: 'shutdown',
    uses: MILTERS,
    why: 'Where a milter fails, the client is disconnected; before, each of its further messages was answered 451 4.7.1.',
    hint: 'set milter_default_action = tempfail to keep it',
  },
  {
    version: '3.10',
    source: 'HISTORY 20250906: 3.11, and 3.10.5',
    name: 'smtp_tls_enforce_sts_mx_patterns',
    to: 'yes',
    uses: ['smtp_tls_policy_maps'],
    why: 'With an MTA-STS plugin that speaks TLSRPT, mail goes only to MX hosts that the domain’s policy names.',
    hint: 'set smtp_tls_enforce_sts_mx_patterns = no to keep it as it was',
  },
  {
    version: '3.11',
    source: 'RELEASE_NOTES-3.11, 20250623',
    name: 'smtp_tls_security_level',
    from: '',
    to: 'may',
    level: '3.11',
    why: 'Mail goes out by TLS wherever the other side offers it.',
    hint: 'set smtp_tls_security_level to what you want, so that no version decides it',
  },
  ...['alias_maps', 'alias_database'].map((name): DefaultChange => ({
    version: '3.11',
    source: 'RELEASE_NOTES-3.11, 20260220',
    name,
    from: `hash:/etc/aliases${name === 'alias_maps' ? ', nis:mail.aliases' : ''}`,
    to: `$default_database_type:/etc/aliases${name === 'alias_maps' ? ', nis:mail.aliases' : ''}`,
    why: 'Where Postfix is built with another type, the aliases are looked for in a file that nobody has made yet.',
    hint: `run newaliases after the upgrade, or set ${name}`,
  })),
  {
    version: '3.11',
    source: 'RELEASE_NOTES-3.11, 20251226',
    name: 'postscreen_cache_map',
    from: 'btree:$data_directory/postscreen_cache',
    to: '$default_cache_db_type:$data_directory/postscreen_cache',
    program: 'postscreen',
    why: 'The cache begins anew: known clients are tested once more.',
    hint: 'set postscreen_cache_map to keep the old file',
  },
  {
    version: '3.11',
    source: 'RELEASE_NOTES-3.11, 20251226',
    name: 'address_verify_map',
    from: 'btree:$data_directory/verify_cache',
    to: '$default_cache_db_type:$data_directory/verify_cache',
    program: 'verify',
    why: 'The cache begins anew: known addresses are verified once more.',
    hint: 'set address_verify_map to keep the old file',
  },
  {
    version: '3.11',
    source: 'RELEASE_NOTES-3.11, 20250601',
    name: 'smtp_tlsrpt_skip_reused_handshakes',
    from: 'yes',
    to: 'no',
    level: '3.11',
    uses: ['smtp_tlsrpt_enable'],
    why: 'TLSRPT reports count sessions that were resumed, too.',
    hint: 'set smtp_tlsrpt_skip_reused_handshakes = yes to keep it',
  },
  {
    version: '3.11',
    source: 'RELEASE_NOTES-3.11, 20251102',
    name: 'tls_eecdh_auto_curves',
    from: 'X25519 X448 prime256v1 secp521r1 secp384r1',
    to: '?X25519MLKEM768:DEFAULT',
    uses: TLS_LEVELS,
    why: 'With OpenSSL 3.5 the key exchange is post-quantum where both sides can; OpenSSL chooses.',
    hint: 'set tls_eecdh_auto_curves if a peer or a firewall chokes on it',
  },
  {
    version: '3.11',
    source: 'RELEASE_NOTES-3.11, requiretls',
    name: 'requiretls_enable',
    to: 'yes',
    uses: ['smtpd_tls_security_level', 'smtpd_use_tls', 'smtpd_enforce_tls'],
    why: 'smtpd offers REQUIRETLS within TLS, and mail that asks for it is returned where the next host has not.',
    hint: 'set requiretls_enable = no to leave it out',
  },
  {
    version: '3.11',
    source: 'RELEASE_NOTES-3.11, 20250910',
    name: 'smtp_log_tls_feature_status',
    to: 'yes',
    why: 'The lines with status= say how far TLS came, too.',
    hint: 'set smtp_log_tls_feature_status = no if programs that read the log need it',
  },
];
