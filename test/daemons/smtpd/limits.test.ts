import { expect, test } from 'vitest';
import { openMailroom } from '../../support/mailroom.ts';
import { openTestWorld } from '../../support/rule-world.ts';

/** A listener with a main.cf. */
async function say(mainCf: string, ...lines: readonly string[]): Promise<readonly string[]> {
  await using configured = await openTestWorld({
    mainCf: `catch_smtp_port = 0\ninet_interfaces = loopback-only\nsmtpd_error_sleep_time = 0\n${mainCf}`,
    masterCf: 'smtp inet n - n - - smtpd\n',
  });
  await using room = await openMailroom({ configured });
  await using client = await room.connect();
  return await client.say(...lines);
}

test('a client that makes too many mistakes is hung up on', async () => {
  expect(await say('smtpd_hard_error_limit = 2\n', 'FOO', 'BAR', 'NOOP', 'NOOP')).toEqual([
    '500 5.5.2 Error: command not recognized',
    '500 5.5.2 Error: command not recognized',
    expect.stringMatching(/^421 4\.7\.0 \S+ Error: too many errors$/),
    '(closed)',
  ]);
});

test('a message that is taken makes up for all mistakes', async () => {
  const mail = ['MAIL FROM:<a@b.test>', 'RCPT TO:<c@d.test>', 'DATA', 'x\r\n.'];
  const replies = await say('smtpd_hard_error_limit = 2\n', 'FOO', ...mail, 'FOO', 'NOOP');
  expect(replies.at(-1)).toBe('250 2.0.0 Ok');
});

test('commands that send no mail may be said but so often', async () => {
  const replies = await say(
    'smtpd_junk_command_limit = 2\nsmtpd_hard_error_limit = 1\n',
    ...'NOOP '.repeat(5).trim().split(' '),
  );
  expect(replies.map((reply) => reply.slice(0, 3))).toEqual(['250', '250', '250', '250', '421']);
});

test('a few recipients too many are not held against a client', async () => {
  const limits = 'smtpd_recipient_limit = 1\nsmtpd_recipient_overshoot_limit = 2\nsmtpd_hard_error_limit = 2\n';
  const rcpt = Array.from({ length: 6 }, () => 'RCPT TO:<c@d.test>');
  const replies = await say(limits, 'MAIL FROM:<a@b.test>', ...rcpt);
  expect(replies.map((reply) => reply.slice(0, 3))).toEqual(['250', '250', '452', '452', '452', '452', '421']);
});

test('commands that main.cf forbids end the session, those that it takes for NOOP do nothing', async () => {
  const lists = 'smtpd_noop_commands = HELP, regexp:{{/^X/ x}}\nsmtpd_forbidden_commands = FOO\n';
  expect(await say(lists, 'help me', 'XYZ', 'foo', 'NOOP')).toEqual([
    '250 2.0.0 Ok',
    '250 2.0.0 Ok',
    '221 2.7.0 Error: I can break rules, too. Goodbye.',
    '(closed)',
  ]);
});

test.for(['GET / HTTP/1.1', 'POST / HTTP/1.1', 'CONNECT a:25', 'Subject: hi', '{"json":1}', 'From:'])(
  '%s is no SMTP, and ends the session',
  async (line) => {
    expect(await say('', line, 'NOOP')).toEqual(['221 2.7.0 Error: I can break rules, too. Goodbye.', '(closed)']);
  },
);
