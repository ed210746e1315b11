import { systemClock, type Clock } from '../../src/clock.ts';
import { openAccept, type Accept, type IncomingMessage } from '../../src/daemons/cleanup/accept.ts';
import type { Certificate } from '../../src/daemons/smtpd/certificate.ts';
import type { Decide, DecideContent } from '../../src/daemons/smtpd/decide.ts';
import { openSmtpd, type Smtpd } from '../../src/daemons/smtpd/listener.ts';
import { silentLog } from '../../src/log.ts';
import { openLookups } from '../../src/lookups/lookups.ts';
import type { ParameterName } from '../../src/rules/config/parameters.ts';
import { openRuleWorld } from '../../src/settings/rule-world.ts';
import { openMemoryStore } from '../../src/store/memory/memory-store.ts';
import type { Store } from '../../src/store/store.ts';
import { connectSmtp, type SmtpClient } from './smtp-client.ts';
import type { TestWorld } from './rule-world.ts';
import { testSettings } from './settings.ts';

/** A listener on a free port before a store in memory. */
export interface Mailroom extends AsyncDisposable {
  readonly smtpd: Smtpd;
  readonly store: Store;
  /** What was handed in, in order. */
  readonly taken: readonly IncomingMessage[];
  /** Connects a client and reads the greeting. */
  connect(): Promise<SmtpClient>;
}

/** @param options.accept in the place of the store: gets the message, and the way to the store */
export async function openMailroom(
  options: {
    readonly settings?: Partial<Record<ParameterName, string>>;
    readonly decide?: Decide;
    readonly certificate?: Certificate;
    readonly isLmtp?: boolean;
    /** For STARTTLS: without it there is none; `missing`: it is configured, and can't be had. */
    readonly starttls?: Certificate | 'missing';
    readonly accept?: (message: IncomingMessage, keep: Accept) => ReturnType<Accept>;
    readonly decideContent?: DecideContent;
    readonly clock?: Clock;
    /** In the place of `settings`. */
    readonly configured?: Pick<TestWorld, 'settings' | 'world'>;
  } = {},
): Promise<Mailroom> {
  const store = await openMemoryStore({ clock: systemClock });
  const keep = openAccept({ store, log: silentLog });
  const taken: IncomingMessage[] = [];
  const { configured, starttls } = options;
  const settings = configured?.settings ?? testSettings(options.settings);
  const world = configured?.world ?? openRuleWorld(settings);
  const lookups = openLookups({ allow: () => [], mapPath: (path) => path, report: () => {} });
  const smtpd = await openSmtpd({
    place: {
      interfaces: settings.get('inet_interfaces'),
      port: settings.get('catch_smtp_port'),
      ...(options.certificate && { certificate: options.certificate }),
      ...(options.isLmtp === true && { isLmtp: true }),
    },
    currentSettings: () => settings,
    service: 'smtp/inet',
    rules: { currentWorld: () => world, decide: (run, options) => lookups.decide(run, options) },
    store,
    accept: (message) => {
      taken.push({ ...message, raw: Buffer.from(message.raw) });
      return options.accept === undefined ? keep(message) : options.accept(message, keep);
    },
    clock: options.clock ?? systemClock,
    log: silentLog,
    ...(starttls && { certificate: async () => (starttls === 'missing' ? undefined : starttls) }),
    ...(options.decide && { decide: options.decide }),
    ...(options.decideContent && { decideContent: options.decideContent }),
  });
  return {
    smtpd,
    store,
    taken,
    async connect() {
      const client = await connectSmtp(smtpd.port);
      await client.reply();
      return client;
    },
    async [Symbol.asyncDispose]() {
      await smtpd[Symbol.asyncDispose]();
      await lookups[Symbol.asyncDispose]();
      await store[Symbol.asyncDispose]();
    },
  };
}
