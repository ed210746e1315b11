import { once } from 'node:events';
import { request as sendRequest, type IncomingMessage } from 'node:http';
import { WebSocket } from 'ws';
import { systemClock, type Clock } from '../../src/clock.ts';
import { buildApp } from '../../src/http/app.ts';
import { openChangeHub } from '../../src/http/change-hub.ts';
import { openSite } from '../../src/http/static.ts';
import type { ChangeFrame, ConfigFrame, EventFrame } from '../../src/http/api/schemas/event.ts';
import { openHttp, type Http, type HttpOptions } from '../../src/http/server.ts';
import { silentLog } from '../../src/log.ts';
import { filterHtml } from '../../src/message/html/filter-html.ts';
import { toReadableText } from '../../src/message/html-as-text.ts';
import { checkHtml } from '../../src/message/inspect/html-check.ts';
import { InspectError } from '../../src/message/inspect/inspector.ts';
import { makeThumbnail } from '../../src/message/inspect/thumbnail.ts';
import { PARSER_VERSION } from '../../src/message/parsed.ts';
import { parseBodies, parseMessage } from '../../src/message/parse-message.ts';
import { openChaos } from '../../src/daemons/smtpd/chaos.ts';
import type { ParameterName } from '../../src/rules/config/parameters.ts';
import { openMemoryStore } from '../../src/store/memory/memory-store.ts';
import type { Store, StoredMessage } from '../../src/store/store.ts';
import { shortJourney } from './journeys.ts';
import { testLiveSettings, testSettings } from './settings.ts';
import { newMessage, type MailFields } from './store.ts';

/** An HTTP server of a test, on a free port. */
export interface TestHttp extends Http {
  readonly store: Store;
  /** How often the store was searched: a request that waits does so first. */
  readonly searches: { readonly count: number };
  /** Keeps a message and parses it. */
  deliver(fields?: MailFields): Promise<StoredMessage>;
  /** Fetches a path, as a program would. */
  get(path: string, init?: RequestInit): Promise<Response>;
  /** Sends a request with exactly these headers: Host, Origin and Sec-Fetch-*, which `fetch` makes itself. */
  send(path: string, options?: SendOptions): Promise<Reply>;
}

