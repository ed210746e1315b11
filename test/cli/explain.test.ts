import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { runCommand } from '../support/cli.ts';
import { startPolicyServer } from '../support/policy-server.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const MASTER = [
  'smtp inet n - n - - smtpd',
  ...['smtp', 'error', 'retry', 'local'].map((name) => `${name} unix - - n - - ${name === 'retry' ? 'error' : name}`),
];

/** Runs `postfixture explain` with a configuration. */
async function runExplain(mainCf: string, argv: readonly string[], files: Readonly<Record<string, string>> = {}) {
  await using directory = await makeTemporaryDirectory();
  const place = join(directory.path, 'postfix');
  await mkdir(place);
  const all = { 'main.cf': mainCf, 'master.cf': `${MASTER.join('\n')}\n`, ...files };
  for (const [name, text] of Object.entries(all)) {
    await mkdir(dirname(join(place, name)), { recursive: true });
    await writeFile(join(place, name), text);
  }
  const options = { cwd: directory.path, signal: new AbortController().signal };
  const result = await runCommand(['explain', ...argv], options);
  return { ...result, stdout: result.stdout.replaceAll(place, 'postfix') };
}

const CONFIG = `compatibility_level = 3.6
myhostname = mail.example.com
mydomain = example.com
mydestination = $myhostname, localhost, example.com
virtual_alias_domains = virt.test
virtual_alias_maps = texthash:/etc/postfix/virtual
relayhost = [relay.example.net]:587
`;

test('each step from the recipient to its ends is told, with the line that decided it', async () => {
  const files = { virtual: '# teams\nteam@virt.test alice@example.com, bob@remote.test\n' };
  const { status, stdout } = await runExplain(CONFIG, ['team@virt.test', '--from', 's@origin.test'], files);

  expect(status).toBe(0);
  expect(stdout).toContain('mail from <s@origin.test>');
  expect(stdout).toContain('texthash:/etc/postfix/virtual  /etc/postfix/virtual:2  team@virt.test →');
  expect(stdout).toMatch(
    /\n +alice@example\.com\n[^=]*= sent 2\.0\.0 local:\S+ {2}delivered to mailbox {2}\(assumed\)/,
  );
  expect(stdout).toMatch(/\n +bob@remote\.test\n[^=]*= sent 2\.0\.0 smtp:\[relay\.example\.net\]:587/);
});

test('a recipient that would be refused ends at the reply; below it is where it would have gone', async () => {
  const { stdout } = await runExplain(CONFIG, ['a@remote.test', '--client', '192.0.2.5'], { virtual: '' });

  expect(stdout).toContain('= rejected 4.7.1  454 4.7.1 <a@remote.test>: Relay access denied');
  expect(stdout).toContain('a@remote.test  (if it were accepted)');
});

test('what several daemons decide alike is told once, and each time with --verbose', async () => {
  const count = async (...flags: readonly string[]) => {
    const { stdout } = await runExplain(CONFIG, ['a@remote.test', ...flags], { virtual: '' });
    return stdout.split('\n').filter((line) => line.includes('a@remote.test → smtp:[relay.example.net]:587')).length;
  };

  expect(await count()).toBe(1);
  expect(await count('--verbose')).toBeGreaterThan(1);
});

test('what can’t be asked is said', async () => {
  expect(await runExplain(CONFIG, ['a@remote.test', '--client', 'mars'])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('not an IP address: mars') as string,
  });
  expect(await runExplain(CONFIG, ['a@remote.test', '--service', '587'])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('master.cf has no service 587') as string,
  });
});

test('--against shows where mail goes by another configuration, and the lines that make the difference', async () => {
  const other = CONFIG.replace('[relay.example.net]:587', '[new.example.net]');
  const files = { virtual: 'team@virt.test alice@example.com, bob@remote.test\n', 'new/main.cf': other };
  const argv = ['team@virt.test', '--config', 'postfix', '--against', 'postfix/new'];
  const { status, stdout } = await runExplain(CONFIG, argv, {
    ...files,
    'new/master.cf': `${MASTER.join('\n')}\n`,
    'new/virtual': files.virtual,
  });

  expect(status).toBe(1);
  expect(stdout.split('\n')).toEqual([
    'team@virt.test: goes elsewhere',
    '- bob@remote.test  sent 2.0.0 smtp:[relay.example.net]:587  250 2.0.0 Ok',
    '+ bob@remote.test  sent 2.0.0 smtp:[new.example.net]  250 2.0.0 Ok',
    '  alice@example.com  sent 2.0.0 local:mail.example.com  delivered to mailbox  → /var/mail/alice',
    '',
    'because of',
    '- bob@remote.test',
    '-   resolve  relayhost  postfix/main.cf:7  [relay.example.net]:587',
    '-   resolve  bob@remote.test → smtp:[relay.example.net]:587  (address class default)',
    '+ bob@remote.test',
    '+   resolve  relayhost  postfix/new/main.cf:7  [new.example.net]',
    '+   resolve  bob@remote.test → smtp:[new.example.net]  (address class default)',
    '',
  ]);
});

