import { expect, test } from 'vitest';
import { openChaos, type Chaos } from '../../../src/daemons/smtpd/chaos.ts';
import { explain } from '../../../src/rules/explain.ts';
import { openRuleWorld } from '../../../src/settings/rule-world.ts';
import { toMail } from '../../../src/store/mail-of.ts';
import { manualClock, type ManualClock } from '../../support/clock.ts';
import { openMailroom, type Mailroom } from '../../support/mailroom.ts';
import { testSettings } from '../../support/settings.ts';

const CONTENT = 'Subject: x\r\n\r\nx\r\n.';
const MAIL = ['EHLO app.test', 'MAIL FROM:<app@acme.test>', 'RCPT TO:<ada@example.com>', 'DATA', CONTENT];

async function openFaultyRoom(
  rules: string,
  options: { readonly clock?: ManualClock } = {},
): Promise<Mailroom & { readonly chaos: Chaos }> {
  const settings = { catch_chaos: rules };
  const chaos = openChaos(() => testSettings(settings));
  const room = await openMailroom({
    settings,
    decide: (command, session) => chaos.decide(command, session),
    ...options,
  });
  return { ...room, chaos };
}

/** What a client is told that says all this, one after the other, however it is answered. */
async function converse(room: Mailroom, lines: readonly string[]): Promise<string> {
  await using client = await room.connect();
  return (await client.say(...lines)).map((reply) => reply.replace(/\n.*/s, '').replace(/as \w+$/, 'as ID')).join(', ');
}

test.for([
  { rule: 'at=helo, reply=451 4.3.2 Busy', replies: '451 4.3.2 Busy, 250 2.1.0 Ok' },
  { rule: 'at=mail, sender=app@*, reply=450 Not now', replies: '250-mail.test, 450 Not now' },
  { rule: 'at=mail, sender=other@*, reply=450 Not now', replies: '250-mail.test, 250 2.1.0 Ok' },
  { rule: 'at=mail, disconnect', replies: '250-mail.test, (closed)' },
  { rule: 'at=mail, reply=421 4.7.0 Too many mails', replies: '250-mail.test, 421 4.7.0 Too many mails' },
])('with { $rule } a client is told $replies', async ({ rule, replies }) => {
  await using room = await openFaultyRoom(`{ ${rule} }`);
  expect((await converse(room, MAIL.slice(0, 2))).replace(/250-[^,]*/, '250-mail.test')).toBe(replies);
});

test('at the connection it is a greeting that refuses', async () => {
  await using room = await openFaultyRoom('{ at=connect, first=1, reply=421 4.3.2 No more connections }');
  await using first = await room.connect();
  await first.closed;
  expect(await converse(room, ['NOOP'])).toBe('250 2.0.0 Ok');
});

test('a list that greets a recipient with 450 the first time takes it the second', async () => {
  await using room = await openFaultyRoom(
    '{ at=rcpt, first=1, per=client sender recipient, reply=450 4.2.0 Greylisted }',
  );
  await using client = await room.connect();
  const answers = await client.say(...MAIL.slice(0, 3), MAIL[2] ?? '', 'RCPT TO:<bob@example.com>');
  expect(answers.slice(2)).toEqual(['450 4.2.0 Greylisted', '250 2.1.5 Ok', '450 4.2.0 Greylisted']);
});

test('a part of the recipients is taken', async () => {
  await using room = await openFaultyRoom('{ at=rcpt, every=2, reply=452 4.2.2 Mailbox full }');
  await using client = await room.connect();
  await client.say(...MAIL.slice(0, 3), 'RCPT TO:<bob@example.com>', 'RCPT TO:<eve@example.com>', 'DATA', CONTENT);
  expect(room.taken[0]?.envelope.recipients.map(({ address }) => address)).toEqual([
    'ada@example.com',
    'eve@example.com',
  ]);
});

test('a message that is refused at its end isn’t kept; the next time it is', async () => {
  await using room = await openFaultyRoom('{ at=message, recipient=ada@*, first=1, reply=451 4.3.0 Try again }');
  await using client = await room.connect();
  expect((await client.say(...MAIL)).at(-1)).toBe('451 4.3.0 Try again');
  expect(room.taken).toEqual([]);
  expect((await client.say(...MAIL.slice(1))).at(-1)).toMatch(/^250 2\.0\.0 Ok: queued as /);
  expect(room.taken).toHaveLength(1);
});

test.for([
  { rule: 'reply=451 4.3.0 Try again', said: '451 4.3.0 Try again' },
  { rule: 'disconnect', said: '(closed)' },
])('a message is kept, and its client hears $said', async ({ rule, said }) => {
  await using room = await openFaultyRoom(`{ at=kept, ${rule} }`);
  await using client = await room.connect();
  expect((await client.say(...MAIL)).at(-1)).toBe(said);
  expect(await room.store.list({})).toHaveLength(1);
});

