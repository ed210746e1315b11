import { randomUUID } from 'node:crypto';
import { systemClock, type Clock } from './clock.ts';
import { openAccept } from './daemons/cleanup/accept.ts';
import { openContentDecision } from './daemons/cleanup/decide-content.ts';
import { openRetention } from './daemons/qmgr/retention.ts';
import { openVerdictBacklog } from './daemons/qmgr/verdict-backlog.ts';
import { openChaos, type Chaos } from './daemons/smtpd/chaos.ts';
import { openMaster } from './daemons/master/master.ts';
import { toCertificateOptions } from './daemons/master/own-certificate.ts';
import { provideAuthorityFile } from './daemons/smtpd/certificate.ts';
import type { OpenSmtpService } from './daemons/smtpd/services.ts';
import { serveStandAlone } from './daemons/smtpd/stand-alone.ts';
import { openHttp } from './http/server.ts';
import { silentLog, type Log } from './log.ts';
import { openInspector } from './message/inspect/inspector.ts';
import { openParseBacklog } from './message/parse-backlog.ts';
import { openMessageParser } from './message/parser.ts';
import type { LiveSettings } from './settings/live-settings.ts';
import { openLiveLookups } from './lookups/live-lookups.ts';
import type { Lookups } from './lookups/lookups.ts';
import { toAskedMail } from './rules/asked-mail.ts';
import type { Envelope } from './rules/envelope.ts';
import { explain } from './rules/explain.ts';
import { explainSessionNotice } from './rules/explain-session-notice.ts';
import type { Agent } from './rules/qmgr/agent.ts';
import { simulate } from './rules/qmgr/simulate.ts';
import { followRuleWorld } from './settings/live-world.ts';
import type { Settings } from './settings/settings.ts';
import { readVersion } from './settings/version.ts';
import { leaveWhereabouts } from './settings/whereabouts.ts';
import type { QueueId } from './store/queue-id.ts';
import { openMemoryStore } from './store/memory/memory-store.ts';
import { toSessionNotice } from './store/notice-of.ts';
import { openSqliteStore } from './store/sqlite/sqlite-store.ts';
import type { Store } from './store/store.ts';

/** Where a listener can be reached. */
export interface Listener {
  /** To be told to people: `localhost`, or the first address that isn't loopback. */
  readonly host: string;
  readonly port: number;
  readonly addresses: readonly { readonly address: string; readonly port: number }[];
}

/** A running server. Disposing of it stops intake, lets sessions end, and closes the store; under 2 s. */
export interface Server extends AsyncDisposable {
  readonly settings: LiveSettings;
  /** The listener at `catch_smtp_port`. */
  readonly smtp: Listener;
  /** Every SMTP listener, those included that master.cf asks for. */
  services(): readonly OpenSmtpService[];
  readonly http: Listener & { readonly url: string };
  /** The certificate of the development authority, as PEM: what a client of TLS is told to trust. */
  authority(): Promise<string>;
  readonly store: Store;
  /** The mistakes that are made on purpose. */
  readonly chaos: Chaos;
  /** The text and HTML of a message, decoded, with the line ends that were sent; empty where it has none. */
  bodies(raw: Uint8Array): Promise<{ readonly text: string; readonly html: string }>;
}

/**
 * Builds every room, and opens the doors last.
 * @throws what the first part that can't be opened throws (`EADDRINUSE`, {@link StoreCorruptError} …), with all that was
 *   opened before closed again
 */
