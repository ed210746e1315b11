import type { Clock } from '../../src/clock.ts';

/** A clock that stands, and tells when somebody begins to wait. */
export interface WatchedClock extends Clock {
  /** Resolves when a timer of `delayMs` is set, to a function that lets it fire. */
  readonly timerSet: Promise<() => void>;
}

/** @param delayMs the timer to watch for */
export function watchedClock(delayMs: number): WatchedClock {
  let tell: (fire: () => void) => void = () => {};
  const timerSet = new Promise<() => void>((resolve) => {
    tell = resolve;
  });
  return {
    timerSet,
    nowMs: () => 0,
    setTimer(wantedMs, callback) {
      if (wantedMs === delayMs) tell(callback);
      return { [Symbol.dispose]: () => {} };
    },
  };
}
