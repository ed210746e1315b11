import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { chmod, copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { readVersion } from '../../src/settings/version.ts';
import { runProgram, startProgram, type Program } from '../support/program.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const execute = promisify(execFile);

const FREE_PORTS = ['--smtp-port', '0', '--http-port', '0'];

/** Waits until the server is up. */
async function readBanner(program: Program) {
  const [, smtpHost = '', smtpPort = ''] = await program.waitFor('stdout', /SMTP +(\S+):(\d+)\n/);
  const [, inboxUrl = ''] = await program.waitFor('stdout', /Inbox +(\S+)\n/);
  const [, firstMail = ''] = await program.waitFor('stdout', /Send a first mail:\n([^]+)\n\n/);
  return { smtpHost, smtpPort: Number(smtpPort), inboxUrl, firstMail };
}

/** Resolves with the text that the server has sent once it matches. */
async function waitForReply(socket: Socket, pattern: RegExp): Promise<string> {
  let text = '';
  while (!pattern.test(text)) text += String((await once(socket, 'data'))[0]);
  return text;
}

/** A client that is in the middle of a message's data. */
async function beginMessage(port: number, host: string): Promise<Socket> {
  const socket = connect(port, host);
  await waitForReply(socket, /^220 /);
  socket.write('EHLO client.test\r\nMAIL FROM:<a@b.test>\r\nRCPT TO:<c@d.test>\r\nDATA\r\n');
  await waitForReply(socket, /^354 /m);
  socket.write('Subject: half a\r\n');
  return socket;
}

async function listSubjects(inboxUrl: string): Promise<readonly string[]> {
  const response = await fetch(new URL('api/v1/messages', inboxUrl));
  const { messages } = (await response.json()) as { messages: readonly { Subject: string }[] };
  return messages.map(({ Subject }) => Subject);
}

test('--version shows the version', async () => {
  expect(await runProgram(['--version'])).toEqual({ status: 0, stdout: `${readVersion()}\n`, stderr: '' });
});

test('--help shows the flags', async () => {
  const { status, stdout, stderr } = await runProgram(['--help']);

  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/^Usage: postfixture /);
});

test('an unknown flag exits 2 and names the nearest', async () => {
  expect(await runProgram(['--smpt-port', '0'])).toEqual({
    status: 2,
    stdout: '',
    stderr: 'postfixture: unknown flag --smpt-port\n  hint: did you mean --smtp-port?\n',
  });
});

test('a program that has not been built says so and exits 1', async () => {
  await using directory = await makeTemporaryDirectory();
  const file = join(directory.path, 'bin', 'postfixture.js');
  await mkdir(join(directory.path, 'bin'));
  await writeFile(join(directory.path, 'package.json'), '{"type":"module"}');
  await copyFile(fileURLToPath(new URL('../../bin/postfixture.js', import.meta.url)), file);

  expect(await runProgram([], { file })).toEqual({
    status: 1,
    stdout: '',
    stderr: 'postfixture: it has not been built\n  hint: run "npm run build"\n',
  });
});

test.for([
  { flags: ['--http-port', '0', '--smtp-port'], role: 'SMTP', flag: '--smtp-port' },
  { flags: ['--smtp-port', '0', '--http-port'], role: 'the inbox', flag: '--http-port' },
])('a port of $role that is in use exits 1 and names $flag', async ({ flags, role, flag }) => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;

  const { status, stderr } = await runProgram(['--ephemeral', ...flags, String(port)]);
  other.close();

  expect(stderr).toBe(
    `postfixture: port ${port} (${role}) is in use\n  hint: choose another with ${flag} PORT; 0 takes a free one\n`,
  );
  expect(status).toBe(1);
});

test('the first mail that the banner proposes arrives, and is there after a restart', async () => {
  await using state = await makeTemporaryDirectory();
  const env = { XDG_STATE_HOME: state.path };
  await using first = startProgram(FREE_PORTS, { env });
  const { inboxUrl, firstMail } = await readBanner(first);

  await execute('sh', ['-c', firstMail]);
  expect(await listSubjects(inboxUrl)).toEqual(['Hello']);
  first.kill('SIGTERM');
  await first.ended;
  await using second = startProgram(FREE_PORTS, { env });

  expect(await listSubjects((await readBanner(second)).inboxUrl)).toEqual(['Hello']);
});

describe('being asked to end', () => {
  test.for(['SIGINT', 'SIGTERM'] as const)('%s exits 0 in under two seconds, open sessions or not', async (signal) => {
    await using program = startProgram(['--ephemeral', ...FREE_PORTS]);
    const { smtpHost, smtpPort } = await readBanner(program);
    const idle = connect(smtpPort, smtpHost);
    await waitForReply(idle, /^220 /);
    const busy = await beginMessage(smtpPort, smtpHost);

    const begin = performance.now();
    program.kill(signal);
    const { status, stderr } = await program.ended;
    const tookMs = performance.now() - begin;
    idle.destroy();
    busy.destroy();

    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(tookMs).toBeLessThan(2000);
  });

  test.for([
    { signal: 'SIGINT', expected: 130 },
    { signal: 'SIGTERM', expected: 143 },
  ] as const)('a second $signal ends it at once, with $expected', async ({ signal, expected }) => {
    await using program = startProgram(['--ephemeral', ...FREE_PORTS]);
    const { smtpHost, smtpPort } = await readBanner(program);
    const idle = connect(smtpPort, smtpHost);
    await waitForReply(idle, /^220 /);
    const busy = await beginMessage(smtpPort, smtpHost);

    program.kill(signal);
    // The first one has been heard; the busy session still holds the end up.
    await waitForReply(idle, /^421 /);
    program.kill(signal);
    const { status } = await program.ended;
    idle.destroy();
    busy.destroy();

    expect(status).toBe(expected);
  });
});

describe.runIf(process.platform === 'linux')('--open', () => {
  test('opens the inbox', async () => {
    await using directory = await makeTemporaryDirectory();
    const opened = join(directory.path, 'opened');
    const opener = join(directory.path, 'xdg-open');
    await execute('mkfifo', [opened]);
    await writeFile(opener, `#!/bin/sh\nprintf %s "$1" >'${opened}'\n`);
    await chmod(opener, 0o755);

    await using program = startProgram(['--ephemeral', '--open', ...FREE_PORTS], { env: { PATH: directory.path } });

    expect(await readFile(opened, 'utf8')).toBe((await readBanner(program)).inboxUrl);
  });

  test('without a browser is a note, and the server runs', async () => {
    await using directory = await makeTemporaryDirectory();
    await using program = startProgram(['--ephemeral', '--open', ...FREE_PORTS], { env: { PATH: directory.path } });
    const { inboxUrl } = await readBanner(program);

    const [note] = await program.waitFor('stderr', /.*\n/);

    expect(note).toBe(`postfixture: can't open a browser (spawn xdg-open ENOENT): open ${inboxUrl} yourself\n`);
    expect((await fetch(new URL('livez', inboxUrl))).status).toBe(200);
  });
});
