import { createBatches } from '../inbox/batches.ts';

/** A short word at the foot of the page, and what the screen reader hears. */
export interface Notices {
  /** What went wrong, until it is dismissed. */
  readonly error: string | undefined;
  /** A short confirmation. */
  readonly note: string | undefined;
  /** For the polite live region. */
  readonly announcement: string;
  fail(what: string, cause?: unknown): void;
  dismiss(): void;
  say(what: string): void;
  /** So many new messages came: said at most each five seconds. */
  arrived(count: number): void;
}

const NOTE_MS = 2000;
const ANNOUNCE_EVERY_MS = 5000;

/** @param describeArrivals "3 new messages" */
export function createNotices(describeArrivals: (count: number) => string): Notices {
  let error = $state<string | undefined>();
  let note = $state<string | undefined>();
  let announcement = $state('');
  let noteTimer: ReturnType<typeof setTimeout> | undefined;
  const arrivals = createBatches<number>({
    everyMs: ANNOUNCE_EVERY_MS,
    onBatch: (counts) => (announcement = describeArrivals(counts.reduce((sum, count) => sum + count, 0))),
  });

  return {
    get error() {
      return error;
    },
    get note() {
      return note;
    },
    get announcement() {
      return announcement;
    },
    fail(what, cause) {
      error = cause instanceof Error && cause.message !== '' ? `${what} ${cause.message}` : what;
    },
    dismiss: () => (error = undefined),
    say(what) {
      note = what;
      announcement = what;
      clearTimeout(noteTimer);
      noteTimer = setTimeout(() => (note = undefined), NOTE_MS);
    },
    arrived(count) {
      if (count > 0) arrivals.add(count);
    },
  };
}