test('--against says that nothing differs, though tables lie elsewhere; as data, too', async () => {
  const files = {
    'new/main.cf': `\n\n${CONFIG}`,
    'new/master.cf': `${MASTER.join('\n')}\n`,
    'new/virtual': '\nteam@virt.test alice@example.com\n',
    virtual: 'team@virt.test alice@example.com\n',
  };
  const argv = ['team@virt.test', '--config', 'postfix', '--against', 'postfix/new'];

  const { status, stdout } = await runExplain(CONFIG, argv, files);
  expect({ status, stdout }).toEqual({
    status: 0,
    stdout:
      'team@virt.test: the same by both\n  alice@example.com  sent 2.0.0 local:mail.example.com  delivered to mailbox  → /var/mail/alice\n',
  });
  const { stdout: json } = await runExplain(CONFIG, [...argv, '--json'], files);
  expect(JSON.parse(json)).toMatchObject({ isSame: true, gone: [], come: [], stepsGone: [], stepsCome: [] });
});

test('--against leaves out a rule that is the same in a table that lies elsewhere', async () => {
  const main = CONFIG.replace('/etc/postfix/virtual', '${config_directory}/virtual');
  const files = {
    virtual: 'team@virt.test bob@remote.test\n',
    'new/virtual': '# moved\nteam@virt.test bob@remote.test\n',
    'new/main.cf': main.replace('[relay.example.net]:587', '[new.example.net]'),
    'new/master.cf': `${MASTER.join('\n')}\n`,
  };
  const argv = ['team@virt.test', '--config', 'postfix', '--against', 'postfix/new'];
  const { stdout } = await runExplain(main, argv, files);

  expect(stdout).toContain('[new.example.net]');
  expect(stdout).not.toContain('virtual_alias_maps');
});

test('--against tells of a message that the other configuration refuses for its content', async () => {
  const files = {
    'new/main.cf': `${CONFIG}header_checks = pcre:{{/^From/ REJECT no}}\n`,
    'new/master.cf': `${MASTER.join('\n')}\n`,
  };
  const argv = [
    'alice@example.com',
    '--config',
    'postfix',
    '--against',
    'postfix/new',
    '-o',
    'virtual_alias_maps=',
    '-o',
    'local_recipient_maps=',
  ];
  const { status, stdout } = await runExplain(CONFIG, argv, files);

  expect(status).toBe(1);
  expect(stdout).toContain('+ alice@example.com  rejected  550 5.7.1 no');
  expect(stdout).toMatch(/\+ the message\n\+ {3}cleanup {2}header_checks /);
});

test('--against names itself if it has no main.cf', async () => {
  expect(await runExplain(CONFIG, ['a@b.test', '--config', 'postfix', '--against', 'nix'])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('<command line>: --against: open nix/main.cf: No such file') as string,
  });
});

test('the client’s name and what it says in EHLO count', async () => {
  const client = ['--client', 'mx.evil.test[192.0.2.5]', '--helo', 'liar.test'];
  const { stdout } = await runExplain(CONFIG, ['a@example.com', ...client, '-o', 'virtual_alias_maps=', '-v'], {});
  const checks = 'smtpd_helo_restrictions=check_helo_access inline:{{liar.test = REJECT lies}}';
  const refused = await runExplain(CONFIG, ['a@example.com', ...client, '-o', 'virtual_alias_maps=', '-o', checks], {});

  expect(stdout).toContain('mail from <>');
  expect(refused.stdout).toContain('rejected 5.7.1  554 5.7.1 <liar.test>: Helo command rejected: lies');
});

test('a policy server is asked only with --live; then its answer is told, and what it was asked', async () => {
  await using server = await startPolicyServer(() => ({ reply: 'action=REJECT not today\n\n' }));
  const config = `${CONFIG}smtpd_recipient_restrictions = check_policy_service inet:127.0.0.1:${server.port}\n`;
  const argv = ['alice@example.com', '--from', 's@origin.test'];
  const without = await runExplain(config, argv, { virtual: '' });
  expect(server.requests).toEqual([]);
  const live = await runExplain(config, [...argv, '--live'], { virtual: '' });

  expect(without.stdout).toContain('(not asked: a policy server may remember what it is asked');
  expect(without.stdout).toContain('= sent 2.0.0 local:');
  expect(server.requests).toHaveLength(1);
  expect(live.stdout).toMatch(
    /inet:127\.0\.0\.1:\d+ {2}\S*main\.cf:8 {2}protocol_state=RCPT .* recipient=alice@example\.com → action=REJECT not today/,
  );
  expect(live.stdout).toContain('554 5.7.1 <alice@example.com>: Recipient address rejected: not today');
});
