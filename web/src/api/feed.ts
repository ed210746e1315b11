import type { EventFrame } from '../../../src/http/api/schemas/event.ts';

/** `live`: connected; `reconnecting`: not for long; `offline`: a try has failed after the longest wait. */
export type FeedState = 'live' | 'reconnecting' | 'offline';

/** Waits before each new try, in ms; the last one again and again. */
export const RETRY_DELAYS_MS = [250, 500, 1000, 2000, 5000] as const;

/** A way to hear of changes. */
export interface Feed {
  /** Tries at once, rather than after the wait. */
  wake(): void;
  close(): void;
}

/**
 * Hears the server's numbered changes over one WebSocket, and keeps it open: after a break it asks for what came since
 * the last number, so nothing is missed.
 * @param options.since the last change known
 */
export function openFeed(options: {
  readonly since: () => number;
  readonly onFrame: (frame: EventFrame) => void;
  readonly onState: (state: FeedState) => void;
}): Feed {
  let socket: WebSocket | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let closed = false;

  function connect(): void {
    clearTimeout(timer);
    timer = undefined;
    const url = new URL(`/api/events?since=${options.since()}`, location.href);
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    const opened = new WebSocket(url);
    socket = opened;
    opened.onopen = () => {
      failures = 0;
      options.onState('live');
    };
    opened.onmessage = ({ data }) => {
      const frame = typeof data === 'string' ? (JSON.parse(data) as EventFrame) : undefined;
      if (frame && socket === opened) options.onFrame(frame);
    };
    opened.onclose = () => {
      if (closed || socket !== opened) return;
      socket = undefined;
      const delay = RETRY_DELAYS_MS[Math.min(failures, RETRY_DELAYS_MS.length - 1)] ?? 5000;
      options.onState(failures >= RETRY_DELAYS_MS.length - 1 ? 'offline' : 'reconnecting');
      failures += 1;
      // Jitter: pages that lost the same server don't come back in the same instant.
      timer = setTimeout(connect, delay * (0.8 + Math.random() * 0.4));
    };
  }

  function wake(): void {
    if (!closed && socket === undefined) connect();
  }
  const wakeIfSeen = (): void => {
    if (!document.hidden) wake();
  };
  addEventListener('online', wake);
  document.addEventListener('visibilitychange', wakeIfSeen);
  connect();

  return {
    wake,
    close() {
      closed = true;
      clearTimeout(timer);
      removeEventListener('online', wake);
      document.removeEventListener('visibilitychange', wakeIfSeen);
      socket?.close();
    },
  };
}
