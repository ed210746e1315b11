import type { Session } from './session.ts';

/**
 * Whether EHLO's reply leaves a keyword out, so that clients don't use it.
 * @param keyword in capitals
 * @see postconf(5), smtpd_discard_ehlo_keywords, smtpd_discard_ehlo_keyword_address_maps
 */
export function isDiscarded(keyword: string, { allowance }: Pick<Session, 'allowance'>): boolean {
  return allowance.discarded?.has(keyword) === true;
}
