/**
 * Time, handed in. Whatever waits or dates takes a `Clock`, so that a test can let five days pass at once.
 */
export interface Clock {
  /** Milliseconds since 1970-01-01 UTC; may have a fraction, down to the microsecond. */
  nowMs(): number;
  /**
   * Calls `callback` once, `delayMs` from now, unless the timer is disposed of before. Doesn't keep the process alive.
   */
  setTimer(delayMs: number, callback: () => void): Disposable;
}

/** The machine's own clock. */
export const systemClock: Clock = {
  nowMs: () => performance.timeOrigin + performance.now(),
  setTimer(delayMs, callback) {
    const timer = setTimeout(callback, delayMs);
    timer.unref();
    return { [Symbol.dispose]: () => clearTimeout(timer) };
  },
};
