import type { Octets } from '../octets.ts';
import * as address from './address-restrictions.ts';
import { askPolicyServer } from './ask-policy.ts';
import * as certificate from './certificate-restrictions.ts';
import * as client from './client-restrictions.ts';
import { LIST_RESTRICTIONS } from './dns-list.ts';
import type { Evaluation, Restriction } from './evaluation.ts';
import * as general from './general-restrictions.ts';
import * as helo from './helo-restrictions.ts';
import * as login from './login-restrictions.ts';
import { permitMxBackup } from './mx-backup.ts';
import * as relay from './relay-restrictions.ts';
import type { Outcome } from './outcome.ts';
import { SERVER_RESTRICTIONS } from './server-access.ts';
import { searchDomain } from './table-search.ts';
import * as domain from './unknown-domain.ts';
import { rejectUnverifiedRecipient, rejectUnverifiedSender } from './unverified-address.ts';

/** check_etrn_access */
const checkEtrnAccess: Restriction = (evaluation: Evaluation, call): Outcome => {
  const { etrnDomain } = evaluation;
  if (etrnDomain === undefined) return 'dunno';
  const subject = { name: etrnDomain, what: 'Etrn command' } as const;
  return searchDomain(evaluation, call, { key: etrnDomain, subject }).outcome;
};

/**
 * What each restriction does, by its name in lower case. Old names stand for the new ones.
 * @see postconf(5), smtpd_client_restrictions and its like
 */
export const RESTRICTION_ACTIONS: ReadonlyMap<Octets, Restriction> = new Map<Octets, Restriction>([
  ['permit', general.permitAll],
  ['reject', general.rejectAll],
  ['defer', general.deferAll],
  ['defer_if_permit', general.deferIfPermitted],
  ['defer_if_reject', general.deferIfRejected],
  ['sleep', general.sleep],
  ['reject_multi_recipient_bounce', general.rejectMultiRecipientBounce],
  ['reject_plaintext_session', client.rejectPlaintextSession],
  ['reject_unknown_client_hostname', client.rejectUnknownClientHostname],
  ['reject_unknown_client', client.rejectUnknownClientHostname],
  ['reject_unknown_reverse_client_hostname', client.rejectUnknownReverseClientHostname],
  ['permit_sasl_authenticated', client.permitSaslAuthenticated],
  ['check_client_access', client.checkClientAccess],
  ['check_reverse_client_hostname_access', client.checkReverseClientHostnameAccess],
  ['check_sasl_access', client.checkSaslAccess],
  ['permit_mynetworks', relay.permitMynetworks],
  ['permit_inet_interfaces', relay.permitInetInterfaces],
  ['permit_auth_destination', relay.permitAuthDestination],
  ['reject_unauth_destination', relay.rejectUnauthDestination],
  ['defer_unauth_destination', relay.deferUnauthDestination],
  ['check_relay_domains', relay.checkRelayDomains],
  ['permit_mx_backup', permitMxBackup],
  ['check_helo_access', helo.checkHeloAccess],
  ['reject_invalid_helo_hostname', helo.rejectInvalidHeloHostname],
  ['reject_invalid_hostname', helo.rejectInvalidHeloHostname],
  ['reject_non_fqdn_helo_hostname', helo.rejectNonFqdnHeloHostname],
  ['reject_non_fqdn_hostname', helo.rejectNonFqdnHeloHostname],
  ['reject_unknown_helo_hostname', helo.rejectUnknownHeloHostname],
  ['reject_unknown_hostname', helo.rejectUnknownHeloHostname],
  ['permit_naked_ip_address', helo.permitNakedIpAddress],
  ['check_sender_access', address.checkSenderAccess],
  ['check_recipient_access', address.checkRecipientAccess],
  ['reject_non_fqdn_sender', address.rejectNonFqdnSender],
  ['reject_non_fqdn_recipient', address.rejectNonFqdnRecipient],
  ['reject_unlisted_sender', address.rejectUnlistedSender],
  ['reject_unlisted_recipient', address.rejectUnlistedRecipient],
  ['check_recipient_maps', address.rejectUnlistedRecipient],
  ['reject_sender_login_mismatch', login.rejectMismatch],
  ['reject_authenticated_sender_login_mismatch', login.rejectAuthenticatedMismatch],
  ['reject_unauthenticated_sender_login_mismatch', login.rejectUnauthenticatedMismatch],
  ['reject_known_sender_login_mismatch', login.rejectKnownMismatch],
  ['check_etrn_access', checkEtrnAccess],
  ['check_policy_service', askPolicyServer],
  ['reject_unauth_pipelining', general.rejectUnauthPipelining],
  ['reject_unverified_sender', rejectUnverifiedSender],
  ['reject_unverified_recipient', rejectUnverifiedRecipient],
  ['check_ccert_access', certificate.checkCcertAccess],
  ['permit_tls_clientcerts', certificate.permitTlsClientcerts],
  ['permit_tls_all_clientcerts', certificate.permitTlsAllClientcerts],
  ['reject_unknown_sender_domain', domain.rejectUnknownSenderDomain],
  ['reject_unknown_address', domain.rejectUnknownSenderDomain],
  ['reject_unknown_recipient_domain', domain.rejectUnknownRecipientDomain],
  ...SERVER_RESTRICTIONS,
  ...LIST_RESTRICTIONS,
]);
