import { readdir, readlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { POSTFIX_TOOLS } from '../../src/cli/postfix/tools.ts';
import { runCommand } from '../support/cli.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

test('every tool of Postfix gets a link to the program, and may get it again', async () => {
  await using directory = await makeTemporaryDirectory();
  const place = join(directory.path, 'new');
  expect(await runCommand(['link-tools', place])).toMatchObject({ status: 0 });
  expect(await runCommand(['link-tools', place])).toMatchObject({ status: 0 });
  expect((await readdir(place)).sort()).toEqual(POSTFIX_TOOLS.map(({ name }) => name).sort());
  expect(await readlink(join(place, 'sendmail'))).toMatch(/bin\/postfixture\.js$/);
});

test('what is there already and is not ours stays, and nothing is linked', async () => {
  await using directory = await makeTemporaryDirectory();
  await writeFile(join(directory.path, 'sendmail'), '');
  const { status, stderr } = await runCommand(['link-tools', directory.path]);
  expect(status).toBe(2);
  expect(stderr).toContain('sendmail is there already, and is not ours');
  expect(await readdir(directory.path)).toEqual(['sendmail']);
});
