import { expect, test } from 'vitest';
import { startAuthServer, type AuthServer } from '../../support/auth-server.ts';
import { openMailroom } from '../../support/mailroom.ts';
import { openTestWorld } from '../../support/rule-world.ts';

const plain = (user: string, password: string): string => Buffer.from(`\0${user}\0${password}`).toString('base64');
const OK = '235 2.7.0 Authentication successful';
const FAILED = '535 5.7.8 Error: authentication failed:';

/** Says lines to a listener whose main.cf names the server. */
async function say(
  { path }: Pick<AuthServer, 'path'>,
  lines: readonly string[],
  mainCf = '',
): Promise<{ readonly replies: readonly string[]; readonly notes: readonly string[] }> {
  await using configured = await openTestWorld({
    mainCf: `catch_smtp_port = 0
inet_interfaces = 127.0.0.1
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = ${path}
${mainCf}`,
    masterCf: 'smtp inet n - n - - smtpd\n',
  });
  await using room = await openMailroom({ configured });
  const client = await room.connect();
  const replies = await client.say(...lines, 'QUIT');
  await client.closed;
  const ended = async () => (await room.store.sessions({ limit: 1 }))[0];
  await expect.poll(async () => (await ended())?.endedAtMs).toBeDefined();
  const notes = (await ended())?.lines.filter(({ from }) => from === 'note').map(({ text }) => text) ?? [];
  return { replies: replies.slice(0, -1), notes };
}

test('EHLO names the mechanisms of the server, but for those that aren’t for clients', async () => {
  await using server = await startAuthServer();

  const { replies } = await say(server, ['EHLO c.test']);

  expect(replies[0]).toContain('250-AUTH PLAIN LOGIN CRAM-MD5\n');
});

test.for([
  { options: 'noanonymous, noplaintext', announced: '250-AUTH CRAM-MD5\n' },
  { options: 'noactive', announced: '250-AUTH PLAIN LOGIN\n' },
])('smtpd_sasl_security_options = $options leaves out what it forbids', async ({ options, announced }) => {
  await using server = await startAuthServer();
  const mainCf = `smtpd_sasl_security_options = ${options}\n`;

  const { replies } = await say(
    server,
    ['EHLO c.test', `AUTH ${options.includes('noplain') ? 'PLAIN' : 'CRAM-MD5'} =`],
    mainCf,
  );

  expect(replies).toEqual([expect.stringContaining(announced), `${FAILED} Invalid authentication mechanism`]);
});

test.for([
  { what: 'at once', lines: [`AUTH PLAIN ${plain('ada', 's3cret')}`], replies: [OK] },
  { what: 'when it is asked', lines: ['AUTH PLAIN', plain('ada', 's3cret')], replies: ['334 ', OK] },
  { what: 'wrong', lines: [`AUTH PLAIN ${plain('ada', 'x')}`], replies: [`${FAILED} (reason unavailable)`] },
  { what: 'of nobody', lines: [`AUTH PLAIN ${plain('gone', 'x')}`], replies: [`${FAILED} Account is closed`] },
  {
    what: 'at a bad time',
    lines: [`AUTH PLAIN ${plain('busy', 'x')}`],
    replies: ['454 4.7.0 Temporary authentication failure: Try later'],
  },
])('the server decides about a password that comes $what', async ({ lines, replies }) => {
  await using server = await startAuthServer();
  expect((await say(server, lines)).replies).toEqual(replies);
});

test('the server is told who asks, and where', async () => {
  await using server = await startAuthServer();

  await say(server, ['AUTH PLAIN', '*']);

  expect(server.requests[0]).toMatch(
    /^AUTH\t1\tPLAIN\tservice=smtp\tnologin\tlip=127\.0\.0\.1\trip=127\.0\.0\.1\tlport=\d+\trport=\d+$/,
  );
});

test('a server that goes away is a problem of its own, and the session goes on', async () => {
  await using server = await startAuthServer({ hangsUp: true });

  const { replies } = await say(server, [`AUTH PLAIN ${plain('ada', 's3cret')}`, 'NOOP']);

  expect(replies).toEqual([
    '454 4.7.0 Temporary authentication failure: Connection lost to authentication server',
    '250 2.0.0 Ok',
  ]);
});

test('where there is no server, as production’s isn’t here, any login will do, and the session says so', async () => {
  const { replies, notes } = await say({ path: '/nonexistent/auth' }, [`AUTH PLAIN ${plain('ada', 'x')}`]);

  expect(replies).toEqual([OK]);
  expect(notes[0]).toContain('any login will do');
});

test('a server elsewhere isn’t asked', async () => {
  const { replies, notes } = await say({ path: 'inet:192.0.2.1:12345' }, [`AUTH PLAIN ${plain('ada', 'x')}`]);

  expect(replies).toEqual([OK]);
  expect(notes[0]).toContain('catch_lookup_allow doesn’t name it');
});

test('catch_sasl_passwd stands in for the server', async () => {
  await using server = await startAuthServer();

  await say(server, [`AUTH PLAIN ${plain('bob', 'x')}`], 'catch_sasl_passwd = inline:{bob=x}\n');

  expect(server.requests).toEqual([]);
});
