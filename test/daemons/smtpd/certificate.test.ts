import { X509Certificate } from 'node:crypto';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { systemClock } from '../../../src/clock.ts';
import { provideCertificate } from '../../../src/daemons/smtpd/certificate.ts';
import { manualClock } from '../../support/clock.ts';
import { makeTemporaryDirectory } from '../../support/temporary-directory.ts';

const NAMES = ['localhost', 'mail.example.com', '127.0.0.1', '::1'];

test('the certificate is for every name asked for, and signed by an authority of its own', async () => {
  await using directory = await makeTemporaryDirectory();

  const { chain } = await provideCertificate({ directory: directory.path, names: NAMES, clock: systemClock });

  const server = new X509Certificate(chain);
  const authority = new X509Certificate(await readFile(join(directory.path, 'ca.pem')));
  expect(server.verify(authority.publicKey)).toBe(true);
  expect({ host: server.checkHost('mail.example.com'), address: server.checkIP('::1') }).toEqual({
    host: 'mail.example.com',
    address: '::1',
  });
  expect({ authority: authority.ca, server: server.ca }).toEqual({ authority: true, server: false });
});

test('only the owner reads the keys', async () => {
  await using directory = await makeTemporaryDirectory();

  await provideCertificate({ directory: directory.path, names: NAMES, clock: systemClock });

  const modes = await Promise.all(
    ['ca.key', 'server.key'].map(async (file) => (await stat(join(directory.path, file))).mode & 0o777),
  );
  expect(modes).toEqual([0o600, 0o600]);
});

test('it stays the same as long as it serves', async () => {
  await using directory = await makeTemporaryDirectory();
  const options = { directory: directory.path, names: NAMES, clock: systemClock };

  const [first, second] = [await provideCertificate(options), await provideCertificate(options)];

  expect(second).toEqual(first);
});

test.for([
  { why: 'another name is asked for', names: [...NAMES, 'other.test'], days: 0, isSameAuthority: true },
  { why: 'it is about to end', names: NAMES, days: 380, isSameAuthority: true },
  { why: 'its authority is about to end', names: NAMES, days: 3640, isSameAuthority: false },
])('it is made again when $why', async ({ names, days, isSameAuthority }) => {
  await using directory = await makeTemporaryDirectory();
  const clock = manualClock();
  const before = await provideCertificate({ directory: directory.path, names: NAMES, clock });
  const authority = await readFile(join(directory.path, 'ca.pem'), 'utf8');

  clock.advance(days * 86_400_000);
  const after = await provideCertificate({ directory: directory.path, names, clock });

  expect(after.chain).not.toBe(before.chain);
  expect((await readFile(join(directory.path, 'ca.pem'), 'utf8')) === authority).toBe(isSameAuthority);
});

test('a damaged file is made again', async () => {
  await using directory = await makeTemporaryDirectory();
  const options = { directory: directory.path, names: NAMES, clock: systemClock };
  await provideCertificate(options);
  await writeFile(join(directory.path, 'server.key'), 'no key');

  const { key } = await provideCertificate(options);

  expect(key).toContain('PRIVATE KEY');
});

test('without a directory nothing is kept', async () => {
  await using directory = await makeTemporaryDirectory();

  await provideCertificate({ directory: undefined, names: NAMES, clock: systemClock });

  expect(await readdir(directory.path)).toEqual([]);
});
