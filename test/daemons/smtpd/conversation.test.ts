import { expect, test } from 'vitest';
import { systemClock } from '../../../src/clock.ts';
import { openConversation } from '../../../src/daemons/smtpd/conversation.ts';
import { openIntakeBudget } from '../../../src/daemons/smtpd/intake-budget.ts';
import { openSession } from '../../../src/daemons/smtpd/session.ts';
import { silentLog } from '../../../src/log.ts';
import { openMemoryStore } from '../../../src/store/memory/memory-store.ts';
import { testSettings } from '../../support/settings.ts';

/** A conversation over a wire that a test holds both ends of. */
async function openTalk(options: { readonly budgetBytes?: number } = {}) {
  const store = await openMemoryStore({ clock: systemClock });
  const budget = openIntakeBudget(options.budgetBytes ?? 1e6);
  const session = openSession(
    {
      currentSettings: () => testSettings(),
      store,
      accept: (message) => store.put(message).then(({ id }) => id),
      clock: systemClock,
      log: silentLog,
      decide: undefined,
      decideContent: undefined,
      service: 'smtp/inet',
      currentRules: undefined,
      certificate: undefined,
      budget,
      stats: { accepted: 0, acceptedBytes: 0, rejected: 0, ignored: 0 },
    },
    {
      start: { startedAtMs: 0, client: { address: '127.0.0.1', port: 1 }, server: { address: '127.0.0.1', port: 2 } },
      isEncrypted: false,
      signal: new AbortController().signal,
    },
  );
  const written: string[] = [];
  const wire = { full: false, drain: () => {} };
  const conversation = openConversation(session, {
    write: (text) => {
      written.push(text);
      return !wire.full;
    },
    whenDrained: (callback) => void (wire.drain = callback),
    hangUp: () => {},
    startTls: () => {},
  });
  return { conversation, written, wire, budget };
}

test('while a client does not read its replies, nothing more is read from it', async () => {
  const { conversation, wire } = await openTalk();
  const used: string[] = [];
  wire.full = true;

  conversation.receive(Buffer.from('NOOP\r\n'), () => void used.push('first'));
  const before = [...used];
  wire.drain();

  expect({ before, after: used }).toEqual({ before: [], after: ['first'] });
});

test('while the memory for content is taken, nothing more is read; then the session goes on', async () => {
  const { conversation, written, budget } = await openTalk({ budgetBytes: 1000 });
  const other = budget.open();
  other.hold(2000);
  const used = new Promise<void>((resolve) => {
    conversation.receive(
      Buffer.from('HELO c\r\nMAIL FROM:<a@b.test>\r\nRCPT TO:<c@d.test>\r\nDATA\r\nhello\r\n.\r\nNOOP\r\n'),
      resolve,
    );
  });
  const silent = conversation.timeOut();

  other[Symbol.dispose]();
  await used;

  expect(silent).toBe(false);
  expect(written.join('')).toMatch(/354 .*\r\n250 2\.0\.0 Ok: queued as \w+\r\n250 2\.0\.0 Ok\r\n$/s);
});
