import { expect, test } from 'vitest';
import { systemClock } from '../../../src/clock.ts';
import { openDialogue } from '../../../src/daemons/smtpd/dialogue.ts';
import type { SessionId, SessionUpdate } from '../../../src/store/session.ts';
import type { Store } from '../../../src/store/store.ts';
import { openMailroom } from '../../support/mailroom.ts';

const START = {
  startedAtMs: 0,
  client: { address: '127.0.0.1', port: 1 },
  server: { address: '127.0.0.1', port: 2 },
};

/** A journal that a test can read. */
function openJournal(): Pick<Store, 'journal'> & { readonly updates: readonly SessionUpdate[] } {
  const updates: SessionUpdate[] = [];
  return { updates, journal: (update) => void updates.push(update) };
}

async function readSession(store: Store): Promise<readonly string[]> {
  const [session] = await store.sessions({ limit: 1 });
  return session?.lines.map(({ from, text }) => `${from}: ${text}`) ?? [];
}

test('a session is written down: what was said, but neither content nor passwords', async () => {
  await using room = await openMailroom();
  await using client = await room.connect();
  await client.say(
    'EHLO client.test',
    'AUTH PLAIN AGFkYQBzZWNyZXQ=',
    'MAIL FROM:<é@b.test> SMTPUTF8',
    'RCPT TO:<c@d.test>',
  );
  await client.say('DATA', 'Subject: private\r\n\r\nbody\r\n.', 'QUIT');
  await client.closed;
  await room.smtpd[Symbol.asyncDispose]();

  const lines = await readSession(room.store);
  const [session] = await room.store.sessions({ limit: 1 });
  const [message] = await room.store.list({});

  expect(lines.filter((line) => !line.startsWith('server: 250-'))).toEqual([
    'server: 220 mail.example.com ESMTP Postfix',
    'client: EHLO client.test',
    'server: 250 CHUNKING',
    'client: AUTH PLAIN ****',
    'server: 235 2.7.0 Authentication successful',
    'client: MAIL FROM:<é@b.test> SMTPUTF8',
    'server: 250 2.1.0 Ok',
    'client: RCPT TO:<c@d.test>',
    'server: 250 2.1.5 Ok',
    'client: DATA',
    'server: 354 End data with <CR><LF>.<CR><LF>',
    'note: (26 octets of content)',
    `server: 250 2.0.0 Ok: queued as ${message?.id ?? ''}`,
    'client: QUIT',
    'server: 221 2.0.0 Bye',
  ]);
  expect(session).toMatchObject({ helo: 'client.test', username: 'ada', queueIds: [message?.id] });
  expect(session?.endedAtMs).toBeGreaterThanOrEqual(session?.startedAtMs ?? Infinity);
});

test('a message points at its own lines, from MAIL to its 250', async () => {
  await using room = await openMailroom();
  await using client = await room.connect();
  await client.say('HELO c', 'NOOP');
  await client.say('MAIL FROM:<a@b.test>', 'RCPT TO:<c@d.test>', 'DATA', '.', 'NOOP', 'QUIT');
  await client.closed;
  await room.smtpd[Symbol.asyncDispose]();

  const lines = await readSession(room.store);
  const [message] = await room.store.list({});

  expect(lines.slice(message?.session?.startLine, message?.session?.endLine)).toEqual([
    'client: MAIL FROM:<a@b.test>',
    'server: 250 2.1.0 Ok',
    'client: RCPT TO:<c@d.test>',
    'server: 250 2.1.5 Ok',
    'client: DATA',
    'server: 354 End data with <CR><LF>.<CR><LF>',
    'note: (0 octets of content)',
    `server: 250 2.0.0 Ok: queued as ${message?.id ?? ''}`,
  ]);
});

