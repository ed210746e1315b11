/** Parameters of other programs that are often written into main.cf, by where they belong. */
const NAMES: readonly (readonly [program: string, file: string, names: string])[] = [
  [
    'Dovecot',
    'dovecot.conf',
    `mail_location mail_home mail_plugins mail_uid mail_gid mail_privileged_group mail_access_groups mail_driver mail_path
    mail_inbox_path mail_max_userip_connections ssl ssl_cert ssl_key ssl_ca ssl_dh ssl_min_protocol ssl_cipher_list
    ssl_protocols ssl_prefer_server_ciphers ssl_server_cert_file ssl_server_key_file protocols listen
    disable_plaintext_auth auth_mechanisms auth_username_format auth_verbose auth_debug auth_default_realm auth_realms
    auth_allow_cleartext passdb userdb first_valid_uid last_valid_uid first_valid_gid login_greeting
    login_trusted_networks log_path info_log_path debug_log_path lda_mailbox_autocreate lda_mailbox_autosubscribe
    lda_original_recipient_header postmaster_address imap_client_workarounds pop3_uidl_format pop3_client_workarounds
    maildir_stat_dirs mbox_write_locks quota_rule sieve sieve_dir base_dir`,
  ],
  [
    'Exim',
    'exim4.conf',
    `primary_hostname qualify_domain qualify_recipient domainlist hostlist addresslist local_interfaces
    daemon_smtp_ports tls_advertise_hosts tls_certificate tls_privatekey tls_on_connect_ports acl_smtp_connect
    acl_smtp_helo acl_smtp_mail acl_smtp_rcpt acl_smtp_data host_lookup never_users ignore_bounce_errors_after
    timeout_frozen_after rfc1413_hosts smtp_accept_max dc_eximconfig_configtype dc_other_hostnames
    dc_local_interfaces dc_readhost dc_relay_domains dc_minimaldns dc_relay_nets dc_smarthost dc_use_split_config
    dc_hide_mailname dc_mailname_in_oh dc_localdelivery`,
  ],
  [
    'Sendmail',
    'sendmail.mc',
    `SMART_HOST MASQUERADE_AS MASQUERADE_DOMAIN DAEMON_OPTIONS O confAUTH_MECHANISMS confAUTH_OPTIONS confCACERT
    confCACERT_PATH confSERVER_CERT confSERVER_KEY confMAX_MESSAGE_SIZE confLOG_LEVEL confDOMAIN_NAME FEATURE MAILER`,
  ],
  [
    'OpenDKIM',
    'opendkim.conf',
    `Canonicalization Domain Selector KeyFile KeyTable SigningTable Socket Mode SubDomains OversignHeaders
    ExternalIgnoreList InternalHosts TrustAnchorFile UMask UserID PidFile AutoRestart Syslog SyslogSuccess LogWhy
    SignatureAlgorithm`,
  ],
  [
    'Amavis',
    'amavisd.conf',
    `max_servers inet_socket_port sa_tag_level_deflt sa_tag2_level_deflt sa_kill_level_deflt sa_dsn_cutoff_level
    sa_spam_subject_tag sa_mail_body_size_limit sa_local_tests_only final_virus_destiny final_banned_destiny
    final_spam_destiny final_bad_header_destiny virus_admin spam_admin QUARANTINEDIR forward_method notify_method`,
  ],
  [
    'SpamAssassin',
    'local.cf',
    `required_score required_hits rewrite_header rewrite_subject report_safe use_bayes use_bayes_rules bayes_auto_learn
    bayes_path trusted_networks internal_networks skip_rbl_checks use_razor2 use_pyzor use_dcc ok_locales
    whitelist_from blacklist_from add_header`,
  ],
];

/** The program that a parameter belongs to, if it isn't Postfix, and the file where it is set. */
export function findOtherProgram(name: string): { readonly program: string; readonly file: string } | undefined {
  // Amavis is configured in Perl: its variables keep their dollar sign when they are copied.
  const bare = name.replace(/^\$/, '');
  const row = NAMES.find(([, , names]) => names.split(/\s+/).includes(bare));
  return row && { program: row[0], file: row[1] };
}
