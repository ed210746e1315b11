import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';
import { BUILT } from './support.ts';

/** Runs a line of JavaScript in a guarded process. */
function runGuarded(line: string, env: Readonly<Record<string, string>>): { status: number | null; stderr: string } {
  const argv = ['--import', pathToFileURL(BUILT.guard).href, '--input-type=module', '-e'];
  const script = `import * as cp from 'node:child_process'; ${line}`;
  return spawnSync(process.execPath, [...argv, script], { env, encoding: 'utf8' });
}

test.for([
  { line: "cp.spawn('/usr/sbin/postconf')", found: '/usr/sbin/postconf' },
  { line: "cp.execFile('/usr/lib/postfix/sbin/master')", found: '/usr/lib/postfix/sbin/master' },
  { line: "cp.exec('true; /usr/sbin/postmap -q a b')", found: '/usr/sbin/postmap' },
  { line: "cp.spawnSync('/sbin/postconf', ['-d'])", found: '/sbin/postconf' },
  { line: "cp.execFileSync('/usr/sbin/postconf')", found: '/usr/sbin/postconf' },
  { line: "cp.execSync('/usr/sbin/postconf')", found: '/usr/sbin/postconf' },
])('$line is refused, and written down', async ({ line, found }) => {
  await using directory = await makeTemporaryDirectory();
  const offences = join(directory.path, 'offences');
  const { status, stderr } = runGuarded(line, { CONFORMANCE_OFFENCES: offences });
  expect(status).toBe(1);
  expect(stderr).toContain(`the machine's own ${found} may not be run`);
  expect(await readFile(offences, 'utf8')).toBe(`${found}\n`);
});

test('other programs are run', async () => {
  await using directory = await makeTemporaryDirectory();
  const program = join(directory.path, 'postconf');
  await writeFile(program, '#!/bin/sh\nexit 3\n');
  await chmod(program, 0o755);
  const line = "process.exit(cp.spawnSync('postconf').status)";
  expect(runGuarded(line, { PATH: directory.path }).status).toBe(3);
});

test.skipIf(!existsSync('/usr/sbin/nologin'))(
  'a name that leads to a program of these directories is refused',
  async () => {
    await using directory = await makeTemporaryDirectory();
    await symlink('/usr/sbin/nologin', join(directory.path, 'sendmail'));
    const { stderr } = runGuarded("cp.spawn('sendmail')", { PATH: directory.path });
    expect(stderr).toContain('sendmail may not be run');
  },
);
