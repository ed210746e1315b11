import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { Settings } from '../../settings/settings.ts';
import type { Store } from '../../store/store.ts';

/** Deletes so many messages at a time: a few milliseconds of the store's time, between commits. */
const CHUNK = 200;
/** How long messages may exceed the bounds, ms. */
const SWEEP_INTERVAL_MS = 60_000;
/** A burst of mail is swept after, not within it, ms. */
const AFTER_MAIL_MS = 1_000;

/** What keeps the number and age of messages within `catch_max_messages` and `catch_max_age`. */
export interface Retention extends AsyncDisposable {
  /** Mail came in: the bounds may be exceeded. */
  noticeMail(): void;
}

/**
 * Starts deleting the oldest messages beyond the bounds: once now, a second after mail came in, and every minute for
 * those that grow too old. Never takes a message with a pending delivery.
 */
export function openRetention(options: {
  readonly store: Pick<Store, 'retain'>;
  /** As they are now: a reload may change the bounds. */
  readonly currentSettings: () => Settings;
  readonly clock: Clock;
  readonly log: Log;
}): Retention {
  const { store, currentSettings, clock, log } = options;
  let closed = false;
  let timer: Disposable | undefined;
  let timerAtMs = Infinity;
  let sweeping: Promise<void> = Promise.resolve();

  start();
  return {
    noticeMail: () => {
      if (currentSettings().get('catch_max_messages') > 0) schedule(AFTER_MAIL_MS);
    },
    async [Symbol.asyncDispose]() {
      closed = true;
      timer?.[Symbol.dispose]();
      await sweeping;
    },
  };

  function start(): void {
    timer = undefined;
    timerAtMs = Infinity;
    sweeping = sweep().then(() => schedule(SWEEP_INTERVAL_MS));
  }

  /** Sweeps `delayMs` from now, unless it is to happen before that anyway. */
  function schedule(delayMs: number): void {
    const atMs = clock.nowMs() + delayMs;
    if (closed || atMs >= timerAtMs) return;
    timer?.[Symbol.dispose]();
    timer = clock.setTimer(delayMs, start);
    timerAtMs = atMs;
  }

  async function sweep(): Promise<void> {
    const maxMessages = currentSettings().get('catch_max_messages');
    const maxAgeMs = currentSettings().get('catch_max_age');
    if (maxMessages === 0 && maxAgeMs === 0) return;
    let total = 0;
    let deleted: number;
    try {
      do {
        deleted = await store.retain({
          limit: CHUNK,
          ...(maxMessages > 0 && { maxMessages }),
          ...(maxAgeMs > 0 && { olderThanMs: clock.nowMs() - maxAgeMs }),
        });
        total += deleted;
      } while (deleted === CHUNK && !closed);
    } catch (cause) {
      log.error({ err: cause }, 'retention failed');
    }
    if (total > 0) log.info({ deleted: total }, 'retention deleted the oldest messages');
  }
}
