import { systemClock, type Clock } from '../../src/clock.ts';
import { openClientRates } from '../../src/daemons/smtpd/client-rates.ts';
import { openConversation } from '../../src/daemons/smtpd/conversation.ts';
import { openIntakeBudget } from '../../src/daemons/smtpd/intake-budget.ts';
import { openSession } from '../../src/daemons/smtpd/session.ts';
import { silentLog } from '../../src/log.ts';
import { openLookups } from '../../src/lookups/lookups.ts';
import { openMemoryStore } from '../../src/store/memory/memory-store.ts';
import type { TestWorld } from './rule-world.ts';
import { testSettings } from './settings.ts';

/** A conversation over a wire that a test holds both ends of. */
export async function openTalk(
  options: { readonly budgetBytes?: number; readonly clock?: Clock; readonly configured?: TestWorld } = {},
) {
  const { clock = systemClock, configured } = options;
  const lookups = openLookups({ allow: () => [], mapPath: (path) => path, report: () => {} });
  const store = await openMemoryStore({ clock: systemClock });
  const budget = openIntakeBudget(options.budgetBytes ?? 1e6);
  const session = openSession(
    {
      currentSettings: () => configured?.settings ?? testSettings(),
      store,
      accept: (message) => store.put(message).then(({ id }) => id),
      clock,
      log: silentLog,
      decide: undefined,
      decideContent: undefined,
      service: 'smtp/inet',
      currentRules: configured && {
        currentWorld: () => configured.world,
        decide: (run, how) => lookups.decide(run, how),
      },
      certificate: undefined,
      budget,
      rates: openClientRates({ clock }),
      stats: { accepted: 0, acceptedBytes: 0, rejected: 0, ignored: 0 },
    },
    {
      start: { startedAtMs: 0, client: { address: '127.0.0.1', port: 1 }, server: { address: '127.0.0.1', port: 2 } },
      tls: undefined,
      signal: new AbortController().signal,
    },
  );
  const written: string[] = [];
  const wire = { full: false, isHungUp: false, drain: () => {} };
  const conversation = openConversation(session, {
    write: (text) => {
      written.push(text);
      return !wire.full;
    },
    whenDrained: (callback) => void (wire.drain = callback),
    hangUp: () => void (wire.isHungUp = true),
    startTls: () => {},
  });
  return { conversation, written, wire, budget, session, store };
}
