import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openMailroom } from '../../support/mailroom.ts';

const ENVELOPE = ['EHLO c.test', 'MAIL FROM:<a@b.test>', 'RCPT TO:<c@d.test>'];

test('chunks are the content, octet for octet: no dot is dropped, and no line end is added', async () => {
  await using room = await openMailroom();
  await using client = await room.connect();
  await client.say(...ENVELOPE);

  client.send('BDAT 15\r\nSubject: x\r\n\r\n.BDAT 7 LAST\r\n\n.\r\n\0\xff\r');

  expect([await client.reply(), await client.reply()].map((lines) => lines?.[0])).toEqual([
    '250 2.0.0 Ok: 15 bytes',
    expect.stringMatching(/^250 2\.0\.0 Ok: \d+ bytes queued as \w+$/),
  ]);
  expect(room.taken.map(({ raw }) => Buffer.from(raw).toString('latin1'))).toEqual([
    'Subject: x\r\n\r\n.\n.\r\n\0\xff\r',
  ]);
});

test('commands and chunks may come in one write, cut anywhere', async () => {
  await using room = await openMailroom();
  const all = `${ENVELOPE.join('\r\n')}\r\nBDAT 4\r\nabc\nBDAT 3 LAST\r\ndefQUIT\r\n`;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat({ max: all.length }), { maxLength: 8 }), async (places) => {
      await using client = await room.connect();
      const bounds = [0, ...places.toSorted((a, b) => a - b), all.length];
      for (const [index, end] of bounds.slice(1).entries()) client.send(all.slice(bounds[index], end));
      await client.closed;
      expect(room.taken.at(-1)).toMatchObject({ raw: Buffer.from('abc\ndef') });
    }),
    { numRuns: 20 },
  );
});

test('a chunk that is refused is read all the same, and so are those behind it', async () => {
  await using room = await openMailroom();
  await using client = await room.connect();

  client.send('EHLO c\r\nBDAT 12\r\nRSET\r\nQUIT\r\nBDAT 6 LAST\r\nQUIT\r\nNOOP\r\n');
  await client.reply();

  expect([await client.reply(), await client.reply(), await client.reply()].map((lines) => lines?.[0])).toEqual([
    '503 5.5.1 Error: need RCPT command',
    '551 5.0.0 Discarded 6 bytes after earlier error',
    '250 2.0.0 Ok',
  ]);
});

test('a chunk beyond the limit takes no memory, and the session goes on', async () => {
  await using room = await openMailroom({ settings: { message_size_limit: '1000' } });
  await using client = await room.connect();
  await client.say(...ENVELOPE);

  client.send(`BDAT 100000 LAST\r\n${'x'.repeat(100_000)}`);

  expect(await client.reply()).toEqual(['552 5.3.4 Chunk exceeds message size limit']);
  expect(await client.say('RSET', 'NOOP')).toEqual(['250 2.0.0 Ok', '250 2.0.0 Ok']);
  expect(room.taken).toEqual([]);
});

test.for(['BDAT', 'BDAT x', 'BDAT -1', 'BDAT 1 FIRST', 'BDAT 1 LAST x', 'BDAT 99999999999999999999'])(
  'the octets behind %s cannot be told from commands: the server hangs up',
  async (command) => {
    await using room = await openMailroom();
    await using client = await room.connect();

    expect(await client.say('EHLO c', command)).toContain('521 5.5.4 Syntax: BDAT count [LAST]');
    expect(await client.reply()).toBeUndefined();
  },
);

test('a connection that breaks within a chunk leaves nothing behind', async () => {
  await using room = await openMailroom();
  const client = await room.connect();
  await client.say(...ENVELOPE);
  client.send('BDAT 100 LAST\r\nabc');
  await client[Symbol.asyncDispose]();
  await using other = await room.connect();

  expect(await other.say('NOOP')).toEqual(['250 2.0.0 Ok']);
  expect(await room.store.list({})).toEqual([]);
});
