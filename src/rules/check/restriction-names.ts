import type { Octets } from '../octets.ts';

/** What follows a restriction: nothing, a lookup table, a policy server, a DNS list, a number of seconds. */
export type RestrictionArgument = 'none' | 'table' | 'server' | 'domain' | 'number';

const TABLE = `check_ccert_access check_client_access check_client_a_access check_client_mx_access check_client_ns_access
  check_etrn_access check_helo_access check_helo_a_access check_helo_mx_access check_helo_ns_access
  check_recipient_access check_recipient_a_access check_recipient_mx_access check_recipient_ns_access
  check_reverse_client_hostname_access check_reverse_client_hostname_a_access
  check_reverse_client_hostname_mx_access check_reverse_client_hostname_ns_access check_sasl_access
  check_sender_access check_sender_a_access check_sender_mx_access check_sender_ns_access`;

const DOMAIN = `permit_dnswl_client permit_rhswl_client reject_rbl reject_rbl_client reject_rhsbl_client reject_rhsbl_helo
  reject_rhsbl_recipient reject_rhsbl_reverse_client reject_rhsbl_sender`;

const BARE = `check_recipient_maps check_relay_domains defer defer_if_permit defer_if_reject defer_unauth_destination
  permit permit_auth_destination permit_inet_interfaces permit_mx_backup permit_mynetworks permit_naked_ip_address
  permit_sasl_authenticated permit_tls_all_clientcerts permit_tls_clientcerts reject
  reject_authenticated_sender_login_mismatch reject_invalid_helo_hostname reject_invalid_hostname
  reject_known_sender_login_mismatch reject_maps_rbl reject_multi_recipient_bounce reject_non_fqdn_helo_hostname
  reject_non_fqdn_hostname reject_non_fqdn_recipient reject_non_fqdn_sender reject_plaintext_session
  reject_sender_login_mismatch reject_unauth_destination reject_unauth_pipelining
  reject_unauthenticated_sender_login_mismatch reject_unknown_address reject_unknown_client
  reject_unknown_client_hostname reject_unknown_helo_hostname reject_unknown_hostname
  reject_unknown_recipient_domain reject_unknown_reverse_client_hostname reject_unknown_sender_domain
  reject_unlisted_recipient reject_unlisted_sender reject_unverified_recipient reject_unverified_sender
  warn_if_reject`;

/**
 * Every restriction of smtpd(8), with what follows it.
 * @see postconf(5), smtpd_client_restrictions and its like; Postfix's smtpd_check.c, generic_checks
 */
export const RESTRICTIONS: ReadonlyMap<Octets, RestrictionArgument> = new Map<Octets, RestrictionArgument>([
  ...toRows(TABLE, 'table'),
  ...toRows(DOMAIN, 'domain'),
  ...toRows(BARE, 'none'),
  ['check_policy_service', 'server'],
  ['sleep', 'number'],
]);

/** The lists of restrictions, with the table lookup that a bare `type:name` stands for there. */
export const RESTRICTION_LISTS: ReadonlyMap<Octets, Octets | undefined> = new Map([
  ['smtpd_client_restrictions', 'check_client_access'],
  ['smtpd_helo_restrictions', 'check_helo_access'],
  ['smtpd_sender_restrictions', 'check_sender_access'],
  ['smtpd_relay_restrictions', 'check_recipient_access'],
  ['smtpd_recipient_restrictions', 'check_recipient_access'],
  ['smtpd_etrn_restrictions', 'check_etrn_access'],
  ['smtpd_data_restrictions', undefined],
  ['smtpd_end_of_data_restrictions', undefined],
]);

function toRows(names: string, argument: RestrictionArgument): readonly (readonly [Octets, RestrictionArgument])[] {
  return names.split(/\s+/).map((name) => [name, argument]);
}
