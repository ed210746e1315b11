import type { ErrorClass } from '../bounce/error-class.ts';
import type { CleanupResult } from './cleanup-request.ts';

/** A message that isn't taken. */
export type Rejection = Extract<CleanupResult['end'], { readonly code: number }> & { readonly state: 'rejected' };

/** An alias that has no end, or too many: the client is told to come again. */
export const EXPANSION_ERROR: Rejection = {
  state: 'rejected',
  code: 451,
  dsn: '4.6.0',
  text: 'Alias expansion error',
};

/** More than message_size_limit. */
export const TOO_BIG: Rejection = {
  state: 'rejected',
  code: 552,
  dsn: '5.3.4',
  text: 'Error: message file too big',
};

/** More Received headers than hopcount_limit: mail that goes round. */
export const TOO_MANY_HOPS: Rejection = {
  state: 'rejected',
  code: 554,
  dsn: '5.4.0',
  text: 'Error: too many hops',
};

/** A table that can't answer. QUIRK: Postfix tells of it in the words that it has for a full disk. */
export const LOOKUP_FAILURE: Rejection = {
  state: 'rejected',
  code: 451,
  dsn: '4.3.0',
  text: 'Error: queue file write error',
};

/** What smtpd(8) holds against the client whose message cleanup(8) doesn't take. */
export function toErrorClass({ code, dsn, text }: Pick<Rejection, 'code' | 'dsn' | 'text'>): ErrorClass {
  const is = (one: Rejection) => one.code === code && one.dsn === dsn && one.text === text;
  if (is(TOO_BIG) || is(TOO_MANY_HOPS)) return 'bounce';
  return is(LOOKUP_FAILURE) ? 'resource' : 'policy';
}