export async function startServer(options: {
  readonly settings: LiveSettings;
  readonly log: Log;
  readonly clock?: Clock;
  /** By which the tables of these settings ask outside; whoever opened it closes it. Without it they can't. */
  readonly lookups?: Lookups;
  /** Does the last act of each delivery. @default nothing is done */
  readonly agent?: Agent;
}): Promise<Server> {
  const { settings: live, log, clock = systemClock, agent = simulate } = options;
  const settings = live.current();
  const startedAtMs = clock.nowMs();
  const instance = randomUUID();
  const opened: AsyncDisposable[] = [];
  const open = <T extends AsyncDisposable>(part: T): T => {
    opened.push(part);
    return part;
  };
  try {
    const store = open(
      await (settings.get('catch_ephemeral')
        ? openMemoryStore({ clock })
        : openSqliteStore({ directory: settings.get('catch_data_directory'), clock, log })),
    );
    const parser = open(openMessageParser({ timeLimitMs: settings.get('catch_parse_time_limit'), clock, log }));
    const inspector = open(openInspector({ timeLimitMs: settings.get('catch_parse_time_limit'), clock, log }));
    const backlog = open(openParseBacklog({ source: store, parser, clock, log }));
    const lookups = options.lookups ?? open(openLiveLookups(() => log));
    const currentWorld = followRuleWorld(live);
    const decide: Lookups['decide'] = (run, how) => lookups.decide(run, how);
    const verdicts = open(openVerdictBacklog({ store, currentWorld, decide, agent, clock, log }));
    const retention = open(openRetention({ store, currentSettings: () => live.current(), clock, log }));
    open(
      onMail(store, () => {
        backlog.wake();
        verdicts.wake();
        retention.noticeMail();
      }),
    );
    const accept = openAccept({ store, log });
    const chaos = openChaos(() => live.current());
    const doors = open(openDoors());
    const smtpd = doors.add(
      await openMaster({
        settings: live,
        store,
        accept,
        rules: { currentWorld, decide },
        decide: (command, session) => chaos.decide(command, session),
        decideContent: openContentDecision({ currentWorld, decide, clock }),
        clock,
        log,
      }),
    );
    const bodies = (raw: Uint8Array): ReturnType<typeof parser.bodies> => parser.bodies(raw);
    const smtp = () => {
      const services = smtpd.list();
      return { addresses: services.flatMap(({ addresses }) => addresses), services, stats: smtpd.stats() };
    };
    const http = doors.add(
      await openHttp({
        settings: live,
        store,
        bodies,
        inspector,
        explain: async (asked, { signal }) => {
          const question = { queueId: store.newQueueId(), nowMs: Math.floor(clock.nowMs()) };
          const world = currentWorld();
          const mail = toAskedMail(asked, world, question);
          const { value } = await decide(() => explain(mail, world), { signal });
          return value.journey;
        },
        explainNotice: async (notice, session, { signal }) => {
          const told = toSessionNotice(notice, session);
          const { value } = await decide(() => explainSessionNotice(told, currentWorld()), { signal });
          return value;
        },
        submit: (message) =>
          accept({
            ...message,
            id: store.newQueueId(),
            username: '',
            receivedAtMs: Math.floor(clock.nowMs()),
            inbox: '',
          }),
        chaos,
        instance,
        clock,
        log,
        version: readVersion(),
        startedAtMs,
        smtp,
      }),
    );
    if (!settings.get('catch_ephemeral')) {
      const { pid, getuid } = process;
      const whereabouts = {
        url: http.url,
        instance,
        pid,
        uid: getuid?.() ?? null,
        startedAtMs: Math.floor(startedAtMs),
      };
      open(await leaveWhereabouts(settings.get('catch_data_directory'), whereabouts));
    }
    const [main] = smtpd.list();
    return {
      settings: live,
      smtp: toListener(main?.addresses ?? []),
      services: () => smtpd.list(),
      authority: () => smtpd.authority(),
      http: { ...toListener(http.addresses), url: http.url },
      store,
      bodies,
      chaos,
      [Symbol.asyncDispose]: () => closeAll(opened),
    };
  } catch (error) {
    await closeAll(opened);
    throw error;
  }
}

/** Holds one SMTP dialogue on standard input and output: what sendmail(1) does with `-bs`. */
export async function serveStandardInput(options: {
  readonly settings: Settings;
  /** Hands a message on. @returns its queue ID, once it is kept */
  readonly submit: (message: { readonly envelope: Envelope; readonly raw: Uint8Array }) => Promise<QueueId>;
  readonly input: AsyncIterable<string | Uint8Array>;
  readonly write: (text: string) => void;
  readonly signal: AbortSignal;
}): Promise<void> {
  const { submit, ...rest } = options;
  await serveStandAlone({ ...rest, accept: submit, clock: systemClock, log: silentLog });
}

/**
 * The development authority of a data directory, without a server: what clients of TLS are told to trust.
 * @returns `file` undefined if nothing is to be written to disk
 */
export async function provideAuthority(
  settings: Settings,
): Promise<{ readonly pem: string; readonly file: string | undefined }> {
  return await provideAuthorityFile(toCertificateOptions(settings, systemClock));
}

/** Calls `notice` for every message that this store keeps, by whatever door, until disposed of. */
function onMail(store: Store, notice: () => void): AsyncDisposable {
  const stop = new AbortController();
  const heard = (async () => {
    for await (const change of store.changes(undefined, { signal: stop.signal })) if (change.type === 'new') notice();
  })();
  return {
    async [Symbol.asyncDispose]() {
      stop.abort();
      await heard;
    },
  };
}

/** The listeners: closed side by side, since each lets its sessions end. */
function openDoors(): AsyncDisposable & { add<T extends AsyncDisposable>(door: T): T } {
  const doors: AsyncDisposable[] = [];
  return {
    add(door) {
      doors.push(door);
      return door;
    },
    async [Symbol.asyncDispose]() {
      const closed = await Promise.allSettled(doors.splice(0).map((door) => door[Symbol.asyncDispose]()));
      const errors = closed.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
      if (errors.length > 0) throw new AggregateError(errors, 'a listener did not close cleanly');
    },
  };
}

/** In reverse. One that fails to close keeps none of the others open. */
async function closeAll(opened: AsyncDisposable[]): Promise<void> {
  const errors: unknown[] = [];
  for (let part = opened.pop(); part; part = opened.pop()) {
    try {
      await part[Symbol.asyncDispose]();
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw new AggregateError(errors, 'the server did not close cleanly');
}

function toListener(addresses: Listener['addresses']): Listener {
  const [first] = addresses;
  if (!first) throw new Error('a listener has no address');
  const reachableAsLocalhost = addresses.some(({ address }) => /^(127\.|::1$|0\.0\.0\.0$|::$)/.test(address));
  return { host: reachableAsLocalhost ? 'localhost' : first.address, port: first.port, addresses };
}
