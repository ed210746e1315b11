import { expect, test } from 'vitest';
import { systemClock } from '../../../src/clock.ts';
import { leaveWhereabouts } from '../../../src/settings/whereabouts.ts';
import { openSqliteStore } from '../../../src/store/sqlite/sqlite-store.ts';
import { runCommand } from '../../support/cli.ts';
import { startTestHttp } from '../../support/http.ts';
import { makeTemporaryDirectory } from '../../support/temporary-directory.ts';

const run = (argv: readonly string[], stdin = '') =>
  runCommand(['sendmail', ...argv], { stdin, signal: new AbortController().signal, env: { NAME: 'Ann O.' } });
const MAIL = 'To: ada@example.com\nBcc: bob@example.com\nSubject: hi\n\nx\n.\nno more\n';

test('the server of the data directory gets the message, its envelope and who sent it', async () => {
  await using directory = await makeTemporaryDirectory();
  await using http = await startTestHttp();
  const { url } = http;
  await using _left = await leaveWhereabouts(directory.path, {
    url,
    instance: 'this-run',
    pid: process.pid,
    uid: 0,
    startedAtMs: 1,
  });
  const result = await run(['--data', directory.path, '-t', '-f', 'app@example.com', '-N', 'never'], MAIL);
  expect(result).toEqual({ status: 0, stdout: '', stderr: '' });
  const [message] = await http.store.list({});
  expect(message).toMatchObject({
    origin: 'sendmail',
    reversePath: 'app@example.com',
    recipients: ['ada@example.com', 'bob@example.com'],
  });
  const record = message && (await http.store.get(message.id));
  expect(record?.envelope).toMatchObject({
    recipients: [{ notify: ['NEVER'] }, { notify: ['NEVER'] }],
    submission: { uid: 1000, fullName: 'Ann O.' },
  });
});

test('where no server runs, the message is in the store that the next one opens', async () => {
  await using directory = await makeTemporaryDirectory();
  expect(await run([`--data=${directory.path}`, 'ada@example.com'], MAIL)).toMatchObject({ status: 0 });
  await using store = await openSqliteStore({ directory: directory.path, clock: systemClock });
  const [message] = await store.list({});
  const raw = message && (await store.readRaw(message.id));
  expect(Buffer.from(raw ?? []).toString()).toBe(
    'To: ada@example.com\r\nBcc: bob@example.com\r\nSubject: hi\r\n\r\nx\r\n',
  );
});

test('a server that went without a word, and another that listens there now, get nothing', async () => {
  await using directory = await makeTemporaryDirectory();
  await using http = await startTestHttp();
  const { url } = http;
  await using _left = await leaveWhereabouts(directory.path, {
    url,
    instance: 'gone',
    pid: process.pid,
    uid: 0,
    startedAtMs: 1,
  });
  expect(await run(['--data', directory.path, 'ada@example.com'], MAIL)).toMatchObject({ status: 0 });
  expect(await http.store.counts()).toMatchObject({ total: 0 });
  await using store = await openSqliteStore({ directory: directory.path, clock: systemClock });
  expect(await store.counts()).toMatchObject({ total: 1 });
});

test('a server that is named and does not answer is an error that passes: nothing is kept elsewhere', async () => {
  await using closed = await startTestHttp();
  const { url } = closed;
  await closed[Symbol.asyncDispose]();
  const { status, stderr } = await run(['--url', url, 'ada@example.com'], MAIL);
  expect(status).toBe(75);
  expect(stderr).toBe(
    `sendmail: warning: ${url} does not answer\nsendmail: fatal: ann(1000): queue file write error\n`,
  );
});

test('a message that the server finds too large is refused in postdrop’s words', async () => {
  await using http = await startTestHttp({ overrides: { message_size_limit: '20' } });
  const { status, stderr } = await run(['--url', http.url, 'ada@example.com'], MAIL);
  expect(status).toBe(75);
  expect(stderr).toContain('postdrop: warning: uid=1000: File too large\n');
  expect(stderr).toContain('sendmail: fatal: ann(1000): message file too big\n');
});

test('-bs speaks SMTP, and its message is handed in like any other', async () => {
  await using http = await startTestHttp();
  const dialogue =
    'HELO me\r\nMAIL FROM:<a@b.test>\r\nRCPT TO:<c@d.test>\r\nDATA\r\nSubject: bs\r\n\r\nhi\r\n.\r\nQUIT\r\nNOOP\r\n';
  const { status, stdout } = await run(['--url', http.url, '-bs'], dialogue);
  const [message] = await http.store.list({});
  expect(status).toBe(0);
  expect(stdout.match(/^\d{3}/gm)).toEqual(['220', '250', '250', '250', '354', '250', '221']);
  expect(stdout).toContain(`250 2.0.0 Ok: queued as ${message?.id}\r\n`);
  expect(message).toMatchObject({ origin: 'sendmail', reversePath: 'a@b.test', recipients: ['c@d.test'] });
});

test('-bs offers no login: who is on this machine needs none', async () => {
  const { stdout } = await run(['-bs'], 'EHLO me\r\n');
  expect(stdout).not.toMatch(/AUTH|STARTTLS|XCLIENT/);
  expect(stdout).toContain('250 CHUNKING\r\n');
});
