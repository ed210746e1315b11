import { once } from 'node:events';
import { connect, type TLSSocket } from 'node:tls';
import { beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../../src/clock.ts';
import { provideCertificate, type Certificate } from '../../../src/daemons/smtpd/certificate.ts';
import { openMailroom } from '../../support/mailroom.ts';
import { openTestWorld } from '../../support/rule-world.ts';
import type { SmtpClient } from '../../support/smtp-client.ts';

let certificate: Certificate;
beforeAll(async () => {
  certificate = await provideCertificate({ directory: undefined, names: ['localhost'], clock: systemClock });
});

const settings = { smtpd_tls_security_level: 'may' };

/** Goes on in TLS, and says one line after the other. */
async function secure({ socket }: SmtpClient): Promise<{ say(...lines: string[]): Promise<string[]> } & Disposable> {
  socket.removeAllListeners('data');
  const secured: TLSSocket = connect({ socket, ca: certificate.chain, servername: 'localhost' });
  await once(secured, 'secureConnect');
  let text = '';
  secured.on('data', (chunk: Buffer) => void (text += chunk.toString()));
  return {
    async say(...lines) {
      const replies: string[] = [];
      for (const line of lines) {
        text = '';
        secured.write(`${line}\r\n`);
        while (!/^\d{3} .*\r\n$/m.test(text)) await once(secured, 'data');
        replies.push(text.trim());
      }
      return replies;
    },
    [Symbol.dispose]: () => void secured.destroy(),
  };
}

test('STARTTLS goes on in TLS, and mail says so', async () => {
  await using room = await openMailroom({ settings, starttls: certificate });
  await using client = await room.connect();
  const [ehlo, ready] = await client.say('EHLO c.test', 'STARTTLS');
  using secured = await secure(client);

  const [again, ...replies] = await secured.say(
    'EHLO c.test',
    'MAIL FROM:<a@b.test>',
    'RCPT TO:<c@d.test>',
    'DATA',
    'Subject: x\r\n\r\nx\r\n.',
  );

  expect(ehlo).toContain('250-STARTTLS');
  expect(ready).toBe('220 2.0.0 Ready to start TLS');
  expect(again).not.toContain('STARTTLS');
  expect(replies.map((reply) => reply.slice(0, 3))).toEqual(['250', '250', '354', '250']);
  expect(room.taken).toMatchObject([{ entrance: { client: { isEncrypted: true }, helo: 'c.test' } }]);
});

test('what was said before TLS is forgotten, and what came behind STARTTLS is thrown away', async () => {
  await using room = await openMailroom({ settings, starttls: certificate });
  await using client = await room.connect();
  await client.say('EHLO before.test', 'AUTH PLAIN AGFkYQBz');
  client.send('STARTTLS\r\nMAIL FROM:<smuggled@b.test>\r\nRCPT TO:<c@d.test>\r\n');
  await client.reply();
  using secured = await secure(client);

  expect(await secured.say('RCPT TO:<c@d.test>', 'AUTH PLAIN AGJvYgBz', 'STARTTLS')).toEqual([
    '503 5.5.1 Error: need MAIL command',
    '235 2.7.0 Authentication successful',
    '554 5.5.1 Error: TLS already active',
  ]);
});

test('where TLS is demanded, nothing else goes without it', async () => {
  await using room = await openMailroom({
    starttls: certificate,
    settings: { smtpd_tls_security_level: 'encrypt' },
  });
  await using client = await room.connect();
  const must = '530 5.7.0 Must issue a STARTTLS command first';

  expect(await client.say('NOOP', 'MAIL FROM:<a@b.test>', 'AUTH PLAIN =', 'RSET', 'VRFY a', 'STARTTLS')).toEqual([
    '250 2.0.0 Ok',
    must,
    must,
    must,
    must,
    '220 2.0.0 Ready to start TLS',
  ]);
});

test.for([
  { why: 'no TLS is wanted', settings: { smtpd_tls_security_level: 'none' }, starttls: true },
  { why: 'nothing is said', settings: {}, starttls: true },
  { why: 'there is none', settings: { smtpd_tls_security_level: 'may' }, starttls: false },
])('where $why, STARTTLS is neither announced nor taken', async ({ settings, starttls }) => {
  await using room = await openMailroom({ settings, ...(starttls && { starttls: certificate }) });
  await using client = await room.connect();
  const [ehlo, refusal, syntax] = await client.say('EHLO c', 'STARTTLS', 'STARTTLS x');
  expect(ehlo).not.toContain('STARTTLS');
  expect(refusal).toBe('502 5.5.1 Error: command not implemented');
  expect(syntax).toBe('501 5.5.4 Syntax: STARTTLS');
});

test('a certificate that cannot be had is a problem of the server, and the session goes on', async () => {
  await using room = await openMailroom({ settings, starttls: 'missing' });
  await using client = await room.connect();
  expect(await client.say('STARTTLS', 'NOOP')).toEqual([
    '454 4.7.0 TLS not available due to local problem',
    '250 2.0.0 Ok',
  ]);
});

test('a client that speaks no TLS after all is hung up on, and others go on', async () => {
  await using room = await openMailroom({ settings, starttls: certificate });
  await using client = await room.connect();
  await using other = await room.connect();
  await client.say('STARTTLS');
  client.send('EHLO c.test\r\n'.repeat(100));
  await client.closed;
  expect(await other.say('NOOP')).toEqual(['250 2.0.0 Ok']);
});

test('a client that does not trust the certificate is told of in its session', async () => {
  await using room = await openMailroom({ settings, starttls: certificate });
  const client = await room.connect();
  await client.say('EHLO c.test', 'STARTTLS');
  client.socket.removeAllListeners('data');
  const secured = connect({ socket: client.socket, servername: 'localhost' });
  await once(secured, 'error');
  await client[Symbol.asyncDispose]();

  await expect
    .poll(async () => (await room.store.sessions({ limit: 1 }))[0]?.lines.at(-1)?.text)
    .toBe('(connection lost as TLS began: the client may not trust the certificate)');
});

test('a client with too many new TLS sessions is hung up on, and then gets none', async () => {
  await using configured = await openTestWorld({
    mainCf:
      'catch_smtp_port = 0\ninet_interfaces = loopback-only\ncatch_mode = strict\nmynetworks = 192.0.2.0/24\n' +
      'smtpd_tls_security_level = may\nsmtpd_client_new_tls_session_rate_limit = 1\n',
    masterCf: 'smtp inet n - n - - smtpd\n',
  });
  await using room = await openMailroom({ configured, starttls: certificate });
  await using first = await room.connect();
  await first.say('STARTTLS');
  using taken = await secure(first);
  expect(await taken.say('NOOP')).toEqual(['250 2.0.0 Ok']);
  await using second = await room.connect();
  await second.say('STARTTLS');
  using refused = await secure(second);
  expect(await refused.say('')).toEqual([
    expect.stringMatching(/^421 4\.7\.0 \S+ Error: too many new TLS sessions from localhost\[127\.0\.0\.1\]$/),
  ]);
  await using third = await room.connect();
  expect(await third.say('STARTTLS')).toEqual(['454 4.7.0 Error: too many new TLS sessions from localhost[127.0.0.1]']);
});

test('a client that asks for TLS and then is silent is let go', async () => {
  await using configured = await openTestWorld({
    mainCf:
      'catch_smtp_port = 0\ninet_interfaces = loopback-only\nsmtpd_tls_security_level = may\nsmtpd_starttls_timeout = 1s\n',
    masterCf: 'smtp inet n - n - - smtpd\n',
  });
  await using room = await openMailroom({ configured, starttls: certificate });
  await using client = await room.connect();
  await client.say('STARTTLS');
  await client.closed;
  expect(await client.reply()).toBeUndefined();
});
