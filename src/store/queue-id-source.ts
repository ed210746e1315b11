import { randomInt } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { formatQueueId, type QueueId } from './queue-id.ts';

/** Where Postfix writes the inode of the queue file we write a number below this: two to six digits, as there. */
const NUMBER_LIMIT = 2 ** 31;

/**
 * Returns a function that allocates queue IDs, each greater than the one before: the clock's time, or a microsecond
 * after the last if the clock stands or was set back. The number after `z` begins at random, so that two handles on
 * one database don't meet in the same microsecond.
 * @param lastMicroseconds the time in the greatest ID ever given; 0 for a new store
 */
export function createQueueIdSource(clock: Clock, lastMicroseconds = 0): () => QueueId {
  let last = lastMicroseconds;
  let number = randomInt(51, NUMBER_LIMIT);
  return () => {
    last = Math.max(Math.floor(clock.nowMs() * 1000), last + 1);
    number = number + 1 < NUMBER_LIMIT ? number + 1 : 51;
    return formatQueueId(last, number);
  };
}
