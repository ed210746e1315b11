import { createSecureContext } from 'node:tls';
import { fromOctets, type Octets } from '../../rules/octets.ts';
import { splitItems } from '../../rules/tables/braces.ts';
import type { Settings } from '../../settings/settings.ts';
import type { Certificate } from '../smtpd/certificate.ts';

/** Pairs of files, in the order in which Postfix would rather use them. */
const PAIRS = [
  ['smtpd_tls_eccert_file', 'smtpd_tls_eckey_file'],
  ['smtpd_tls_cert_file', 'smtpd_tls_key_file'],
] as const;

/**
 * The certificate that main.cf names, if its files are on this machine: those of smtpd_tls_chain_files, or a pair of
 * certificate and key.
 * @returns undefined if there is none; what is wrong, if there is one that can't be used
 * @see postconf(5), smtpd_tls_chain_files, smtpd_tls_cert_file, smtpd_tls_key_file
 */
export function readNamedCertificate({
  configuration,
}: Settings): { readonly certificate: Certificate } | { readonly error: unknown } | undefined {
  const chainFiles = splitItems(configuration.get('smtpd_tls_chain_files'));
  const candidates: readonly (readonly [key: readonly Octets[], chain: readonly Octets[]])[] = [
    [chainFiles, chainFiles],
    ...PAIRS.map(([cert, key]) => {
      const certFile = configuration.get(cert);
      const keyFile = configuration.get(key);
      return [[keyFile === '' ? certFile : keyFile], [certFile]] as const;
    }),
  ];
  for (const [keyFiles, files] of candidates) {
    const key = readAll(keyFiles, configuration);
    const chain = readAll(files, configuration);
    if (key === undefined || chain === undefined) continue;
    try {
      createSecureContext({ key, cert: chain });
      return { certificate: { key, chain } };
    } catch (error) {
      return { error };
    }
  }
  return undefined;
}

function readAll(files: readonly Octets[], { readFile }: Settings['configuration']): string | undefined {
  const texts = files.map((file) => (file === '' ? undefined : readFile(file)));
  if (texts.length === 0) return undefined;
  const read = texts.map((found) => (found !== undefined && 'text' in found ? fromOctets(found.text) : undefined));
  return read.includes(undefined) ? undefined : read.join('\n');
}
