import type { ConfigState } from '../../../src/http/api/schemas/config.ts';
import type { ChangeFrame } from '../../../src/http/api/schemas/event.ts';
import { createBatches } from './batches.ts';
import { openFeed, type Feed, type FeedState } from '../api/feed.ts';

/** The connection to the server, as the page shows it. */
export interface Live {
  readonly state: FeedState;
  /** When the connection was lost, in ms since 1970; undefined while it is live. */
  readonly lostAt: number | undefined;
  /** It was lost: what would change something on the server can't be done. */
  readonly isLost: boolean;
  /** Begins to listen; again does nothing. */
  start(): void;
  /** Tries at once, if the connection is lost. */
  wake(): void;
}

/** A burst of a thousand mails is ten paints of the list, not a thousand. */
const PAINT_EVERY_MS = 100;

/**
 * Listens to the feed, and hands frames on in batches, at most ten a second; the first of a burst at once.
 * @param options.since the last change that is known
 */
export function createLive(options: {
  readonly since: () => number;
  readonly onFrames: (frames: readonly ChangeFrame[]) => void;
  /** The server has read its configuration again. */
  readonly onConfig: (state: ConfigState) => void;
}): Live {
  let state = $state<FeedState>('reconnecting');
  let lostAt = $state<number | undefined>();
  let feed: Feed | undefined;
  let heard = 0;
  const frames = createBatches<ChangeFrame>({ everyMs: PAINT_EVERY_MS, onBatch: options.onFrames });

  return {
    get state() {
      return state;
    },
    get lostAt() {
      return lostAt;
    },
    get isLost() {
      return lostAt !== undefined;
    },
    start() {
      if (feed) return;
      feed = openFeed({
        since: () => Math.max(heard, options.since()),
        onFrame(frame) {
          if (frame.Type === 'config') {
            options.onConfig(frame.Data);
            return;
          }
          // Not the highest: a server that began anew counts from the start.
          heard = frame.Seq;
          frames.add(frame);
        },
        onState(next) {
          state = next;
          if (next === 'live') lostAt = undefined;
          else lostAt ??= Date.now();
        },
      });
    },
    wake: () => feed?.wake(),
  };
}
