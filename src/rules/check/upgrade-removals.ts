/** A restriction that a version takes away, or begins to warn of. */
export interface RestrictionChange {
  readonly version: string;
  readonly name: string;
  /** What takes its place. */
  readonly instead: string;
  /** What smtpd logs from then on, without `warning: `. */
  readonly line: string;
}

/**
 * Restrictions that there are no more.
 * @see DEPRECATION_README; RELEASE_NOTES-3.9, 20240218; the lines are those of smtpd(8) of Postfix 3.10.13
 */
export const REMOVED_RESTRICTIONS: readonly RestrictionChange[] = [
  {
    version: '3.9',
    name: 'check_relay_domains',
    instead: 'permit_mynetworks, reject_unauth_destination',
    line: 'support for restriction "check_relay_domains" has been removed in Postfix 3.9; instead, specify "reject_unauth_destination"',
  },
  {
    version: '3.9',
    name: 'reject_maps_rbl',
    instead: 'reject_rbl_client with the domain of a list',
    line: 'support for restriction "reject_maps_rbl" has been removed in Postfix 3.9; instead, specify "reject_rbl_client domain-name"',
  },
  {
    version: '3.9',
    name: 'permit_naked_ip_address',
    instead: 'permit_mynetworks, permit_sasl_authenticated',
    line: 'support for restriction "permit_naked_ip_address" has been removed in Postfix 3.9; instead, specify "permit_mynetworks" or "permit_sasl_authenticated"',
  },
];

/** Restrictions that still work, with a warning. @see RELEASE_NOTES-3.9, 20240218 */
export const WARNED_RESTRICTIONS: readonly RestrictionChange[] = [
  {
    version: '3.9',
    name: 'permit_mx_backup',
    instead: 'reject_unauth_destination, and name the domains in relay_domains',
    line: 'support for restriction "permit_mx_backup" will be removed from Postfix; instead, specify "relay_domains"',
  },
];

/** Parameters that there are no more, by the version that took them away. @see `postconf -d` of 3.10.13 and 3.11.7 */
export const REMOVED_PARAMETERS: ReadonlyMap<string, string> = new Map([
  ['tls_legacy_public_key_fingerprints', '3.11'],
]);