test('who waits is answered when its time has come, and others meanwhile', async () => {
  const clock = manualClock();
  await using room = await openFaultyRoom('{ at=mail, helo=slow.test, delay=1h }', { clock });
  await using slow = await room.connect();
  await slow.say('EHLO slow.test');
  slow.send('MAIL FROM:<app@acme.test>\r\n');
  let isAnswered = false;
  const answer = slow.reply().finally(() => (isAnswered = true));
  expect(await converse(room, MAIL)).toMatch(/queued as ID$/);
  expect(isAnswered).toBe(false);

  clock.advance(3_600_000);

  expect(await answer).toEqual(['250 2.1.0 Ok']);
});

test('content is read at its pace', async () => {
  const clock = manualClock();
  await using room = await openFaultyRoom('{ at=data, rate=10 }', { clock });
  await using client = await room.connect();
  await client.say(...MAIL.slice(0, 4));
  client.send(`${CONTENT}\r\n`);
  let waitedMs = 0;
  const waitAndSee = () => {
    clock.advance(100);
    waitedMs += 100;
    return room.taken.length;
  };
  await expect.poll(waitAndSee, { interval: 1 }).toBe(1);

  expect((await client.reply())?.[0]).toMatch(/^250 2\.0\.0 Ok: queued as /);
  expect(waitedMs).toBeGreaterThanOrEqual(CONTENT.length * 100);
});

test('a server that stops doesn’t wait for whoever waits', async () => {
  await using room = await openFaultyRoom('{ at=mail, delay=1h }');
  await using client = await room.connect();
  await client.say('EHLO app.test');
  client.send('MAIL FROM:<app@acme.test>\r\n');
  await room.smtpd[Symbol.asyncDispose]();
  await client.closed;
});

test('the dialogue and the journey say what was done on purpose', async () => {
  await using room = await openFaultyRoom('{ at=rcpt, first=1, reply=450 4.2.0 Greylisted }, { at=data, rate=100000 }');
  await using client = await room.connect();
  await client.say(...MAIL.slice(0, 3), 'RSET', ...MAIL.slice(1));
  const [message] = room.taken;
  if (message === undefined) throw new Error('nothing was taken');

  const session = await room.store.session(message.session?.id ?? ('' as never));
  expect(session?.lines.filter(({ from }) => from === 'note').map(({ text }) => text)).toContain(
    '(catch_chaos: { at=rcpt, first=1, reply=450 4.2.0 Greylisted })',
  );
  const mail = toMail(message, { raw: message.raw, nowMs: 0 });
  const { journey } = explain(mail, openRuleWorld(testSettings()));
  expect(journey.messages[0]?.steps.filter(({ stage }) => stage === 'chaos')).toEqual([
    {
      stage: 'chaos',
      parameter: 'catch_chaos',
      key: 'RCPT ada@example.com',
      result: '450 4.2.0 Greylisted',
      note: '{ at=rcpt, first=1, reply=450 4.2.0 Greylisted }',
    },
    {
      stage: 'chaos',
      parameter: 'catch_chaos',
      key: 'DATA',
      result: 'late',
      note: '{ at=data, rate=100000 }',
    },
  ]);
});

test('errors that were made on purpose aren’t held against the client', async () => {
  await using room = await openFaultyRoom('{ at=mail, reply=450 Not now }');
  await using client = await room.connect();
  await client.say('EHLO app.test');
  const answers = await client.say(...Array.from({ length: 30 }, () => 'MAIL FROM:<app@acme.test>'));
  expect(new Set(answers)).toEqual(new Set(['450 Not now']));
});

test('what the API sets takes the place of what was configured, until it is taken back', async () => {
  await using room = await openFaultyRoom('{ at=mail, reply=450 Configured }');
  const said = async (): Promise<string> => (await converse(room, MAIL.slice(0, 2))).replace(/^[^,]*, /, '');
  expect(await said()).toBe('450 Configured');
  room.chaos.replace({ extra: [], rules: [{ at: 'mail', reply: '450 Asked for' }] });
  expect(await said()).toBe('450 Asked for');
  {
    using added = room.chaos.add({ at: 'mail', reply: '450 Added' });
    expect(await said()).toBe('450 Added');
    expect(added.count()).toMatchObject({ seen: 1, struck: 1 });
  }
  expect(await said()).toBe('450 Asked for');
  room.chaos.replace({ extra: [], rules: undefined });
  expect(await said()).toBe('450 Configured');
});
