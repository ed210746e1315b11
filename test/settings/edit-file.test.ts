import { chmod, mkdtemp, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test as base } from 'vitest';
import { editFile } from '../../src/settings/edit-file.ts';

const test = base.extend<{ directory: string }>({
  directory: async ({}, use) => {
    const directory = await mkdtemp(join(tmpdir(), 'edit-file-'));
    await writeFile(join(directory, 'main.cf'), 'a = \xe9\n', 'latin1');
    await use(directory);
    await rm(directory, { recursive: true });
  },
});
const fileIn = (directory: string) => ({ name: '/etc/postfix/main.cf', path: join(directory, 'main.cf'), uid: 0 });

test('a file is replaced octet by octet, keeps its mode, and nothing is left beside it', async ({ directory }) => {
  const file = fileIn(directory);
  await chmod(file.path, 0o640);
  await editFile(file, (text) => `${text}b = \xff\n`);
  expect(await readFile(file.path, 'latin1')).toBe('a = \xe9\nb = \xff\n');
  expect((await stat(file.path)).mode & 0o777).toBe(0o640);
  expect(await readdir(directory)).toEqual(['main.cf']);
});

test('editors that come together each see what the one before wrote', async ({ directory }) => {
  const file = fileIn(directory);
  const names = ['b', 'c', 'd', 'e'];
  await Promise.all(names.map((name) => editFile(file, (text) => `${text}${name}\n`)));
  const lines = (await readFile(file.path, 'latin1')).split('\n');
  expect(lines.sort()).toEqual(['', 'a = \xe9', ...names]);
});

test('an edit that fails leaves the file as it was', async ({ directory }) => {
  const file = fileIn(directory);
  const refuse = () => {
    throw new Error('no');
  };
  await expect(editFile(file, refuse)).rejects.toThrow('no');
  expect(await readFile(file.path, 'latin1')).toBe('a = \xe9\n');
  expect(await readdir(directory)).toEqual(['main.cf']);
});

test('what an editor left behind long ago stops nobody, and is not followed elsewhere', async ({ directory }) => {
  const file = fileIn(directory);
  const elsewhere = join(directory, 'elsewhere');
  await writeFile(elsewhere, 'kept');
  await utimes(elsewhere, 0, 0);
  await symlink(elsewhere, `${file.path}.tmp`);
  await editFile(file, () => 'new\n');
  expect(await readFile(elsewhere, 'latin1')).toBe('kept');
  expect(await readFile(file.path, 'latin1')).toBe('new\n');
});

test.for([
  { name: 'nosuch/main.cf', uid: 0, message: 'fatal: open /etc/postfix/main.cf.tmp: No such file or directory' },
  { name: 'master.cf', uid: 0, message: 'fatal: open /etc/postfix/main.cf for reading: No such file or directory' },
  { name: 'main.cf', uid: 4_000_000, message: 'fatal: open /etc/postfix/main.cf.tmp: Permission denied' },
])('$name can not be edited by user $uid: $message', async ({ name, uid, message }, { directory }) => {
  const edited = editFile({ ...fileIn(directory), path: join(directory, name), uid }, (text) => text);
  await expect(edited).rejects.toThrow(message);
});
