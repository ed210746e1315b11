import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findWhereabouts, leaveWhereabouts } from '../../src/settings/whereabouts.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const here = { url: 'http://localhost:8025', instance: 'this-run', pid: process.pid, uid: 1000, startedAtMs: 1 };

test('a server leaves word where it is, for its owner alone, and takes it back at its end', async () => {
  await using directory = await makeTemporaryDirectory();
  const left = await leaveWhereabouts(directory.path, here);
  expect(await findWhereabouts(directory.path)).toEqual(here);
  expect((await stat(join(directory.path, 'server.json'))).mode & 0o777).toBe(0o600);
  await left[Symbol.asyncDispose]();
  expect(await findWhereabouts(directory.path)).toBeUndefined();
});

test('it does not take back what a later server has left', async () => {
  await using directory = await makeTemporaryDirectory();
  const first = await leaveWhereabouts(directory.path, here);
  await leaveWhereabouts(directory.path, { ...here, instance: 'another-run' });
  await first[Symbol.asyncDispose]();
  expect(await findWhereabouts(directory.path)).toMatchObject({ instance: 'another-run' });
});

test.for([
  { text: JSON.stringify({ ...here, pid: 2 ** 30 }), why: 'of a server that was killed' },
  { text: '{"url":"http://loc', why: 'cut off' },
  { text: '[]', why: 'that is something else' },
])('a file $why is none', async ({ text }) => {
  await using directory = await makeTemporaryDirectory();
  await writeFile(join(directory.path, 'server.json'), text);
  expect(await findWhereabouts(directory.path)).toBeUndefined();
  expect(await readFile(join(directory.path, 'server.json'), 'utf8')).toBe(text);
});
