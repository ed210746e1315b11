import { expect, test } from 'vitest';
import { manualClock } from '../../support/clock.ts';
import { openMailroom, type Mailroom } from '../../support/mailroom.ts';
import { openTestWorld } from '../../support/rule-world.ts';
import { connectSmtp } from '../../support/smtp-client.ts';

/** A listener where this machine is a client as any other. */
async function withListener<T>(
  mainCf: string,
  run: (room: Mailroom) => Promise<T>,
  options: Parameters<typeof openMailroom>[0] = {},
): Promise<T> {
  await using configured = await openTestWorld({
    mainCf: `catch_smtp_port = 0\ninet_interfaces = loopback-only\ncatch_mode = strict\nmynetworks = 192.0.2.0/24\n${mainCf}`,
    masterCf: 'smtp inet n - n - - smtpd\n',
  });
  await using room = await openMailroom({ ...options, configured });
  return await run(room);
}

test('a client with too many connections is hung up on, until one of them ends', async () => {
  await withListener('smtpd_client_connection_count_limit = 1\n', async (room) => {
    const first = await room.connect();
    await using second = await connectSmtp(room.smtpd.port);
    expect(await second.reply()).toEqual([
      expect.stringMatching(/^421 4\.7\.0 \S+ Error: too many connections from 127\.0\.0\.1$/),
    ]);
    await first.say('QUIT');
    first.socket.end();
    second.socket.end();
    await Promise.all([first.closed, second.closed]);
    await using third = await connectSmtp(room.smtpd.port);
    expect(await third.reply()).toEqual([expect.stringMatching(/^220 /)]);
  });
});

test('when the time unit is over a client may send mail again', async () => {
  const clock = manualClock();
  await withListener(
    'smtpd_client_message_rate_limit = 1\nanvil_rate_time_unit = 10s\n',
    async (room) => {
      await using client = await room.connect();
      const replies = await client.say('HELO c', 'MAIL FROM:<>', 'RSET', 'MAIL FROM:<>');
      clock.advance(11_000);
      expect([...replies, ...(await client.say('MAIL FROM:<>'))].slice(1)).toEqual([
        '250 2.1.0 Ok',
        '250 2.0.0 Ok',
        '450 4.7.1 Error: too much mail from 127.0.0.1',
        '250 2.1.0 Ok',
      ]);
    },
    { clock },
  );
});

test('in catch mode the session says what Postfix would say, and the mail is taken', async () => {
  await withListener('catch_mode = catch\nsmtpd_client_message_rate_limit = 1\n', async (room) => {
    const client = await room.connect();
    expect(await client.say('HELO c', 'MAIL FROM:<>', 'RSET', 'MAIL FROM:<>', 'QUIT')).not.toContain('450');
    client.socket.end();
    await client.closed;
    await room.smtpd[Symbol.asyncDispose]();
    const [session] = await room.store.sessions({ limit: 1 });
    expect(session?.lines).toContainEqual(
      expect.objectContaining({
        from: 'note',
        text: '(Postfix would say: 450 4.7.1 Error: too much mail from 127.0.0.1)',
      }),
    );
  });
});

test('who is exempt, as $mynetworks is, may do what it likes', async () => {
  const limits = 'smtpd_client_message_rate_limit = 1\nsmtpd_client_event_limit_exceptions = 127.0.0.0/8\n';
  const replies = await withListener(limits, async (room) => {
    await using client = await room.connect();
    return await client.say('HELO c', 'MAIL FROM:<>', 'RSET', 'MAIL FROM:<>');
  });
  expect(replies.at(-1)).toBe('250 2.1.0 Ok');
});
