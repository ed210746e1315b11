// The product's server, running with a case's configuration: mail goes in by its listeners, and what came of it is what
// it has stored.
import type { Journey } from '../../../src/rules/journey.ts';
import { readOverrides, toServiceName, type MasterEntry } from '../../../src/rules/config/master-cf.ts';
import { fromOctets } from '../../../src/rules/octets.ts';
import { setImmediate } from 'node:timers/promises';
import { openLiveLookups } from '../../../src/lookups/live-lookups.ts';
import { explainSessionNotice } from '../../../src/rules/explain-session-notice.ts';
import { startServer, type Server } from '../../../src/server.ts';
import { holdSettings } from '../../../src/settings/live-settings.ts';
import type { Lookups } from '../../../src/lookups/lookups.ts';
import type { Agent } from '../../../src/rules/qmgr/agent.ts';
import type { Settings } from '../../../src/settings/settings.ts';
import { systemClock, type Clock } from '../../../src/clock.ts';
import { openRuleWorld } from '../../../src/settings/rule-world.ts';
import { toSessionNotice } from '../../../src/store/notice-of.ts';
import type { SessionId, StoredSession } from '../../../src/store/session.ts';
import type { StoredMessage } from '../../../src/store/store.ts';
import { loadCaseSettings } from '../case-settings.ts';
import type { Place } from '../command.ts';
import type { Happening, LogFacts, TakenMail } from './happening.ts';
import { openSessionLog } from './session-log.ts';
import { listMailFiles, takeLeftFiles, type LeftFile } from './left-files.ts';
import { openDoAct } from './mailbox.ts';
import type { PolicyRequest, PolicyServers } from './policy-servers.ts';
import { addCounts, type QueueCount } from './queue-count.ts';
import { openRecordingAgent } from './recorder.ts';

/** A running server. */
export interface MailSystem extends AsyncDisposable {
  /** Where it takes mail in that programs on this machine hand in. */
  readonly url: string;
  /** Where the listener is that master.cf has at this port. @throws {Error} if there is none */
  findPort(port: number): number;
  /** What happened since the last time, once all of it has been decided. */
  takeHappening(options: { readonly hasSession: boolean }): Promise<Happening>;
  /** The files that mail left since the last time. */
  takeFiles(hideIds: (text: string) => string): Promise<readonly LeftFile[]>;
  /**
   * What is in the queue, with what a probe left there.
   * @param isKept whether it stays for the next probe
   */
  countQueue(added: QueueCount, isKept: boolean): QueueCount;
  /** What policy servers were asked since the last time. */
  takeAsked(): readonly PolicyRequest[];
  /** How the log calls things. @param port of the listener that mail came by */
  factsAt(port: number): LogFacts;
}

/** A probe holds one. */
const RECENT_SESSIONS = 20;
const DECISION_LIMIT_MS = 20_000;
/** Of smtpd_error_sleep_time, unless a case says otherwise; whatever waits longer is a limit. */
const SHORT_WAIT_MS = 1000;
/** Postfix's answers were recorded at its pace: here clients that make mistakes aren't made to wait. */
const clock: Clock = {
  ...systemClock,
  setTimer: (delayMs, callback) => systemClock.setTimer(delayMs > SHORT_WAIT_MS ? delayMs : 0, callback),
};

/** Starts it: in memory, on free ports, answering as Postfix would. @param policy the servers that it may ask */
export async function openMailSystem(place: Place, policy: PolicyServers): Promise<MailSystem> {
  const { sandbox, shims } = place;
  const sessions = openSessionLog();
  const { log } = sessions;
  const lookups = openLiveLookups(() => log);
  const load = (): Settings =>
    loadCaseSettings(place, {
      ask: lookups.ask,
      reportLookup: lookups.report,
      env: {
        POSTFIXTURE_SMTP_PORT: '0',
        POSTFIXTURE_HTTP_PORT: '0',
        POSTFIXTURE_EPHEMERAL: 'yes',
        POSTFIXTURE_MODE: 'strict',
        POSTFIXTURE_SASL_PASSWD: 'inline:{alice=secret,bob@example.com=secret}',
        POSTFIXTURE_SASL_MECHANISMS: 'plain login',
      },
    });
  const agent = openRecordingAgent(openDoAct(sandbox, shims));
  const settings = holdSettings({ first: load(), load, clock, log });
  lookups.follow(() => settings.current());
  const server = await startServer({ settings, log, clock, agent, lookups });
  const explainNotices = openNoticeReader(server, { lookups, agent });
  const before = new Set(await listMailFiles(sandbox));
  let seen = 0;
  let queue: QueueCount = {};
  return {
    url: server.http.url,
    factsAt: (port) => toLogFacts(settings.current(), port),
    countQueue(added, isKept) {
      const count = addCounts(queue, added);
      queue = isKept ? count : {};
      return count;
    },
    findPort: (port) => findPort(server, port),
    async takeHappening({ hasSession }) {
      const all = (await server.store.list({})).toReversed();
      const fresh = all.filter(({ seq }) => seq > seen);
      seen = Math.max(seen, ...fresh.map(({ seq }) => seq));
      const mails = await Promise.all(fresh.map(async (one) => await toTaken(one, server)));
      mails.push(...(await explainNotices(hasSession)));
      mails.sort((a, b) => (a.queueId < b.queueId ? -1 : 1));
      return { mails, sessionLog: sessions.take(), acts: agent.take() };
    },
    takeAsked: () => policy.take(),
    takeFiles: (hideIds) => takeLeftFiles(sandbox, before, hideIds),
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await lookups[Symbol.asyncDispose]();
    },
  };
}

