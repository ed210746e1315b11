import { expect, test } from 'vitest';
import { openMailroom } from '../../support/mailroom.ts';
import { manualClock } from '../../support/clock.ts';
import { openTestWorld } from '../../support/rule-world.ts';

const TIMEOUT = [expect.stringMatching(/^421 4\.4\.2 \S+ Error: timeout exceeded$/)];

/** A listener with a time limit of 10 s, and the clock that counts it. */
async function openTimedRoom(mainCf: string) {
  const clock = manualClock();
  const configured = await openTestWorld({
    mainCf: `catch_smtp_port = 0\ninet_interfaces = loopback-only\nsmtpd_timeout = 10s\n${mainCf}`,
    masterCf: 'smtp inet n - n - - smtpd\n',
  });
  const room = await openMailroom({ configured, clock });
  return {
    clock,
    room,
    async [Symbol.asyncDispose]() {
      await room[Symbol.asyncDispose]();
      await configured[Symbol.asyncDispose]();
    },
  };
}

test('a command that takes longer than smtpd_timeout, however busy the client is, ends the session', async () => {
  await using timed = await openTimedRoom('smtpd_per_request_deadline = yes\n');
  await using client = await timed.room.connect();
  await client.say('HELO c');
  client.send('NO');
  timed.clock.advance(9000);
  client.send('OP\r\n');
  expect(await client.reply()).toEqual(['250 2.0.0 Ok']);
  client.send('NOO');
  timed.clock.advance(10_000);
  expect(await client.reply()).toEqual(TIMEOUT);
});

test('content gives a client more time by its octets', async () => {
  await using timed = await openTimedRoom('smtpd_per_request_deadline = yes\nsmtpd_min_data_rate = 100\n');
  await using client = await timed.room.connect();
  await client.say('HELO c', 'MAIL FROM:<>', 'RCPT TO:<postmaster>', 'DATA');
  timed.clock.advance(9000);
  expect(await client.say(`${'x'.repeat(500)}\r\n.`)).toEqual([expect.stringMatching(/^250 2\.0\.0 Ok/)]);
  await client.say('MAIL FROM:<>', 'RCPT TO:<postmaster>', 'DATA');
  client.send('x'.repeat(100));
  timed.clock.advance(11_000);
  expect(await client.reply()).toEqual(TIMEOUT);
});

test('without smtpd_per_request_deadline only silence ends the session', async () => {
  await using timed = await openTimedRoom('smtpd_per_request_deadline = no\n');
  await using client = await timed.room.connect();
  await client.say('HELO c');
  timed.clock.advance(60_000);
  expect(await client.say('NOOP')).toEqual(['250 2.0.0 Ok']);
});
