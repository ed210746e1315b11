import { expect, test } from 'vitest';
import { openMailroom } from '../../support/mailroom.ts';

const MAIL = 'Subject: x\r\n\r\nHello.\r\n.';

test('behind the content there is a reply for each recipient that was taken, in their order', async () => {
  await using room = await openMailroom({ isLmtp: true });
  await using client = await room.connect();
  await client.say(
    'LHLO c.test',
    'MAIL FROM:<a@b.test>',
    'RCPT TO:<c@d.test>',
    'RCPT TO:<e@f.test>',
    'RCPT TO:c@',
    'DATA',
  );

  client.send(`${MAIL}\r\n`);
  const replies = [await client.reply(), await client.reply()];
  const [next] = await client.say('NOOP');

  const id = room.taken[0]?.id;
  expect(replies).toEqual([[`250 2.0.0 Ok: queued as ${id ?? ''}`], [`250 2.0.0 Ok: queued as ${id ?? ''}`]]);
  expect(next).toBe('250 2.0.0 Ok');
  expect(room.taken).toMatchObject([{ entrance: { protocol: 'LMTP', helo: 'c.test' } }]);
});

test('of chunks only the last has a reply for each recipient', async () => {
  await using room = await openMailroom({ isLmtp: true });
  await using client = await room.connect();
  await client.say('LHLO c.test', 'MAIL FROM:<a@b.test>', 'RCPT TO:<c@d.test>', 'RCPT TO:<e@f.test>');

  client.send('BDAT 3\r\nx\r\nBDAT 3 LAST\r\ny\r\nNOOP\r\n');
  const replies = [await client.reply(), await client.reply(), await client.reply(), await client.reply()];

  expect(replies.map((reply) => reply?.[0]?.replace(/ queued.*/, ''))).toEqual([
    '250 2.0.0 Ok: 3 bytes',
    '250 2.0.0 Ok: 6 bytes',
    '250 2.0.0 Ok: 6 bytes',
    '250 2.0.0 Ok',
  ]);
});

test('a message that is refused is refused for each recipient', async () => {
  await using room = await openMailroom({ isLmtp: true, settings: { message_size_limit: '10' } });
  await using client = await room.connect();
  await client.say('LHLO c.test', 'MAIL FROM:<a@b.test>', 'RCPT TO:<c@d.test>', 'RCPT TO:<e@f.test>', 'DATA');

  client.send(`${MAIL}\r\n`);

  expect([await client.reply(), await client.reply()]).toEqual([
    ['552 5.3.4 Error: message file too big'],
    ['552 5.3.4 Error: message file too big'],
  ]);
});

test.for([
  { isLmtp: true, taken: 'LHLO', others: ['HELO c.test', 'EHLO c.test'] },
  { isLmtp: false, taken: 'EHLO', others: ['LHLO c.test'] },
])('$taken is how a client greets where LMTP is $isLmtp', async ({ isLmtp, taken, others }) => {
  await using room = await openMailroom({ isLmtp });
  await using client = await room.connect();

  const replies = await client.say(...others, `${taken} c.test`);

  expect(replies.map((reply) => reply.slice(0, 3))).toEqual([...others.map(() => '500'), '250']);
});
