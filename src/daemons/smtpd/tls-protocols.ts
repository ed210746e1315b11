import { constants } from 'node:crypto';
import type { SecureVersion } from 'node:tls';
import type { Octets } from '../../rules/octets.ts';
import type { TlsTerms } from './tls-terms.ts';

/** From the oldest on. Those before TLSv1 OpenSSL hasn't any more. */
const VERSIONS: readonly SecureVersion[] = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'];

const LEFT_OUT: Readonly<Record<SecureVersion, number>> = {
  TLSv1: constants.SSL_OP_NO_TLSv1,
  'TLSv1.1': constants.SSL_OP_NO_TLSv1_1,
  'TLSv1.2': constants.SSL_OP_NO_TLSv1_2,
  'TLSv1.3': constants.SSL_OP_NO_TLSv1_3,
};

/** As the octets of a ClientHello have them: 0301 is TLSv1. */
const FIRST_NUMBER = 0x0301;

/**
 * Reads smtpd_tls_protocols: `>=TLSv1.2`, `<=TLSv1.3`, also by number (`>=0303`); or protocols that are taken (`TLSv1.2,
 * TLSv1.3`) or not (`!TLSv1`). Words without sense are left out, as a finding says.
 * @see postconf(5), smtpd_tls_mandatory_protocols
 */
export function readProtocols(list: Octets): Pick<TlsTerms, 'minVersion' | 'maxVersion' | 'secureOptions'> {
  let first = 0;
  let last = VERSIONS.length - 1;
  const named = new Set<SecureVersion>();
  const excluded = new Set<SecureVersion>();
  for (const [, operator = '', name = ''] of list.matchAll(/(>=|<=|!)?\s*([\w.]+)/g)) {
    const at = findVersion(name);
    const version = VERSIONS[at];
    if (Number.isNaN(at)) continue;
    if (operator === '>=') first = Math.max(first, at);
    else if (operator === '<=' && version !== undefined) last = Math.min(last, at);
    else if (operator === '!' && version !== undefined) excluded.add(version);
    else if (operator === '' && version !== undefined) named.add(version);
  }
  const taken = VERSIONS.filter(
    (version, at) => at >= first && at <= last && !excluded.has(version) && (named.size === 0 || named.has(version)),
  );
  // With none left nobody comes to an agreement: that is what was asked for.
  const minVersion = taken[0] ?? 'TLSv1.3';
  const maxVersion = taken.at(-1) ?? 'TLSv1.3';
  const between = VERSIONS.filter((version) => version > minVersion && version < maxVersion);
  const gaps = taken.length === 0 ? VERSIONS : between.filter((version) => !taken.includes(version));
  return { minVersion, maxVersion, secureOptions: gaps.reduce((sum, version) => sum | LEFT_OUT[version], 0) };
}

/** @returns -1 for what is older than all; NaN for what there isn't */
function findVersion(name: string): number {
  if (/^SSLv[23]$/i.test(name)) return -1;
  if (/^[0-9a-f]{4}$/i.test(name)) return Number.parseInt(name, 16) - FIRST_NUMBER;
  const at = VERSIONS.findIndex((version) => version.toLowerCase() === name.toLowerCase());
  return at < 0 ? NaN : at;
}