/** What a request is made of. */
export interface SendOptions {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What came back. */
export interface Reply {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** What of the server is to be otherwise. */
interface TestHttpOptions extends Partial<Omit<HttpOptions, 'store'>> {
  readonly overrides?: Partial<Record<ParameterName, string>>;
  /** Of the store, too. */
  readonly clock?: Clock;
}

/** Starts an HTTP server on an empty store in memory. */
export async function startTestHttp({ overrides, ...options }: TestHttpOptions = {}): Promise<TestHttp> {
  const clock = options.clock ?? systemClock;
  const store = await openMemoryStore({ clock });
  const searches = { count: 0 };
  const list = store.list.bind(store);
  store.list = (listed) => {
    if (listed.query) searches.count += 1;
    return list(listed);
  };
  const http = await openHttp({ ...testHttpOptions(store, clock, overrides), ...options });
  return {
    ...http,
    store,
    searches,
    async deliver(fields) {
      const message = newMessage(store, fields);
      const outcome = await parseMessage(message.raw);
      const stored = await store.put(message);
      await store.setParsed(stored.id, PARSER_VERSION, outcome);
      return stored;
    },
    get: (path, init) => fetch(new URL(path, http.url), init),
    send: (path, sendOptions) => send(http.port, path, sendOptions),
    async [Symbol.asyncDispose]() {
      await http[Symbol.asyncDispose]();
      await store[Symbol.asyncDispose]();
    },
  };
}

/** Looks at nothing: whatever it is, it took too long. */
export const BUSY_INSPECTOR: HttpOptions['inspector'] = {
  thumbnail: tookTooLong,
  checkHtml: tookTooLong,
  filterHtml: tookTooLong,
  htmlAsText: tookTooLong,
};

async function tookTooLong(): Promise<never> {
  throw new InspectError('it took longer than 1 s');
}

/** What the server is given, but for what a test wants otherwise. */
function testHttpOptions(store: Store, clock: Clock, overrides?: Partial<Record<ParameterName, string>>): HttpOptions {
  const settings = testSettings(overrides);
  return {
    settings: testLiveSettings(settings),
    store,
    bodies: parseBodies,
    inspector: {
      thumbnail: async (octets) => makeThumbnail(octets),
      checkHtml: async (html) => checkHtml(html),
      filterHtml: async (html) => filterHtml(html),
      htmlAsText: async (html) => toReadableText(html),
    },
    explain: async ({ to }) => shortJourney({ recipient: to[0] ?? '' }),
    explainNotice: async ({ recipient }, { lines }) => ({
      journey: shortJourney({ recipient }, { origin: 'postmaster' }),
      content: Buffer.from(lines.map(({ text }) => text).join('\n')),
    }),
    submit: async (handedIn) => {
      const { raw } = handedIn;
      const message = { ...newMessage(store), ...handedIn };
      const outcome = await parseMessage(raw);
      const { id } = await store.put(message);
      await store.setParsed(id, PARSER_VERSION, outcome);
      return id;
    },
    chaos: openChaos(() => settings),
    clock,
    log: silentLog,
    version: '1.2.3',
    instance: 'this-run',
    startedAtMs: clock.nowMs(),
    smtp: () => ({ addresses: [], services: [], stats: { accepted: 0, acceptedBytes: 0, rejected: 0, ignored: 0 } }),
    pageDirectory: '/nonexistent',
  };
}

/** Every route that the application has, as Fastify draws them: a tree in which children are indented. */
export async function printedRoutes(): Promise<
  readonly { readonly path: string; readonly methods: readonly string[] }[]
> {
  await using store = await openMemoryStore({ clock: systemClock });
  await using hub = openChangeHub(store, silentLog);
  const ports = { ...testHttpOptions(store, systemClock), hub, closing: AbortSignal.abort() };
  const app = await buildApp(ports, await openSite('/nonexistent'));
  const drawing = app.printRoutes({ commonPrefix: false });
  const above: string[] = [];
  return [...drawing.matchAll(/^(?<indent>[│ ]*)[├└]── (?<path>\S+)(?: \((?<methods>[^)]*)\))?/gm)].map(
    ({ groups }) => {
      const depth = (groups?.['indent'] ?? '').length / 4;
      above.splice(depth, above.length, groups?.['path'] ?? '');
      return { path: above.join(''), methods: groups?.['methods']?.split(', ') ?? [] };
    },
  );
}

async function send(port: number, path: string, { method = 'GET', headers, body }: SendOptions = {}): Promise<Reply> {
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  const request = sendRequest({
    host: '127.0.0.1',
    port,
    path,
    method,
    headers: { ...headers, ...length },
    agent: false,
  });
  // A server that has answered may not take the rest of the body.
  request.on('error', () => {});
  request.end(body);
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    body: Buffer.concat(chunks).toString('utf8'),
  };
}

/** A client of the feed. */
export interface FeedListener extends AsyncDisposable {
  readonly socket: WebSocket;
  /** The next frame that tells of messages, but for `stats`. */
  readonly next: () => Promise<ChangeFrame>;
  /** The next `stats` frame. */
  readonly nextStats: () => Promise<ChangeFrame>;
  /** The next `config` frame. */
  readonly nextConfig: () => Promise<ConfigFrame>;
}

/** Opens a client of the feed. */
export async function listenToFeed(http: Http, query = ''): Promise<FeedListener> {
  const socket = new WebSocket(`ws://localhost:${http.port}/api/events${query}`);
  const frames = queue<ChangeFrame>();
  const stats = queue<ChangeFrame>();
  const configs = queue<ConfigFrame>();
  socket.on('message', (data: Buffer) => {
    const frame = JSON.parse(data.toString('utf8')) as EventFrame;
    if (frame.Type === 'config') configs.push(frame);
    else (frame.Type === 'stats' ? stats : frames).push(frame);
  });
  await once(socket, 'open');
  return {
    socket,
    next: frames.take,
    nextStats: stats.take,
    nextConfig: configs.take,
    async [Symbol.asyncDispose]() {
      if (socket.readyState === WebSocket.CLOSED) return;
      socket.terminate();
      await once(socket, 'close');
    },
  };
}

/** What comes, in order, to whoever takes it. */
function queue<T>(): { readonly push: (item: T) => void; readonly take: () => Promise<T> } {
  const items: T[] = [];
  const takers: ((item: T) => void)[] = [];
  return {
    push: (item) => {
      const taker = takers.shift();
      if (taker) taker(item);
      else items.push(item);
    },
    take: () =>
      new Promise((resolve) => {
        const item = items.shift();
        if (item === undefined) takers.push(resolve);
        else resolve(item);
      }),
  };
}
