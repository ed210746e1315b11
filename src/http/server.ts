import type { Server } from 'node:http';
import type { Ports } from './api/ports.ts';
import { buildApp } from './app.ts';
import { openChangeHub } from './change-hub.ts';
import { openFeed } from './feed.ts';
import { attachFrontDoor } from './front-door.ts';
import { createGuard } from './guard.ts';
import { listen, type ListenAddress } from './listen.ts';
import { openSite } from './static.ts';

/** How long requests that are being answered may take when the server stops. */
const GRACE_MS = 1_000;

/** What the HTTP server needs. */
export interface HttpOptions extends Omit<Ports, 'hub' | 'closing'> {
  /** Where the built page is. @default `web` beside the bundle */
  readonly pageDirectory?: string;
}

/** The inbox, the API and the feed. Disposing of it ends every connection within a second or so. */
export interface Http extends AsyncDisposable {
  readonly addresses: readonly ListenAddress[];
  readonly port: number;
  /** Where a browser on this machine finds the inbox: `http://localhost:8025`. */
  readonly url: string;
}

/**
 * Starts the HTTP server on inet_interfaces and catch_http_port.
 * @throws the system's error (`EADDRINUSE`, `EADDRNOTAVAIL` …, with `address` and `port`), when it can't listen
 */
export async function openHttp({ pageDirectory, ...options }: HttpOptions): Promise<Http> {
  const { settings: live, store, clock, log, version } = options;
  const settings = live.current();
  const interfaces = settings.get('inet_interfaces');
  const site = await openSite(pageDirectory);
  const hub = openChangeHub(store, log);
  const feed = openFeed({ store, hub, settings: live, clock, log, version });
  const closing = new AbortController();
  const app = await buildApp({ ...options, hub, closing: closing.signal }, site);
  const guard = createGuard({
    allowHosts: [...settings.get('catch_http_allow_hosts'), ...interfaces],
    anyAddress: interfaces.includes('all'),
  });
  const closeBehind = async (): Promise<void> => {
    await feed[Symbol.asyncDispose]();
    await hub[Symbol.asyncDispose]();
    await app.close();
  };

  const prepare = (server: Server): void =>
    attachFrontDoor(server, { guard, route: (request, response) => app.routing(request, response), feed, log });
  const { servers, addresses } = await listen(interfaces, settings.get('catch_http_port'), { prepare, log }).catch(
    async (error: unknown) => {
      await closeBehind();
      throw error;
    },
  );
  const port = addresses[0]?.port ?? 0;
  let closed: Promise<void> | undefined;
  return {
    addresses,
    port,
    url: `http://${toUrlHost(interfaces)}:${port}`,
    async [Symbol.asyncDispose]() {
      closing.abort();
      closed ??= Promise.all([...servers.map(closeServer), feed[Symbol.asyncDispose]()]).then(closeBehind);
      await closed;
    },
  };
}

/** `localhost` where that leads here, else the first address. */
function toUrlHost([first = 'localhost']: readonly string[]): string {
  if (first === 'loopback-only' || first === 'all') return 'localhost';
  return first.includes(':') && !first.startsWith('[') ? `[${first}]` : first;
}

async function closeServer(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    const patience = setTimeout(() => server.closeAllConnections(), GRACE_MS);
    server.close(() => {
      clearTimeout(patience);
      resolve();
    });
    server.closeIdleConnections();
  });
}
