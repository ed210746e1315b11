import { expect, test } from 'vitest';
import { connectSmtp } from '../../support/smtp-client.ts';
import { openMailroom } from '../../support/mailroom.ts';
import { openTestWorld } from '../../support/rule-world.ts';

const HEADER = 'PROXY TCP4 192.0.2.7 10.1.2.3 5555 25\r\n';
const MAIN_CF = 'catch_smtp_port = 0\ninet_interfaces = 127.0.0.1\n';

test('the client is the one that the proxy tells of, in pieces of any size, and what follows is heard', async () => {
  await using configured = await openTestWorld({ mainCf: `${MAIN_CF}smtpd_upstream_proxy_protocol = haproxy\n` });
  await using room = await openMailroom({ configured });
  await using client = await connectSmtp(room.smtpd.port);
  client.send(HEADER.slice(0, 20));
  client.send(`${HEADER.slice(20)}EHLO c.test\r\n`);

  const [banner, ehlo] = [await client.reply(), await client.reply()];
  await client.say('MAIL FROM:<a@b.test>', 'RCPT TO:<c@d.test>', 'DATA', 'Subject: x\r\n\r\nx\r\n.');

  expect(banner?.[0]).toMatch(/^220 /);
  expect(ehlo?.[0]).toMatch(/^250-/);
  expect(room.taken).toMatchObject([{ entrance: { client: { address: '192.0.2.7', port: '5555', name: 'unknown' } } }]);
});

test('nobody is believed where the listener’s parameter doesn’t say so', async () => {
  await using configured = await openTestWorld({ mainCf: MAIN_CF });
  await using room = await openMailroom({ configured });
  await using client = await connectSmtp(room.smtpd.port);
  client.send(HEADER);

  expect([await client.reply(), await client.reply()]).toEqual([
    [expect.stringMatching(/^220 /)],
    ['500 5.5.2 Error: command not recognized'],
  ]);
});

test('whoever goes before the header is complete harms nobody', async () => {
  await using configured = await openTestWorld({ mainCf: `${MAIN_CF}smtpd_upstream_proxy_protocol = haproxy\n` });
  await using room = await openMailroom({ configured });
  const gone = await connectSmtp(room.smtpd.port);
  gone.send('PROXY ');
  await gone[Symbol.asyncDispose]();
  await using client = await connectSmtp(room.smtpd.port);
  client.send(HEADER);

  expect((await client.reply())?.[0]).toMatch(/^220 /);
});
