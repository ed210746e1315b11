import { systemClock } from '../../clock.ts';
import { silentLog } from '../../log.ts';
import type { Submitted } from './submit.ts';
import { SubmitError } from './submit-error.ts';

/**
 * Puts a message into the store of a data directory, as a server would.
 * @returns its queue ID
 * @throws {SubmitError} if it can't be written
 */
export async function keepInStore({ envelope, raw }: Submitted, directory: string): Promise<string> {
  // The driver is loaded for those alone who have no server.
  const { openSqliteStore } = await import('../../store/sqlite/sqlite-store.ts');
  try {
    await using store = await openSqliteStore({ directory, clock: systemClock, log: silentLog });
    const { id } = await store.put({
      id: store.newQueueId(),
      envelope,
      raw,
      username: '',
      receivedAtMs: Math.floor(systemClock.nowMs()),
      inbox: '',
      origin: 'sendmail',
    });
    return id;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new SubmitError('NOT_KEPT', `${directory}: ${why}`, { cause });
  }
}
