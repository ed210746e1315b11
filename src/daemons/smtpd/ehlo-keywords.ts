import type { Session } from './session.ts';

/**
 * Whether EHLO's reply leaves a keyword out, so that clients don't use it.
 * @see postconf(5), smtpd_discard_ehlo_keywords
 */
export function isDiscarded(keyword: string, { rules }: Pick<Session, 'rules'>): boolean {
  const wanted = keyword.toLowerCase();
  return rules?.view.words('smtpd_discard_ehlo_keywords').some((word) => word.toLowerCase() === wanted) === true;
}
