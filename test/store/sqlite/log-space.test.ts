import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openConnection } from '../../../src/store/sqlite/connection.ts';
import { reserveLogSpace } from '../../../src/store/sqlite/log-space.ts';
import { makeTemporaryDirectory } from '../../support/temporary-directory.ts';

const SIZE = 3 * 1024 * 1024;

test('a log is grown to the size with zeros; what is in it stays', async () => {
  await using directory = await makeTemporaryDirectory();
  const file = join(directory.path, 'log');
  writeFileSync(file, 'frames');

  reserveLogSpace(file, SIZE);

  const octets = readFileSync(file);
  expect(octets.length).toBe(SIZE);
  expect(octets.subarray(0, 6).toString()).toBe('frames');
  expect(octets.subarray(6).every((octet) => octet === 0)).toBe(true);
});

test('a log that is larger already stays as it is', async () => {
  await using directory = await makeTemporaryDirectory();
  const file = join(directory.path, 'log');
  writeFileSync(file, new Uint8Array(SIZE + 1));

  reserveLogSpace(file, SIZE);

  expect(statSync(file).size).toBe(SIZE + 1);
});

test('SQLite reads past no zeros: a database whose log was grown is whole after a crash', async () => {
  await using directory = await makeTemporaryDirectory();
  const path = join(directory.path, 'store.db');
  const before = openConnection(path);
  before.exec('CREATE TABLE kept (value)');
  reserveLogSpace(`${path}-wal`, SIZE);
  before.exec("INSERT INTO kept VALUES ('after it was grown')");
  const copy = join(directory.path, 'copy.db');
  // As a crash would leave them: nobody closed the database.
  for (const suffix of ['', '-wal']) writeFileSync(copy + suffix, readFileSync(path + suffix));

  const recovered = openConnection(copy);

  expect(recovered.prepare('SELECT value FROM kept').all()).toEqual([['after it was grown']]);
  expect(recovered.pragma('integrity_check')).toBe('ok');
  recovered.close();
  before.close();
});