/** Reads what the session of a probe would tell the postmaster, once it is over: a session may be stored only then. */
function openNoticeReader(
  { store, settings }: Server,
  { lookups, agent }: { readonly lookups: Lookups; readonly agent: Agent },
): (hasSession: boolean) => Promise<readonly TakenMail[]> {
  const seen = new Set<SessionId>();
  const explain = async (session: StoredSession): Promise<readonly TakenMail[]> => {
    const world = openRuleWorld(settings.current());
    return await Promise.all(
      session.notices.map(async (notice) => {
        const told = toSessionNotice(notice, session);
        const signal = AbortSignal.timeout(DECISION_LIMIT_MS);
        const { value } = await lookups.decide(() => explainSessionNotice(told, world, agent), { signal });
        return { queueId: notice.queueId, journey: value.journey };
      }),
    );
  };
  return async (hasSession) => {
    for (;;) {
      const fresh = (await store.sessions({ limit: RECENT_SESSIONS })).filter(({ id }) => !seen.has(id));
      const isThere = fresh.length > 0 || !hasSession;
      if (isThere && fresh.every(({ endedAtMs }) => endedAtMs !== undefined)) {
        for (const { id } of fresh) seen.add(id);
        return (await Promise.all(fresh.map(explain))).flat();
      }
      await setImmediate();
    }
  };
}

function findPort(server: Server, port: number): number {
  const plan = server.settings.current().listeners.find((listener) => listener.port === port);
  const name = plan === undefined ? '' : toServiceName(plan.daemon);
  const open = server.services().find((service) => service.name === name);
  if (open === undefined) throw new Error(`nothing listens at port ${port}`);
  return open.port;
}

async function toTaken({ id }: StoredMessage, server: Server): Promise<TakenMail> {
  return { queueId: id, journey: await waitForJourney(id, server) };
}

/** The feed tells when it is there. */
async function waitForJourney(id: StoredMessage['id'], { store }: Server): Promise<Journey> {
  const done = new AbortController();
  const signal = AbortSignal.any([done.signal, AbortSignal.timeout(DECISION_LIMIT_MS)]);
  const changes = store.changes(undefined, { signal })[Symbol.asyncIterator]();
  for (;;) {
    const next = changes.next();
    const journey = await store.journey(id);
    if (journey !== undefined) {
      // What is awaited ends, too: a generator returns only then.
      done.abort();
      await next.catch(() => {});
      return journey;
    }
    if ((await next).done === true) throw new Error(`what becomes of ${id} was not decided`);
  }
}

function toLogFacts({ configuration, services, listeners }: Settings, port: number): LogFacts {
  const plain = configuration.get('syslog_name');
  const toSystemName = (entry: MasterEntry | undefined): string => {
    const own = entry && readOverrides(entry).findLast(({ name }) => name === 'syslog_name');
    return fromOctets(own === undefined ? plain : configuration.expand(own.value));
  };
  const listener = listeners.find((plan) => plan.port === port)?.daemon;
  return {
    nameAgent(transport) {
      const entry = services.find(({ fields }) => fields.service === transport && fields.type === 'unix');
      if (entry === undefined || entry.fields.command === 'pipe') return transport;
      const [, name = transport] = `${toSystemName(entry)}/${entry.fields.command}`.split('/');
      return name;
    },
    nameSystem: (program) => toSystemName(program === 'smtpd' ? listener : undefined),
    isUtf8: configuration.get('smtputf8_enable') === 'yes',
    isExternal: configuration.get('info_log_address_format') !== 'internal',
  };
}
