import type { Octets } from './octets.ts';

/** 52 characters, no vowels: IDs spell no words. In bytewise order. */
export const QUEUE_ID_DIGITS = '0123456789BCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz';

/** Writes a number of a long queue ID. To the base 51 it has no `z`, which tells the parts of an ID apart. */
export function toQueueIdDigits(value: number, base: 51 | 52): string {
  let text = '';
  let rest = value;
  do {
    text = QUEUE_ID_DIGITS.charAt(rest % base) + text;
    rest = Math.floor(rest / base);
  } while (rest > 0);
  return text;
}

/**
 * The queue ID of a message that Postfix would make of another: it begins with the other's, so that it is the same each
 * time that it is asked for, and no other message's.
 * @param number from 1, of the messages made of it
 */
export function toChildQueueId(queueId: Octets, number: number): Octets {
  return queueId + toQueueIdDigits(number, 51);
}
