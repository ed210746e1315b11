import type { Octets } from '../octets.ts';
import { splitItems, unwrapBraces } from '../tables/braces.ts';
import type { ClientCertificate } from './client-tls.ts';
import { toClientSubject } from './client-restrictions.ts';
import type { Evaluation, Restriction } from './evaluation.ts';
import { warn } from './log.ts';
import { searchKey } from './table-search.ts';
import { endForConfiguration, orEnd, permit } from './verdict.ts';

/** permit_tls_clientcerts: relay_clientcerts has the certificate's fingerprint, or its public key's. */
export const permitTlsClientcerts: Restriction = (evaluation, { name, subject }) => {
  const certificate = findCertificate(evaluation);
  if (certificate === undefined) return 'dunno';
  const { view, steps } = evaluation;
  const maps = view.maps('relay_clientcerts');
  const isListed = orEnd(evaluation, subject.name, () =>
    [certificate.fingerprint, certificate.publicKeyFingerprint].some(
      (key) => maps.find(key, { stage: 'smtpd', steps }) !== undefined,
    ),
  );
  return isListed ? permit(evaluation, name, toClientSubject(evaluation)) : 'dunno';
};

/** permit_tls_all_clientcerts: an authority vouches for the certificate, whosever it is. */
export const permitTlsAllClientcerts: Restriction = (evaluation, { name }) => {
  const certificate = findCertificate(evaluation);
  if (certificate === undefined) return 'dunno';
  if (!certificate.isTrusted) {
    evaluation.remark = `no authority of smtpd_tls_CAfile vouches for the certificate of "${certificate.subject}"`;
    return 'dunno';
  }
  return permit(evaluation, name, toClientSubject(evaluation));
};

type SearchOrder = 'cert_fingerprint' | 'pubkey_fingerprint';
const DEFAULT_ORDER: readonly SearchOrder[] = ['cert_fingerprint', 'pubkey_fingerprint'];

/** check_ccert_access: the certificate's fingerprint, then its public key's, or as the table's search_order has them. */
export const checkCcertAccess: Restriction = (evaluation, call) => {
  const order = readSearchOrder(call.argument);
  if (order === undefined)
    return endForConfiguration(evaluation, `See earlier parsing error messages for '${call.argument}`);
  const certificate = findCertificate(evaluation);
  if (certificate === undefined) {
    if (evaluation.view.isYes('smtpd_tls_ask_ccert')) return 'dunno';
    warn(evaluation, 'check_ccert_access is requested, but "smtpd_tls_ask_ccert = no"');
    return 'dunno';
  }
  const subject = { name: certificate.subject, what: 'Client certificate' } as const;
  for (const what of order) {
    const key = what === 'cert_fingerprint' ? certificate.fingerprint : certificate.publicKeyFingerprint;
    const outcome = searchKey(evaluation, call, { key, subject });
    if (outcome !== 'dunno') return outcome;
  }
  return 'dunno';
};

function findCertificate(evaluation: Evaluation): ClientCertificate | undefined {
  const { client } = evaluation;
  const certificate = client.tls?.certificate;
  if (certificate === undefined) {
    evaluation.remark = client.isEncrypted ? 'the client has shown no certificate' : 'the client speaks no TLS';
  }
  return certificate;
}

/**
 * @param spec `hash:/etc/postfix/certs`, or `{ hash:/etc/postfix/certs, { search_order = pubkey_fingerprint } }`
 * @returns undefined for what has no sense
 * @see postconf(5), check_ccert_access
 */
function readSearchOrder(spec: Octets): readonly SearchOrder[] | undefined {
  const [, ...options] = splitItems(unwrapBraces(spec) ?? '');
  let order = DEFAULT_ORDER;
  for (const option of options) {
    const [, list] = /^\s*search_order\s*=\s*(.*)$/s.exec(unwrapBraces(option) ?? option) ?? [];
    if (list === undefined) return undefined;
    const words = splitItems(list);
    const known = words.filter((word) => DEFAULT_ORDER.some((name) => name === word)) as SearchOrder[];
    if (known.length < words.length) return undefined;
    order = known;
  }
  return order;
}
