// How many messages are left in the queue.
import type { TakenMail } from './happening.ts';

/** Messages in the directories of the queue that outlive a delivery. */
export interface QueueCount {
  readonly deferred?: number;
  readonly hold?: number;
}

/** Of these messages, those made of them included. */
export function countQueue(mails: readonly TakenMail[]): QueueCount {
  const states = mails.flatMap(({ journey: { messages, nodes } }) =>
    messages.map(({ number, state, deferred }) => {
      if (state === 'held') return 'hold';
      const isDeferred = nodes.some(
        ({ message, delivery: { status, waitsIn = 'deferred' } = {} }) =>
          message === number && status === 'deferred' && waitsIn === 'deferred',
      );
      return state === 'queued' && (isDeferred || deferred !== undefined) ? 'deferred' : 'gone';
    }),
  );
  return toCount(
    states.filter((state) => state === 'deferred').length,
    states.filter((state) => state === 'hold').length,
  );
}

/** Both together. */
export function addCounts(a: QueueCount, b: QueueCount): QueueCount {
  return toCount((a.deferred ?? 0) + (b.deferred ?? 0), (a.hold ?? 0) + (b.hold ?? 0));
}

/** Nothing is said of none. */
function toCount(deferred: number, hold: number): QueueCount {
  return { ...(deferred > 0 ? { deferred } : {}), ...(hold > 0 ? { hold } : {}) };
}
