import { createSecureContext } from 'node:tls';
import { fromOctets, type Octets } from '../../rules/octets.ts';
import { splitItems } from '../../rules/tables/braces.ts';
import type { RuleWorld, View } from '../../rules/world.ts';
import type { Certificate } from '../smtpd/certificate.ts';

/** Pairs of files, in the order in which Postfix would rather use them. */
const PAIRS = [
  ['smtpd_tls_eccert_file', 'smtpd_tls_eckey_file'],
  ['smtpd_tls_cert_file', 'smtpd_tls_key_file'],
  ['smtpd_tls_dcert_file', 'smtpd_tls_dkey_file'],
] as const;

type Pair = Omit<Certificate, 'others'>;

/**
 * The certificates that a listener's parameters name, if their files are on this machine: those of
 * smtpd_tls_chain_files alone, or each pair of certificate and key.
 * @returns undefined if there is none; what is wrong, if there is one that can't be used
 * @see postconf(5), smtpd_tls_chain_files, smtpd_tls_cert_file, smtpd_tls_key_file
 */
export function readNamedCertificate(
  view: View,
  { readFile }: Pick<RuleWorld, 'readFile'>,
): { readonly certificate: Certificate } | { readonly error: unknown } | undefined {
  const chainFiles = splitItems(view.get('smtpd_tls_chain_files'));
  const pairs = chainFiles.length > 0 ? readChains(chainFiles, readFile) : readPairs(view, readFile);
  const [first, ...others] = pairs;
  if (first === undefined) return undefined;
  try {
    createSecureContext({ key: pairs.map(({ key }) => key), cert: pairs.map(({ chain }) => chain) });
    return { certificate: others.length === 0 ? first : { ...first, others } };
  } catch (error) {
    return { error };
  }
}

function readPairs(view: View, readFile: RuleWorld['readFile']): readonly Pair[] {
  return PAIRS.flatMap(([certificate, keyOf]) => {
    const file = view.get(certificate);
    const keyFile = view.get(keyOf);
    const key = readText(keyFile === '' ? file : keyFile, readFile);
    const chain = readText(file, readFile);
    return key === undefined || chain === undefined ? [] : [{ key, chain }];
  });
}

/** Each key with the certificates that follow it. */
function readChains(files: readonly Octets[], readFile: RuleWorld['readFile']): readonly Pair[] {
  const texts = files.map((file) => readText(file, readFile));
  if (texts.includes(undefined)) return [];
  const parts = texts.join('\n').split(/(?=-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----)/);
  return parts.flatMap((part) => {
    const [key] = /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----.*?-----END (?:[A-Z]+ )?PRIVATE KEY-----/s.exec(part) ?? [];
    return key === undefined ? [] : [{ key, chain: part }];
  });
}

function readText(file: Octets, readFile: RuleWorld['readFile']): string | undefined {
  const found = file === '' ? undefined : readFile(file);
  return found !== undefined && 'text' in found ? fromOctets(found.text) : undefined;
}