test('commands that came before the reply to the one above are marked', async () => {
  await using room = await openMailroom();
  await using client = await room.connect();
  await client.say('EHLO c');
  client.send('MAIL FROM:<a@b.test>\r\nRCPT TO:<c@d.test>\r\nDATA\r\n');
  for (const _ of ['MAIL', 'RCPT', 'DATA']) await client.reply();
  client.send('body\r\n.\r\nNOOP\r\n');
  for (const _ of ['.', 'NOOP']) await client.reply();
  await client.say('QUIT');
  await client.closed;
  await room.smtpd[Symbol.asyncDispose]();

  const [session] = await room.store.sessions({ limit: 1 });
  const pipelined = session?.lines.filter(({ isPipelined }) => isPipelined).map(({ text }) => text);

  expect(pipelined).toEqual(['RCPT TO:<c@d.test>', 'DATA', 'NOOP']);
});

test('nothing of a LOGIN exchange is written down', async () => {
  await using room = await openMailroom();
  await using client = await room.connect();
  await client.say('AUTH LOGIN', 'YWRh', 'c2VjcmV0', 'auth  login  YWRh');
  client.send('AUTH PLAIN c2VjcmV0\xff\r\n');
  await client.reply();
  await client.say('QUIT');
  await client.closed;
  await room.smtpd[Symbol.asyncDispose]();

  const said = (await readSession(room.store)).filter((line) => line.startsWith('client: '));

  expect(said).toEqual([
    'client: AUTH LOGIN',
    'client: ****',
    'client: ****',
    'client: auth login ****',
    'client: AUTH PLAIN ****',
    'client: QUIT',
  ]);
});

test('a connection that breaks in DATA leaves no message, but its session says what happened', async () => {
  await using room = await openMailroom();
  await using client = await room.connect();
  await client.say('EHLO c', 'MAIL FROM:<a@b.test>', 'RCPT TO:<c@d.test>', 'DATA');

  client.send('half a mess');
  client.socket.end();
  await client.closed;
  await room.smtpd[Symbol.asyncDispose]();

  const [session] = await room.store.sessions({ limit: 1, withoutMail: true });
  expect((await room.store.counts()).total).toBe(0);
  expect(session?.lines.at(-1)?.text).toBe('(connection lost after DATA and 11 octets of content)');
  expect(session?.queueIds).toHaveLength(1);
});

test('invalid UTF-8 is written down as numbers', async () => {
  await using room = await openMailroom();
  await using client = await room.connect();
  client.send('NOOP \xff\r\n');
  await client.reply();
  await client.say('QUIT');
  await client.closed;
  await room.smtpd[Symbol.asyncDispose]();

  expect(await readSession(room.store)).toContain('client: NOOP \\xFF');
});

test('lines are handed over in batches, not one by one', () => {
  const store = openJournal();
  const dialogue = openDialogue('s' as SessionId, START, { store, clock: systemClock });

  for (let count = 0; count < 1000; count += 1) dialogue.client('NOOP');
  dialogue.end();

  expect(store.updates.length).toBeLessThan(10);
  expect(store.updates.flatMap(({ lines = [] }) => lines)).toHaveLength(1000);
  expect(store.updates.filter(({ start }) => start !== undefined)).toHaveLength(1);
});

test('what could not be kept with a message is kept later, in its place', () => {
  const store = openJournal();
  const dialogue = openDialogue('s' as SessionId, START, { store, clock: systemClock });
  dialogue.client('one');
  const lost = dialogue.take();
  dialogue.client('two');

  dialogue.giveBack(lost);
  dialogue.end();

  expect(store.updates).toMatchObject([{ start: START, lines: [{ text: 'one' }, { text: 'two' }] }]);
});

test('of an endless dialogue no more is kept in memory than the store would take', () => {
  const store = openJournal();
  const dialogue = openDialogue('s' as SessionId, START, { store, clock: systemClock });

  for (let count = 0; count < 10_000; count += 1) dialogue.client('x'.repeat(1000));
  dialogue.end();

  expect(store.updates.flatMap(({ lines = [] }) => lines).length).toBeLessThan(600);
  expect(dialogue.lineCount).toBe(10_000);
});
