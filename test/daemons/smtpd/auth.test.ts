import { expect, test } from 'vitest';
import { openMailroom } from '../../support/mailroom.ts';
import { openTestWorld } from '../../support/rule-world.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const OK = '235 2.7.0 Authentication successful';
const NO = '535 5.7.8 Error: authentication failed: (reason unavailable)';

/** A listener with a main.cf: the replies, and the login of the message that was sent in the end. */
async function say(mainCf: string, ...lines: readonly string[]): Promise<readonly string[]> {
  await using configured = await openTestWorld({
    mainCf: `catch_smtp_port = 0\ninet_interfaces = loopback-only\nsmtpd_sasl_auth_enable = yes\n${mainCf}`,
    masterCf: 'smtp inet n - n - - smtpd\n',
    files: { logins: 'ada s3cret\n' },
  });
  await using room = await openMailroom({ configured });
  await using client = await room.connect();
  return await client.say(...lines);
}

test.for([
  { mechanism: 'PLAIN', lines: [`AUTH PLAIN ${base64('\0ada\0s3cret')}`] },
  { mechanism: 'PLAIN in a line of its own', lines: ['AUTH PLAIN', base64('\0ada\0s3cret')] },
  { mechanism: 'LOGIN', lines: ['AUTH LOGIN', base64('ada'), base64('s3cret')] },
  { mechanism: 'LOGIN with the name at once', lines: [`AUTH LOGIN ${base64('ada')}`, base64('s3cret')] },
  { mechanism: 'XOAUTH2', lines: [`AUTH XOAUTH2 ${base64('user=ada\u0001auth=Bearer s3cret\u0001\u0001')}`] },
])('$mechanism logs in: with any password, or with that of the table', async ({ lines }) => {
  expect((await say('', 'EHLO c', ...lines)).at(-1)).toBe(OK);
  expect((await say('catch_sasl_passwd = texthash:$config_directory/logins\n', 'EHLO c', ...lines)).at(-1)).toBe(OK);
});

test.for([
  { who: 'a wrong password', line: `AUTH PLAIN ${base64('\0ada\0wrong')}` },
  { who: 'an unknown name', line: `AUTH PLAIN ${base64('\0bob\0s3cret')}` },
  { who: 'a wrong token', line: `AUTH XOAUTH2 ${base64('user=ada\u0001auth=Bearer x\u0001\u0001')}` },
])('where there is a table of passwords, $who will not do', async ({ line }) => {
  const table = 'catch_sasl_passwd = texthash:$config_directory/logins\n';
  expect(await say(table, 'EHLO c', line, 'NOOP')).toEqual([expect.stringContaining('AUTH PLAIN'), NO, '250 2.0.0 Ok']);
});

test('a table that cannot be read lets nobody in, and the session goes on', async () => {
  const table = 'catch_sasl_passwd = texthash:$config_directory/missing\n';
  const plain = `AUTH PLAIN ${base64('\0ada\0s3cret')}`;
  expect((await say(table, 'EHLO c', plain, 'NOOP')).slice(1)).toEqual([NO, '250 2.0.0 Ok']);
});

test('AUTH is offered where nothing is said, and not where main.cf says that production does not', async () => {
  await using room = await openMailroom();
  await using client = await room.connect();
  expect(await client.say('EHLO c')).toEqual([expect.stringContaining('250-AUTH PLAIN LOGIN XOAUTH2\n')]);

  const [withdrawn, refusal] = await say('smtpd_sasl_auth_enable = no\n', 'EHLO c', 'AUTH PLAIN =');
  expect(withdrawn).not.toContain('AUTH');
  expect(refusal).toBe('503 5.5.1 Error: authentication not enabled');
});

test('only the mechanisms that are offered are taken', async () => {
  const [ehlo, refusal] = await say('catch_sasl_mechanisms = login\n', 'EHLO c', `AUTH PLAIN ${base64('\0a\0b')}`);
  expect(ehlo).toContain('250-AUTH LOGIN\n');
  expect(refusal).toBe('535 5.7.8 Error: authentication failed: Invalid authentication mechanism');
});
