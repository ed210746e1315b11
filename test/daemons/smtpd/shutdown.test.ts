import { expect, test } from 'vitest';
import { openMailroom } from '../../support/mailroom.ts';

const ENVELOPE = ['EHLO c', 'MAIL FROM:<a@b.test>', 'RCPT TO:<c@d.test>', 'DATA'];
const GOODBYE = '421 4.3.2 mail.example.com Service shutting down';

test('when the server stops, an idle session is told so and closed', async () => {
  await using room = await openMailroom();
  await using client = await room.connect();
  await client.say('EHLO c');

  const stopping = room.smtpd[Symbol.asyncDispose]();

  expect(await client.reply()).toEqual([GOODBYE]);
  expect(await client.reply()).toBeUndefined();
  await stopping;
});

test('a message that is coming in when the server stops may be finished', async () => {
  await using room = await openMailroom();
  await using client = await room.connect();
  await client.say(...ENVELOPE);
  client.send('hello\r\n');

  const stopping = room.smtpd[Symbol.asyncDispose]();
  client.send('.\r\n');

  expect(await client.reply()).toEqual([expect.stringMatching(/^250 2\.0\.0 Ok: queued as /)]);
  expect(await client.reply()).toEqual([GOODBYE]);
  await stopping;
  expect((await room.store.counts()).total).toBe(1);
});

test('a message that does not end in time is dropped', async () => {
  await using room = await openMailroom();
  await using client = await room.connect();
  await client.say(...ENVELOPE);
  client.send('hello\r\n');

  await room.smtpd[Symbol.asyncDispose]();

  expect(await client.reply()).toBeUndefined();
  expect(room.taken).toHaveLength(0);
});

test('a client that never closes its side does not hold the server up', async () => {
  await using room = await openMailroom();
  await using client = await room.connect();
  client.socket.allowHalfOpen = true;

  await room.smtpd[Symbol.asyncDispose]();

  expect(await client.reply()).toEqual([GOODBYE]);
});

test('it may be stopped twice, and two servers live in one process', async () => {
  await using one = await openMailroom();
  await using other = await openMailroom();
  await one.smtpd[Symbol.asyncDispose]();
  await one.smtpd[Symbol.asyncDispose]();

  await using client = await other.connect();

  expect(await client.say('NOOP')).toEqual(['250 2.0.0 Ok']);
});
