import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { openSqliteStore } from '../../src/store/sqlite/sqlite-store.ts';
import { runCommand } from '../support/cli.ts';
import { copyRecordedLog } from '../support/maillog.ts';
import { put, verdict } from '../support/store.ts';

function replay(argv: readonly string[], stdin = '') {
  return runCommand(['replay', ...argv], { cwd: '/', stdin, signal: new AbortController().signal });
}

test('the log of a real Postfix has no difference to the configuration that it ran with', async () => {
  await using recorded = await copyRecordedLog();

  const { status, stdout } = await replay(['--maillog', recorded.log, '--config', recorded.config]);

  expect(stdout).toBe('not compared: 1 on hold\n5 messages, 15 recipients, 0 differ\n');
  expect(status).toBe(0);
});

test('another relayhost is told of each recipient whose mail went by the old one, with its line', async () => {
  await using recorded = await copyRecordedLog((mainCf) => mainCf.replace(/^relayhost.*/m, 'relayhost = [new.test]'));
  await writeFile(`${recorded.log}.gz`, gzipSync(await readFile(recorded.log)));

  const { status, stdout } = await replay(['--maillog', `${recorded.log}.gz`, '--config', recorded.config]);

  expect(status).toBe(1);
  expect(stdout).toContain('was       sent smtp:127.0.0.1[127.0.0.1]:2525  bob@partner.example.net\n');
  expect(stdout).toMatch(
    /would be {2}sent relay:\[new\.test\] {2}bob@partner\.example\.net\n +by .*main\.cf:\d+ {2}\[new/,
  );
  expect(stdout).toContain('15 recipients, 5 differ');
});

test('a packed log that is none is a mistake', async () => {
  await using recorded = await copyRecordedLog();
  await writeFile(`${recorded.log}.gz`, 'postfix');

  const { status, stderr } = await replay(['--maillog', `${recorded.log}.gz`, '--config', recorded.config]);

  expect(status).toBe(2);
  expect(stderr).toContain('recorded.log.gz: ');
});

test('to which host the DNS leads is no difference, and said', async () => {
  await using recorded = await copyRecordedLog((mainCf) => mainCf.replace(/^relayhost.*/m, 'relayhost = mx.test:2525'));

  const { status, stdout } = await replay(['--maillog', '-', '--config', recorded.config], recorded.lines.join('\n'));

  expect(stdout).toContain('not compared: 5 in part: which host a domain’s mail goes to is the DNS’s to tell\n');
  expect(status).toBe(0);
});

test('a refusal that would be none is a difference', async () => {
  await using recorded = await copyRecordedLog((mainCf) => mainCf.replace(/^smtpd_sender_restrictions.*/m, ''));

  const { status, stdout } = await replay(['--maillog', recorded.log, '--config', recorded.config, '--json']);

  const { differences, summary } = JSON.parse(stdout) as { differences: unknown[]; summary: unknown };
  expect(status).toBe(1);
  expect(summary).toMatchObject({ differ: 1 });
  expect(differences).toMatchObject([
    {
      recipient: 'alice@example.com',
      difference: { was: [{ destination: { status: 'rejected' } }], wouldBe: [{ destination: { status: 'sent' } }] },
    },
  ]);
});

test('a line without an end, and what isn’t a log, takes neither memory nor time', async () => {
  await using recorded = await copyRecordedLog();
  const stdin = `${'x'.repeat(5_000_000)}\n${'\0\xff\n'.repeat(1000)}postfix/smtp[1]: AAAAAA: to=<`;

  const { status, stdout } = await replay(['--maillog', '-', '--config', recorded.config], stdin);

  expect(stdout).toBe('0 messages, 0 recipients, 0 differ\n');
  expect(status).toBe(0);
});

test('stored mail is compared with its verdict, or with what another configuration says', async () => {
  await using recorded = await copyRecordedLog();
  await using other = await copyRecordedLog((mainCf) => mainCf.replace(/^relayhost.*/m, 'relayhost = [new.test]'));
  const data = join(recorded.directory, 'data');
  await using store = await openSqliteStore({ directory: data, clock: systemClock });
  const { id } = await put(store, { from: 's@origin.test', to: ['bob@example.com', 'team@virt.example.org'] });
  await store.setVerdict(id, verdict());
  await put(store, { to: ['x@away.test'] });

  const stored = await replay(['--data', data, '--config', recorded.config]);
  const same = await replay(['--data', data, '--config', recorded.config, '--against', recorded.config]);
  const changed = await replay(['--data', data, '--config', other.config, '--against', recorded.config, '-n', '1']);

  const overridden = await replay([
    ...['--data', data, '--config', other.config, '--against', recorded.config],
    ...['-o', 'relayhost=[both.test]'],
  ]);

  expect(overridden).toMatchObject({ status: 0, stdout: '2 messages, 3 recipients, 0 differ\n' });
  expect(stored.stdout).toContain('not compared: 1 messages without a stored verdict\n1 messages, 2 recipients, ');
  expect(same).toMatchObject({ status: 0, stdout: '2 messages, 3 recipients, 0 differ\n' });
  expect(changed.status).toBe(1);
  expect(changed.stdout).toContain('would be  sent smtp:[new.test]  x@away.test');
  expect(changed.stdout).toContain('1 messages, 1 recipients, 1 differ');
});

test.for([
  { argv: ['--data', '/nonexistent/data'], problem: '/nonexistent/data: no mail was kept here' },
  { argv: ['--maillog', '/nonexistent/log'], problem: '/nonexistent/log: No such file or directory' },
  { argv: ['--maillog', '/nonexistent/log.gz'], problem: '/nonexistent/log.gz: No such file or directory' },
  { argv: ['--maillog', '-', '--limit', '3'], problem: '--maillog with --data, --against, --limit or --live' },
  { argv: ['--limit', 'many'], problem: '--limit many: not a number of messages' },
])('$problem: exit 2', async ({ argv, problem }) => {
  await using recorded = await copyRecordedLog();
  const { status, stderr } = await replay([...argv, '--config', recorded.config]);
  expect(status).toBe(2);
  expect(stderr).toContain(problem);
});
