import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCommand, type CommandResult } from '../../support/cli.ts';
import { makeTemporaryDirectory } from '../../support/temporary-directory.ts';

const MAIN_CF = 'myhostname = mail.example.com\ncompatibility_level = 3.6\n';

interface Place extends AsyncDisposable {
  readonly path: string;
  run(argv: readonly string[], stdin?: string): Promise<CommandResult>;
}

async function makePlace(files: Readonly<Record<string, string>>): Promise<Place> {
  const directory = await makeTemporaryDirectory();
  for (const [name, text] of Object.entries(files)) await writeFile(join(directory.path, name), text);
  const env = { MAIL_CONFIG: directory.path, POSTFIXTURE_TABLE_SOURCE: 'compiled' };
  return {
    path: directory.path,
    run: (argv, stdin = '') =>
      runCommand(argv, { cwd: directory.path, env, stdin, signal: new AbortController().signal }),
    [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose](),
  };
}

test('postalias builds a signed map of an alias file, and lists it with colons', async () => {
  await using place = await makePlace({ 'main.cf': MAIN_CF, aliases: 'Root: alice\nnone\nroot: bob\n' });

  const built = await place.run(['postalias', 'hash:aliases']);
  const listed = await place.run(['postalias', '-s', 'hash:aliases']);

  expect(built).toMatchObject({
    status: 0,
    stderr:
      'postalias: warning: aliases, line 2: need name:value pair\n' +
      'postalias: warning: aliases.db: duplicate entry: "root"\n',
  });
  expect(listed.stdout).toMatch(
    /^root:\talice\n@:\t@\nYP_LAST_MODIFIED:\t\d{10}\nYP_MASTER_NAME:\tmail\.example\.com\n$/,
  );
});

test('postalias adds names from standard input', async () => {
  await using place = await makePlace({ 'main.cf': MAIN_CF });

  await place.run(['postalias', '-i', 'hash:new'], '"a b": c\n');

  expect(await place.run(['postalias', '-q', 'A B', 'hash:new'])).toMatchObject({ status: 0, stdout: 'c\n' });
});

test('newaliases builds what alias_database names, with the words of postalias', async () => {
  const main = `${MAIN_CF}alias_database = hash:$config_directory/aliases, btree:$config_directory/more\n`;
  await using place = await makePlace({ 'main.cf': main, aliases: 'a: b\nnone\n', more: 'm: n\n' });

  const { status, stderr } = await place.run(['newaliases']);

  expect(status).toBe(0);
  expect(stderr).toBe(`postalias: warning: ${place.path}/aliases, line 2: need name:value pair\n`);
  expect(await readdir(place.path)).toEqual(expect.arrayContaining(['aliases.db', 'more.db']));
});

test.for([
  { argv: ['-z'], stderr: /newaliases: fatal: usage: newaliases \[options\]\n$/ },
  { argv: ['someone'], stderr: /^newaliases: fatal: alias initialization mode requires no recipient\n$/ },
])('newaliases $argv ends as sendmail does, with 75', async ({ argv, stderr }) => {
  await using place = await makePlace({ 'main.cf': MAIN_CF });

  const result = await place.run(['newaliases', ...argv]);

  expect(result).toMatchObject({ status: 75, stderr: expect.stringMatching(stderr) as string });
});

test('newaliases ends with the status of postalias if a file is missing', async () => {
  await using place = await makePlace({ 'main.cf': `${MAIN_CF}alias_database = hash:none\n` });

  expect(await place.run(['newaliases'])).toMatchObject({
    status: 1,
    stderr: 'postalias: fatal: open none: No such file or directory\n',
  });
});
