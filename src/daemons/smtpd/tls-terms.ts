import { rootCertificates, type SecureVersion } from 'node:tls';
import { fromOctets } from '../../rules/octets.ts';
import { splitItems } from '../../rules/tables/braces.ts';
import type { RuleWorld, View } from '../../rules/world.ts';
import { readProtocols } from './tls-protocols.ts';

/** On which terms a listener speaks TLS, as OpenSSL takes them. */
export interface TlsTerms {
  readonly minVersion: SecureVersion;
  readonly maxVersion: SecureVersion;
  /** Protocols between the two that are left out, too. */
  readonly secureOptions: number;
  /** An OpenSSL cipher list, with the names of TLSv1.3's before it. */
  readonly ciphers: string;
  readonly ecdhCurve: string;
  /** Who vouches for clients: PEM. */
  readonly authorities: readonly string[];
  /** Whether clients are asked for a certificate. */
  readonly asksCertificate: boolean;
  /** Whether one that is trusted is demanded. */
  readonly demandsCertificate: boolean;
  /** Of fingerprints: `sha256`. */
  readonly digest: string;
}

/** Node takes TLSv1.3 to be off where none of these is in its list. */
const TLS13_SUITES = ['TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256', 'TLS_AES_128_GCM_SHA256'];
const GRADES = ['high', 'medium', 'low', 'export', 'null'];

/**
 * Reads what a listener's parameters say of TLS.
 * @param options.isMandatory whether nothing goes without TLS: the level is `encrypt`, or TLS begins at once
 * @see TLS_README, "Server-side"
 */
export function readTlsTerms(
  view: View,
  { world, isMandatory }: { readonly world: Pick<RuleWorld, 'readFile'>; readonly isMandatory: boolean },
): TlsTerms {
  const demandsCertificate = isMandatory && view.isYes('smtpd_tls_req_ccert');
  const asksCertificate = demandsCertificate || view.isYes('smtpd_tls_ask_ccert');
  return {
    ...readProtocols(view.get(isMandatory ? 'smtpd_tls_mandatory_protocols' : 'smtpd_tls_protocols')),
    ciphers: readCiphers(view, { isMandatory, asksCertificate }),
    ecdhCurve: splitItems(view.get('tls_eecdh_auto_curves')).join(':') || 'auto',
    authorities: readAuthorities(view, world),
    asksCertificate,
    demandsCertificate,
    digest: view.get('smtpd_tls_fingerprint_digest').toLowerCase(),
  };
}

/** QUIRK: without a certificate nobody is anonymous, so that ciphers without one are out where clients are asked for theirs. */
function readCiphers(
  view: View,
  { isMandatory, asksCertificate }: { readonly isMandatory: boolean; readonly asksCertificate: boolean },
): string {
  const grade = view.get(isMandatory ? 'smtpd_tls_mandatory_ciphers' : 'smtpd_tls_ciphers').toLowerCase();
  const list = view.get(`tls_${GRADES.includes(grade) ? grade : 'medium'}_cipherlist`);
  const excluded = [
    'smtpd_tls_exclude_ciphers',
    ...(isMandatory ? ['smtpd_tls_mandatory_exclude_ciphers'] : []),
  ].flatMap((name) => view.words(name));
  const exclusions = [...excluded, ...(asksCertificate ? ['aNULL'] : [])].map((word) => `!${fromOctets(word)}`);
  const suites = TLS13_SUITES.filter((suite) => !excluded.includes(suite));
  return [...suites, fromOctets(list), ...exclusions].join(':');
}

/** A file that can't be read vouches for nobody: a finding says so. */
function readAuthorities(view: View, { readFile }: Pick<RuleWorld, 'readFile'>): readonly string[] {
  const file = view.get('smtpd_tls_CAfile');
  const found = file === '' ? undefined : readFile(file);
  const own = found !== undefined && 'text' in found ? [fromOctets(found.text)] : [];
  return view.isYes('tls_append_default_CA') ? [...own, ...rootCertificates] : own;
}
