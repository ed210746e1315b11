import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { LiveSettings } from '../settings/live-settings.ts';
import type { Change } from '../store/changes.ts';
import type { CommitNumber, Store } from '../store/store.ts';
import type { ChangeHub } from './change-hub.ts';
import { encodeFrame, toConfigFrame, toFrames } from './event-frames.ts';
import { FeedClient } from './feed-client.ts';

/** Where the feed is. */
export const FEED_PATH = '/api/events';

const PING_MS = 54_000;
/** Counts are told at most so often. */
const STATS_MS = 250;
/** How long a client may take to say good-bye when the server stops. */
const CLOSE_MS = 1_000;
/** Clients have nothing to say: what they send is read and dropped. */
const MAX_CLIENT_FRAME_BYTES = 4 * 1024;

/** The live feed of changes over WebSocket. */
export interface Feed extends AsyncDisposable {
  /** Takes over a connection that asked for {@link FEED_PATH}, let in by the guard. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}

/** What the feed needs. */
export interface FeedOptions {
  readonly store: Store;
  readonly hub: ChangeHub;
  readonly settings: LiveSettings;
  readonly clock: Clock;
  readonly log: Log;
  readonly version: string;
}

/**
 * Opens the feed: JSON text frames in Mailpit's format with `Seq`. With `?since=N` what happened after change N comes
 * first; without, only what happens from now on. A frame is made once for all clients, and leaves in the tick in which
 * the change arrives.
 */
export function openFeed({ store, hub, settings, clock, log, version }: FeedOptions): Feed {
  const server = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: MAX_CLIENT_FRAME_BYTES });
  const clients = new Set<FeedClient>();
  const closing = new AbortController();
  let statsTimer: Disposable | undefined;
  let statsDueMs = 0;

  const tellStats = (to: Iterable<FeedClient>): void => {
    store.counts().then(
      ({ total, unread }) => {
        const Data = { Total: total, Unread: unread, Version: version };
        // The number says what was told before: one who is still catching up isn't as far as the others.
        for (const client of to) {
          client.send(encodeFrame({ Type: 'stats', Data, Seq: client.live ? hub.seq : client.seq }));
        }
      },
      (error: unknown) => log.warn({ err: error }, 'the messages cannot be counted'),
    );
  };
  const scheduleStats = (): void => {
    if (statsTimer !== undefined || clients.size === 0) return;
    statsTimer = clock.setTimer(Math.max(0, statsDueMs - clock.nowMs()), () => {
      statsTimer = undefined;
      statsDueMs = clock.nowMs() + STATS_MS;
      tellStats(clients);
    });
  };

  const onChange = (change: Change): void => {
    if (clients.size === 0) return;
    const frames = toFrames(change).map(encodeFrame);
    for (const client of clients) {
      if (!client.live || client.seq >= change.seq) continue;
      client.seq = change.seq;
      for (const frame of frames) client.send(frame);
    }
    if (change.type !== 'parsed' && change.type !== 'verdict') scheduleStats();
  };
  const subscription = hub.subscribe(onChange);
  const reloads = settings.onReload(() => {
    if (clients.size === 0) return;
    const frame = encodeFrame(toConfigFrame(settings));
    for (const client of clients) client.send(frame);
  });

  /** Sends what `client` missed. It goes live in the very tick in which it has caught up: nothing falls between. */
  const catchUp = async (client: FeedClient, signal: AbortSignal): Promise<void> => {
    client.live = client.seq >= hub.seq && client.seq <= store.head();
    if (client.live) return;
    for await (const change of store.changes(client.seq, { signal })) {
      for (const frame of toFrames(change).map(encodeFrame)) await client.sendPaced(frame);
      // After a prune the client loads everything afresh: what it would miss is in there.
      client.seq = change.type === 'prune' ? hub.seq : change.seq;
      client.live = client.seq >= hub.seq;
      if (client.live) return;
    }
  };

  const onConnection = (socket: WebSocket, since: CommitNumber | undefined): void => {
    const client = new FeedClient(socket, since ?? hub.seq);
    const gone = new AbortController();
    clients.add(client);
    socket.on('error', (error) => log.debug({ err: error }, 'feed: a client broke the protocol'));
    socket.on('close', () => {
      gone.abort();
      clients.delete(client);
    });
    catchUp(client, AbortSignal.any([gone.signal, closing.signal])).catch((error: unknown) => {
      if (!gone.signal.aborted && !closing.signal.aborted)
        log.warn({ err: error }, 'feed: what was missed cannot be read');
      socket.terminate();
    });
    tellStats([client]);
  };

  let pingTimer: Disposable | undefined;
  const schedulePing = (): void => {
    pingTimer = clock.setTimer(PING_MS, () => {
      for (const client of clients) client.ping();
      schedulePing();
    });
  };
  schedulePing();

  return {
    accept(request, socket, head) {
      if (closing.signal.aborted) {
        socket.destroy();
        return;
      }
      const since = parseSince(request.url ?? '');
      server.handleUpgrade(request, socket, head, (webSocket) => onConnection(webSocket, since));
    },
    async [Symbol.asyncDispose]() {
      if (closing.signal.aborted) return;
      closing.abort();
      subscription[Symbol.dispose]();
      reloads[Symbol.dispose]();
      pingTimer?.[Symbol.dispose]();
      statsTimer?.[Symbol.dispose]();
      await Promise.all([...server.clients].map(closeSocket));
    },
  };
}

function parseSince(url: string): CommitNumber | undefined {
  const text = new URL(url, 'http://localhost').searchParams.get('since') ?? '';
  return /^\d{1,15}$/.test(text) ? (Number(text) as CommitNumber) : undefined;
}

async function closeSocket(socket: WebSocket): Promise<void> {
  await new Promise<void>((resolve) => {
    const patience = setTimeout(() => socket.terminate(), CLOSE_MS);
    socket.once('close', () => {
      clearTimeout(patience);
      resolve();
    });
    socket.close(1001, 'the server stops');
  });
}
