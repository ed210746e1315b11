import { X509Certificate } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCommand } from '../support/cli.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const signal = new AbortController().signal;

test('the file of the authority is shown, and made if there is none; its key is its owner’s alone', async () => {
  await using directory = await makeTemporaryDirectory();

  const first = await runCommand(['ca', '--data', directory.path], { cwd: directory.path, signal });
  const again = await runCommand(['ca', '--data', directory.path], { cwd: directory.path, signal });

  const file = join(directory.path, 'tls', 'ca.pem');
  expect(first).toMatchObject({ status: 0, stdout: `${file}\n` });
  expect(again.stdout).toBe(first.stdout);
  expect(new X509Certificate(await readFile(file)).ca).toBe(true);
  expect((await stat(join(directory.path, 'tls', 'ca.key'))).mode & 0o777).toBe(0o600);
});

test('--pem shows the certificate itself', async () => {
  await using directory = await makeTemporaryDirectory();

  const { stdout } = await runCommand(['ca', '--pem', '--data', directory.path], { cwd: directory.path, signal });

  expect(stdout).toBe(await readFile(join(directory.path, 'tls', 'ca.pem'), 'utf8'));
});

test('where nothing is written, there is no file to show', async () => {
  await using directory = await makeTemporaryDirectory();

  const { status, stderr } = await runCommand(['ca', '-o', 'catch_ephemeral=yes'], { cwd: directory.path, signal });

  expect(status).toBe(2);
  expect(stderr).toContain('catch_ephemeral is on');
});
