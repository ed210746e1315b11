import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { manualClock } from '../../support/clock.ts';
import { openTestWorld } from '../../support/rule-world.ts';
import { openTalk } from '../../support/smtp-talk.ts';

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

test('while a client that made too many mistakes waits for the last word, nothing that it sent on is done', async () => {
  await using configured = await openTestWorld({
    mainCf: 'smtpd_soft_error_limit = 1\nsmtpd_hard_error_limit = 2\n',
  });
  const clock = manualClock();
  const { conversation, written, session } = await openTalk({ clock, configured });

  conversation.receive(Buffer.from('FOO\r\nFOO\r\nNOOP\r\nNOOP\r\n'), () => {});
  while (!written.join('').includes('421 ')) {
    await setImmediate();
    clock.advance(1000);
  }

  expect(written.join('')).toBe(
    `${'500 5.5.2 Error: command not recognized\r\n'.repeat(2)}421 4.7.0 box.localdomain Error: too many errors\r\n`,
  );
  expect(session.where).toBe('UNKNOWN');
});
