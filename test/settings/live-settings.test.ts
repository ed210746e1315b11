import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { silentLog } from '../../src/log.ts';
import { watchSettings } from '../../src/settings/live-settings.ts';
import { loadSettings } from '../../src/settings/load.ts';
import { reloaded } from '../support/reloaded.ts';
import { testMachine } from '../support/settings.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

/** A configuration that is watched. */
async function openWatched(mainCf: string) {
  const directory = await makeTemporaryDirectory();
  const file = join(directory.path, 'main.cf');
  await writeFile(file, mainCf);
  const load = () => loadSettings({ machine: { ...testMachine, cwd: directory.path } });
  const live = watchSettings({ first: load(), load, clock: systemClock, log: silentLog });
  await live.watching;
  return {
    live,
    file,
    path: directory.path,
    async [Symbol.asyncDispose]() {
      await live[Symbol.asyncDispose]();
      await directory[Symbol.asyncDispose]();
    },
  };
}

test('a change of main.cf is taken in', async () => {
  await using watched = await openWatched('mail_name = One\n');

  await reloaded(watched.live, () => writeFile(watched.file, 'mail_name = Two\n'));

  expect(watched.live.current().get('mail_name')).toBe('Two');
});

test('an editor that replaces the file is noticed, again and again', async () => {
  await using watched = await openWatched('mail_name = One\n');
  const replace = async (name: string) => {
    await writeFile(`${watched.file}.new`, `mail_name = ${name}\n`);
    await rename(`${watched.file}.new`, watched.file);
  };

  await reloaded(watched.live, () => replace('Two'));
  await reloaded(watched.live, () => replace('Three'));

  expect(watched.live.current().get('mail_name')).toBe('Three');
});

test('a master.cf that appears is noticed', async () => {
  await using watched = await openWatched('mail_name = One\n');

  await reloaded(watched.live, () => writeFile(join(watched.path, 'master.cf'), 'submission inet n - n - - smtpd\n'));

  expect(watched.live.current().listeners).toMatchObject([{ service: 'submission/inet' }]);
});

test.for([
  { why: 'no program of Postfix could read', text: 'mail_name\n', code: 'main-cf-syntax' },
  { why: 'no program of Postfix would start with', text: 'message_size_limit = many\n', code: 'bad-value' },
])('a main.cf that $why leaves the old one in force, and says so', async ({ text, code }) => {
  await using watched = await openWatched('mail_name = One\n');

  await reloaded(watched.live, () => writeFile(watched.file, text));

  expect(watched.live.current().get('mail_name')).toBe('One');
  const found = watched.live.rejected()?.findings.filter(({ at }) => at.line === 1);
  expect(found?.map((finding) => finding.code)).toEqual([code]);

  await reloaded(watched.live, () => writeFile(watched.file, 'mail_name = Two\n'));

  expect(watched.live.current().get('mail_name')).toBe('Two');
  expect(watched.live.rejected()).toBeUndefined();
});

test('a mistake that is in force already doesn’t keep the next change out', async () => {
  await using watched = await openWatched('message_size_limit = many\nmail_name = One\n');

  await reloaded(watched.live, () => writeFile(watched.file, 'message_size_limit = many\nmail_name = Two\n'));

  expect(watched.live.current().get('mail_name')).toBe('Two');
});

test('settings that were handed out stay as they were', async () => {
  await using watched = await openWatched('mail_name = One\n');
  const before = watched.live.current();

  await reloaded(watched.live, () => writeFile(watched.file, 'mail_name = Two\n'));

  expect(before.get('mail_name')).toBe('One');
  expect(watched.live.current().hash).not.toBe(before.hash);
});

test('a configuration that goes away leaves the old one in force', async () => {
  await using watched = await openWatched('mail_name = One\n');
  await mkdir(join(watched.path, 'sub'));

  await reloaded(watched.live, () => rm(watched.file));

  expect(watched.live.current().get('mail_name')).toBe('One');
});
