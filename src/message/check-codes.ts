/** What may go wrong with a message elsewhere, the weightiest first; docs/api.md tells what each means. */
export const CHECK_CODES = [
  'no-from',
  'repeated-fields',
  'bad-date',
  'long-lines',
  'executables',
  'no-date',
  'no-message-id',
  'bad-message-id',
  'no-text',
  'clipped',
  'images-without-alt',
  'bad-list-unsubscribe',
  'large',
  '8-bit-header',
  'no-subject',
  'no-list-unsubscribe',
  'no-one-click',
] as const;
/** One of them. */
export type CheckCode = (typeof CHECK_CODES)[number];
