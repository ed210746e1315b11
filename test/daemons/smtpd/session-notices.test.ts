import { expect, test } from 'vitest';
import type { SessionNotice } from '../../../src/store/session.ts';
import { openMailroom } from '../../support/mailroom.ts';
import { openTestWorld } from '../../support/rule-world.ts';

const MAIL = ['MAIL FROM:<a@b.test>', 'RCPT TO:<c@d.test>', 'DATA', 'x\r\n.'];

/** What the postmaster would be told of a session that says these lines, and then is gone. */
async function listNotices(mainCf: string, ...lines: readonly string[]): Promise<readonly SessionNotice[]> {
  await using configured = await openTestWorld({
    mainCf: `catch_smtp_port = 0\ninet_interfaces = loopback-only\nerror_notice_recipient = en\n${mainCf}`,
    masterCf: 'smtp inet n - n - - smtpd\n',
  });
  await using room = await openMailroom({ configured });
  const client = await room.connect();
  await client.say(...lines);
  client.socket.end();
  await client.closed;
  await room.smtpd[Symbol.asyncDispose]();
  const [session] = await room.store.sessions({ limit: 1 });
  return session?.notices ?? [];
}

test('without notify_classes that name it nobody is told of an error', async () => {
  expect(await listNotices('notify_classes = policy\n', 'EHLO c', 'FOO', 'QUIT')).toEqual([]);
});

test('a notice says who is told, why, and which lines it quotes', async () => {
  const [notice, ...others] = await listNotices('notify_classes = protocol\n', 'HELO c', 'FOO', 'QUIT');
  expect(others).toEqual([]);
  expect(notice).toMatchObject({
    service: 'smtp/inet',
    recipient: 'en',
    classes: ['protocol'],
    peer: 'localhost[127.0.0.1]',
    startLine: 0,
    endLine: 7,
  });
  expect(notice).not.toHaveProperty('reason');
});

test('a client that goes away without QUIT has lost the connection', async () => {
  expect(await listNotices('notify_classes = protocol\n', 'HELO c', 'FOO')).toMatchObject([
    { reason: 'lost connection' },
  ]);
});

test('a message that is taken makes up for the errors before it, not for those behind', async () => {
  expect(await listNotices('notify_classes = protocol\n', 'FOO', ...MAIL, 'QUIT')).toEqual([]);
  expect(await listNotices('notify_classes = protocol\n', ...MAIL, 'FOO', 'QUIT')).toHaveLength(1);
});

test('a client that goes on and on makes but so many notices', async () => {
  const again = Array.from({ length: 30 }, () => ['FOO', 'RSET']).flat();
  const limits = 'smtpd_hard_error_limit = 100\nsmtpd_soft_error_limit = 100\nsmtpd_history_flush_threshold = 1\n';
  expect(await listNotices(`notify_classes = protocol\n${limits}`, ...again, 'QUIT')).toHaveLength(20);
});
