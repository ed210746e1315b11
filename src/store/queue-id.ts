import { QUEUE_ID_DIGITS, toQueueIdDigits } from '../rules/queue-id.ts';

declare const brand: unique symbol;

/** A Postfix long queue ID. It is also the message's ID, in the 250 reply, the inbox, the API and the tools. */
export type QueueId = string & { readonly [brand]: 'QueueId' };

const LONG_QUEUE_ID = /^[0-9B-DF-HJ-NP-TV-Zb-df-hj-np-tv-z]{10,}z[0-9B-DF-HJ-NP-TV-Zb-df-hj-np-tv-y]+$/;

/** A queue ID, or undefined if `text` isn't one. */
export function parseQueueId(text: string): QueueId | undefined {
  return text.length <= 32 && LONG_QUEUE_ID.test(text) ? (text as QueueId) : undefined;
}

/**
 * Writes a queue ID in Postfix's long form: seconds (6 digits to the base 52), microseconds (4), `z`, and a number to
 * the base 51, which in Postfix is the queue file's inode and here is drawn by the store.
 * @param microseconds since 1970-01-01 UTC
 * @see postconf(5), enable_long_queue_ids
 */
export function formatQueueId(microseconds: number, number: number): QueueId {
  const seconds = Math.floor(microseconds / 1e6);
  return `${toQueueIdDigits(seconds, 52).padStart(6, '0')}${toQueueIdDigits(microseconds - seconds * 1e6, 52).padStart(4, '0')}z${toQueueIdDigits(number, 51)}` as QueueId;
}

/** The time in a queue ID, in microseconds since 1970-01-01 UTC. */
export function queueIdTime(id: QueueId): number {
  const end = id.lastIndexOf('z');
  return decode(id.slice(0, end - 4)) * 1e6 + decode(id.slice(end - 4, end));
}

function decode(text: string): number {
  let value = 0;
  for (const digit of text) value = value * 52 + QUEUE_ID_DIGITS.indexOf(digit);
  return value;
}
