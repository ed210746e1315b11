import type { CleanupResult } from './cleanup-request.ts';

/** A message that isn't taken. */
export type Rejection = Extract<CleanupResult['end'], { state: 'rejected' }>;

/** An alias that has no end, or too many: the client is told to come again. */
export const EXPANSION_ERROR: Rejection = {
  state: 'rejected',
  code: 451,
  dsn: '4.6.0',
  text: 'Alias expansion error',
};

/** A table that can't answer. QUIRK: Postfix tells of it in the words that it has for a full disk. */
export const LOOKUP_FAILURE: Rejection = {
  state: 'rejected',
  code: 451,
  dsn: '4.3.0',
  text: 'Error: queue file write error',
};
