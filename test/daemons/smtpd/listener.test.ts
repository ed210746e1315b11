import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { connectSmtp } from '../../support/smtp-client.ts';
import { openMailroom } from '../../support/mailroom.ts';

const ENVELOPE = ['EHLO client.test', 'MAIL FROM:<a@b.test>', 'RCPT TO:<c@d.test>', 'DATA'];

test('the greeting is the banner, without delay, and EHLO says what we can do in the order of Postfix', async () => {
  await using room = await openMailroom({ settings: { smtpd_banner: '$myhostname ESMTP hello' } });
  await using client = await connectSmtp(room.smtpd.port);

  const greeting = await client.reply();
  const ehlo = await client.say('EHLO client.test');

  expect(greeting).toEqual(['220 mail.example.com ESMTP hello']);
  expect(ehlo).toEqual([
    [
      '250-mail.example.com',
      '250-PIPELINING',
      '250-SIZE 52428800',
      '250-VRFY',
      '250-ETRN',
      '250-AUTH PLAIN LOGIN XOAUTH2',
      '250-ENHANCEDSTATUSCODES',
      '250-8BITMIME',
      '250-DSN',
      '250-SMTPUTF8',
      '250 CHUNKING',
    ].join('\n'),
  ]);
});

test('both families of the loopback listen on one port, which may be any free one', async () => {
  await using room = await openMailroom();

  const { addresses, port } = room.smtpd;

  expect(addresses).toEqual([
    { address: '127.0.0.1', port },
    { address: '::1', port },
  ]);
  await using client = await connectSmtp(port, '::1');
  expect(await client.reply()).toEqual(['220 mail.example.com ESMTP Postfix']);
});

test.for([
  { interfaces: 'all', addresses: ['0.0.0.0', '::'] },
  { interfaces: '127.0.0.1', addresses: ['127.0.0.1'] },
  { interfaces: '[::1]', addresses: ['::1'] },
  { interfaces: '127.0.0.2, loopback-only', addresses: ['127.0.0.2', '127.0.0.1', '::1'] },
])('inet_interfaces = $interfaces listens at $addresses', async ({ interfaces, addresses }) => {
  await using room = await openMailroom({ settings: { inet_interfaces: interfaces } });

  expect(room.smtpd.addresses.map(({ address }) => address)).toEqual(addresses);
});

test('a port in use is reported with its code, address and number', async () => {
  const other = createServer();
  await once(other.listen(0, '127.0.0.1'), 'listening');
  const { port } = other.address() as AddressInfo;

  const opening = openMailroom({ settings: { catch_smtp_port: String(port) } });

  await expect(opening).rejects.toMatchObject({ code: 'EADDRINUSE', address: '127.0.0.1', port });
  other.close();
});

