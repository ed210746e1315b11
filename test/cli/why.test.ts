import { expect, test } from 'vitest';
import { runCommand } from '../support/cli.ts';
import { copyRecordedLog } from '../support/maillog.ts';

/** Runs `postfixture why` with the configuration of the recorded log. */
async function why(line: string | undefined, stdin = '') {
  await using recorded = await copyRecordedLog();
  const argv = ['why', ...(line === undefined ? [] : [line]), '--config', recorded.config];
  const result = await runCommand(argv, { cwd: '/', stdin, signal: new AbortController().signal });
  return { ...result, stdout: result.stdout.replaceAll(recorded.config, 'postfix') };
}

/** The line of the recorded log with this in it. */
async function find(text: string): Promise<string> {
  await using recorded = await copyRecordedLog();
  return recorded.lines.find((line) => line.includes(text)) ?? '';
}

test('a delivery is explained: each member, and the rules that led there', async () => {
  const { status, stdout } = await why(await find('to=<bob@partner.example.net>, orig_to='));

  expect(status).toBe(0);
  expect(stdout).toMatch(/orig_to=<team@virt\.example\.org> +the address that was given/);
  expect(stdout).toMatch(
    /delays=0\.07\/0\.07\/0\.05\/0 +0\.07 s until the queue manager had it, .* 0 s to hand it over/,
  );
  expect(stdout).toMatch(
    /why:\n {2}decided by resolve {2}relayhost {2}postfix\/main\.cf:\d+ {2}\[127\.0\.0\.1\]:2525\n/,
  );
  expect(stdout).toContain('/etc/postfix/virtual:1  team@virt.example.org → bob@partner.example.net');
});

test('a refusal is explained by the restriction that refused', async () => {
  const { status, stdout } = await why(await find('Relay access denied'));

  expect(status).toBe(0);
  expect(stdout).toMatch(
    /why:\n {2}decided by smtpd {2}smtpd_relay_restrictions .*defer_unauth_destination → 454 4\.7\.1/,
  );
});

test('what this configuration would do otherwise is said', async () => {
  const line =
    'postfix/smtp[1]: 3F2A1B0C9D: to=<alice@example.com>, relay=mx[192.0.2.1]:25, delay=1, delays=1/0/0/0, dsn=2.0.0, status=sent (ok)';
  const { stdout } = await why(line);
  expect(stdout).toContain('This configuration would do otherwise:');
  expect(stdout).toContain('= sent local:mail.example.com  alice@example.com → /var/mail/alice');
});

test('a complaint is explained by the finding that has Postfix’s line', async () => {
  const { status, stdout } = await why(
    'Nov 25 09:10:45 mail postfix/local[1]: error: open database /etc/postfix/aliases.db: No such file or directory',
  );
  expect(status).toBe(0);
  expect(stdout).toContain('[table-map-missing]');
  expect(stdout).toContain('hint: run postmap or postalias');
});

test('piped lines of one message help each other', async () => {
  await using recorded = await copyRecordedLog();
  const { status, stdout } = await why(
    undefined,
    recorded.lines.filter((line) => line.includes('4jZDRn2ZlVz1s')).join('\n'),
  );

  expect(status).toBe(0);
  expect(stdout).toMatch(/sasl_username=alice +as whom it logged in/);
  expect(stdout).not.toContain('--from names it');
});

test.for([
  { line: 'hello', says: 'This is no line that a program of Postfix logs.' },
  { line: 'postfix/smtpd[1]: something else', says: 'postfix/smtpd (it takes mail in by SMTP): nothing more is known' },
])('of "$line" what can be recognised is said: exit 1', async ({ line, says }) => {
  const { status, stdout } = await why(line);
  expect(status).toBe(1);
  expect(stdout).toContain(says);
});

test('without a line it is a mistake', async () => {
  expect(await why(undefined)).toMatchObject({ status: 2, stderr: expect.stringContaining('no line') as string });
});
