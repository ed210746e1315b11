import { asksRules } from './decide.ts';
import type { Session } from './session.ts';

/**
 * Whether EHLO's reply leaves a keyword out, so that clients don't use it.
 * @param keyword in capitals
 * @see postconf(5), smtpd_discard_ehlo_keywords, smtpd_discard_ehlo_keyword_address_maps
 */
export function isDiscarded(keyword: string, { allowance }: Pick<Session, 'allowance'>): boolean {
  return allowance.discarded?.has(keyword) === true;
}

/** Whether addresses may go beyond ASCII: in strict mode smtputf8_enable decides. */
export function takesSmtputf8(session: Session): boolean {
  const isEnabled = !asksRules(session) || session.rules?.view.isYes('smtputf8_enable') === true;
  return isEnabled && !isDiscarded('SMTPUTF8', session);
}