test('if one address cannot be had, none is listened at', async () => {
  const other = createServer();
  await once(other.listen(0, '127.0.0.1'), 'listening');
  const { port } = other.address() as AddressInfo;
  other.close();
  await once(other, 'close');

  const opening = openMailroom({
    settings: { catch_smtp_port: String(port), inet_interfaces: '127.0.0.1, 192.0.2.1' },
  });

  await expect(opening).rejects.toMatchObject({ code: 'EADDRNOTAVAIL', address: '192.0.2.1', port });
  await expect(connectSmtp(port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

test('a message is kept before 250 is said, and 250 names its ID', async () => {
  let keepIt = () => {};
  const held = new Promise<void>((resolve) => (keepIt = resolve));
  await using room = await openMailroom({ accept: (message, keep) => held.then(() => keep(message)) });
  await using client = await room.connect();
  await client.say(...ENVELOPE);

  client.send('Subject: x\r\n\r\nhello\r\n.\r\n');
  const early = await Promise.race([client.reply(), new Promise((resolve) => setImmediate(resolve, 'nothing'))]);
  const keptEarly = (await room.store.counts()).total;
  keepIt();
  const reply = await client.reply();

  const [message] = await room.store.list({});
  expect({ early, keptEarly, reply }).toEqual({
    early: 'nothing',
    keptEarly: 0,
    reply: [`250 2.0.0 Ok: queued as ${message?.id ?? ''}`],
  });
});

test.for([
  { name: 'NUL, 8-bit and control octets', content: 'a\0b\x01\xff\xfe\x7f\r\n' },
  { name: 'bare LF and bare CR', content: 'a\nb\rc\r\r\n' },
  { name: 'a line of 2 MB', content: `${'x'.repeat(2 * 1024 * 1024)}\r\n` },
  { name: 'nothing at all', content: '' },
])('$name is kept octet by octet', async ({ content }) => {
  await using room = await openMailroom();
  await using client = await room.connect();
  await client.say(...ENVELOPE);

  client.send(`${content}.\r\n`);
  await client.reply();

  const [message] = await room.store.list({});
  const raw = message && (await room.store.readRaw(message.id));
  expect(Buffer.from(raw ?? []).equals(Buffer.from(content, 'latin1'))).toBe(true);
});

test('every recipient that Postfix would parse is taken, and kept as sent, in order', async () => {
  const recipients = [
    '<root>',
    '<postmaster>',
    '<"john doe"@example.com>',
    '<a..b@x.test>',
    '<.a@x.test>',
    `<${'l'.repeat(500)}@x.test>`,
    '<Ä@x.test>',
    '<A@X.test>',
    '<a@x.test>',
    '<a@x.test>',
    '<@r.test:a@x.test>',
    '<a@[127.0.0.1]>',
  ];
  await using room = await openMailroom();
  await using client = await room.connect();
  await client.say('EHLO c', 'MAIL FROM:<>');

  const replies = await client.say(...recipients.map((one) => `RCPT TO:${one}`));
  await client.say('DATA', '.');

  expect(new Set(replies)).toEqual(new Set(['250 2.1.5 Ok']));
  expect(room.taken[0]?.envelope.recipients.map(({ address }) => `<${address}>`)).toEqual(recipients);
});

test('thousands of recipients in one write are taken, up to smtpd_recipient_limit', async () => {
  await using room = await openMailroom({ settings: { smtpd_recipient_limit: '5000' } });
  await using client = await room.connect();
  const rcpts = Array.from({ length: 5001 }, (_, index) => `RCPT TO:<user${index}@x.test>\r\n`);
  client.send(`EHLO c\r\nMAIL FROM:<a@b.test>\r\n${rcpts.join('')}DATA\r\n.\r\n`);

  const replies: string[] = [];
  while (replies.length < 5005) replies.push((await client.reply())?.at(-1) ?? '(closed)');

  expect(replies[5002]).toBe('452 4.5.3 Error: too many recipients');
  expect(room.taken[0]?.envelope.recipients).toHaveLength(5000);
});

test('what was asked of the transport is kept as it was asked', async () => {
  await using room = await openMailroom();
  await using client = await room.connect();

  await client.say(
    'EHLO c',
    'MAIL FROM:<a@b.test> SIZE=10 BODY=8bitmime SMTPUTF8 RET=hdrs ENVID=a+2Bb AUTH=<>',
    'RCPT TO:<c@d.test> NOTIFY=success,FAILURE ORCPT=rfc822;c+40d',
    'DATA',
    '.',
  );

  expect(room.taken[0]?.envelope).toEqual({
    reversePath: 'a@b.test',
    recipients: [{ address: 'c@d.test', notify: ['SUCCESS', 'FAILURE'], orcpt: 'rfc822;c+40d', reply: '250 2.1.5 Ok' }],
    smtputf8: true,
    body: '8BITMIME',
    ret: 'HDRS',
    envid: 'a+2Bb',
    auth: '<>',
    declaredSizeBytes: 10,
  });
});

test('pipelined replies go out in one write', async () => {
  await using room = await openMailroom();
  await using client = await room.connect();
  const writes: string[] = [];
  client.socket.on('data', (chunk: Buffer) => writes.push(chunk.toString()));

  client.send('EHLO c\r\nMAIL FROM:<a@b.test>\r\nRCPT TO:<c@d.test>\r\nDATA\r\n');
  for (let count = 0; count < 4; count += 1) await client.reply();

  expect(writes).toHaveLength(1);
});

test('a client that sends everything and shuts its side down still gets every reply', async () => {
  await using room = await openMailroom();
  await using client = await room.connect();

  client.socket.end('HELO c\r\nMAIL FROM:<a@b.test>\r\nRCPT TO:<c@d.test>\r\nDATA\r\nx\r\n.\r\n');
  const replies: string[] = [];
  for (let reply = await client.reply(); reply; reply = await client.reply()) replies.push(reply.join('\n'));

  expect(replies.at(-1)).toMatch(/^250 2\.0\.0 Ok: queued as /);
  await client.closed;
});

test.for(['GET / HTTP/1.1', 'POST /api HTTP/1.1', 'CONNECT a:25', 'Subject: hi', '.', '\x16\x03\x01'])(
  '%j is no SMTP: it gets one reply and the connection is closed',
  async (line) => {
    await using room = await openMailroom();
    await using client = await room.connect();

    client.send(`${line}\r\nHost: x\r\n\r\nMAIL FROM:<a@b>\r\n`);

    expect(await client.reply()).toEqual(['221 2.7.0 Error: I can break rules, too. Goodbye.']);
    expect(await client.reply()).toBeUndefined();
  },
);

test.for(['<a\rb@c.test>', '<a\0b@c.test>', '<"a\r"@c.test>', 'a\0b@c.test', '<a@c.test\0>'])(
  'an address with a CR or NUL in it is refused: %j',
  async (address) => {
    await using room = await openMailroom();
    await using client = await room.connect();

    client.send(`MAIL FROM:${address}\r\nMAIL FROM:<ok@c.test>\r\nRCPT TO:${address}\r\n`);

    const replies = [await client.reply(), await client.reply(), await client.reply()];
    expect(replies.map((reply) => reply?.[0]?.slice(0, 9))).toEqual(['501 5.1.7', '250 2.1.0', '501 5.1.3']);
  },
);

test('a session that is silent for smtpd_timeout is told so and closed', async () => {
  await using room = await openMailroom({ settings: { smtpd_timeout: '1s' } });
  await using client = await room.connect();

  expect(await client.reply()).toEqual(['421 4.4.2 mail.example.com Error: timeout exceeded']);
  expect(await client.reply()).toBeUndefined();
});

test('counts say what was kept and what was refused', async () => {
  await using room = await openMailroom();
  await using client = await room.connect();
  await client.say(...ENVELOPE, 'hello\r\n.', 'MAIL FROM:<a b>', 'MAIL FROM:<a@b.test>', 'RCPT TO:<>');

  expect(room.smtpd.stats()).toEqual({ accepted: 1, acceptedBytes: 7, rejected: 2, ignored: 0 });
});
