import { createSecureContext, type SecureContext } from 'node:tls';
import type { Certificate } from './certificate.ts';
import type { SessionRules } from './rules.ts';
import { readTlsTerms, type TlsTerms } from './tls-terms.ts';

/** What a handshake is begun with. */
export interface TlsOffer {
  readonly context: SecureContext;
  readonly terms: Pick<TlsTerms, 'asksCertificate' | 'demandsCertificate' | 'digest'>;
}

/**
 * Makes an offer of a certificate and a listener's terms; for the same configuration but once.
 * @param options.isMandatory whether nothing goes without TLS
 * @throws {Error} what OpenSSL said: the certificate, an authority's, or the list of ciphers can't be used
 */
export function openTlsOffer(
  certificate: Certificate,
  { rules: { view, world }, isMandatory }: { readonly rules: SessionRules; readonly isMandatory: boolean },
): TlsOffer {
  return view.once(`TLS ${isMandatory ? 'alone' : 'too'}, ${certificate.chain}`, () => {
    const terms = readTlsTerms(view, { world, isMandatory });
    const { minVersion, maxVersion, secureOptions, ciphers, ecdhCurve, authorities } = terms;
    const context = createSecureContext({
      ...toPairs(certificate),
      // Without this, OpenSSL would take every authority of the system to vouch for clients.
      ca: [...authorities],
      honorCipherOrder: view.isYes('tls_preempt_cipherlist'),
      dhparam: 'auto',
      minVersion,
      maxVersion,
      secureOptions,
      ciphers,
      ecdhCurve,
    });
    return { context, terms };
  });
}

function toPairs({ key, chain, others = [] }: Certificate): { readonly key: string[]; readonly cert: string[] } {
  const pairs = [{ key, chain }, ...others];
  return { key: pairs.map((pair) => pair.key), cert: pairs.map((pair) => pair.chain) };
}
