import { plural } from './plural.ts';

/** What is said of where mail would go, in English. */
export const journey = {
  title: 'Journey',
  open: 'Where Postfix would take it, and why',
  pending: 'No verdict yet',
  missing: 'There is no verdict yet: what Postfix would do with this message has not been decided.',
  failed: 'The journey could not be loaded.',
  nobody: 'It goes to nobody.',
  leftOut: (count: string) =>
    `${count} more would be made of these messages, and others of them: only the first 1,000 are followed.`,
  stays: {
    'bounce failed': 'It stays in the queue: the sender can’t be told (bounce failed).',
    'trace failed': 'It stays in the queue: the success report isn’t taken (trace failed).',
  },
  by: 'by',
  gives: 'gives',
  notFound: 'not found',
  misses: (count: number) => `${count} ${plural(count, 'look-up', 'look-ups')} without a result`,
  assumed: 'assumed',
  assumedLong: 'Nothing was done: so it ends if all goes well',
  softBounce: 'deferred by soft_bounce alone',
  hypothetical: 'hypothetical',
  ifTaken: 'Where the refused recipients would have gone',
  forwardedAs: (number: number) => `as message ${number}`,
  below: (depth: number) => `level ${depth + 1}:`,
  of: (number: number) => `of message ${number}`,
  origin: {
    received: 'The message that came',
    forward: 'Forwarded',
    bounce: 'Non-delivery notification',
    delay: 'Delay notification',
    dsn: 'Delivery notification',
    postmaster: 'Notification to postmaster',
  },
  state: { held: 'Held.', discarded: 'Discarded.', rejected: 'Rejected as a whole.' },
  act: { mailbox: 'into', command: 'runs', pipe: 'runs', smtp: 'to', lmtp: 'to' },
  status: {
    rejected: 'rejected',
    sent: 'sent',
    deferred: 'deferred',
    bounced: 'bounced',
    discarded: 'discarded',
    expired: 'expired',
    held: 'held',
    forwarded: 'forwarded',
    filtered: 'filtered',
    deliverable: 'deliverable',
    undeliverable: 'undeliverable',
  },
  count: (count: string, status: string) => `${count} ${status}`,
};

/** What every language has of them. */
export type JourneyStrings = typeof journey;
