import type { SessionRules } from './rules.ts';
import type { Session } from './session.ts';

/**
 * Whether EHLO's reply leaves a keyword out, so that clients don't use it.
 * @param keyword in capitals
 * @see postconf(5), smtpd_discard_ehlo_keywords
 */
export function isDiscarded(keyword: string, { rules }: Pick<Session, 'rules'>): boolean {
  return rules !== undefined && readDiscarded(rules).has(keyword);
}

function readDiscarded({ view }: SessionRules): ReadonlySet<string> {
  return view.once('discarded keywords', () => {
    return new Set(view.words('smtpd_discard_ehlo_keywords').map((word) => word.toUpperCase()));
  });
}
