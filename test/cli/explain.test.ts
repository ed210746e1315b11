import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCommand } from '../support/cli.ts';
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
  for (const [name, text] of Object.entries(all)) await writeFile(join(place, name), text);
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
