import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDns } from '../../src/settings/dns.ts';
import { loadSettings } from '../../src/settings/load.ts';
import { Unanswered } from '../../src/rules/question.ts';
import { testMachine } from '../support/settings.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

/** Who answers with these files beside main.cf. */
async function open(mainCf: string, files: Readonly<Record<string, string>> = {}) {
  await using directory = await makeTemporaryDirectory();
  const place = join(directory.path, 'postfix');
  await mkdir(place);
  for (const [name, text] of Object.entries({ 'main.cf': mainCf, ...files })) await writeFile(join(place, name), text);
  return openDns(loadSettings({ machine: { ...testMachine, cwd: directory.path } }));
}

test('the file dns beside main.cf answers', async () => {
  const ask = await open('', { dns: 'example.com A 192.0.2.1\nxn--bcher-kva.example A 192.0.2.2\n' });

  expect(ask?.('example.com', 'A')).toEqual({ status: 'found', records: ['192.0.2.1'] });
  expect(ask?.('b\xc3\xbccher.example', 'A')).toEqual({ status: 'found', records: ['192.0.2.2'] });
  expect(ask?.('example.net', 'A')).toEqual({ status: 'no domain' });
});

test.for([
  { mainCf: '', files: {} },
  { mainCf: 'catch_dns =\n', files: { dns: 'example.com A 192.0.2.1\n' } },
  { mainCf: 'catch_dns = other\n', files: { dns: 'example.com A 192.0.2.1\n' } },
])('nobody is asked: $mainCf $files', async ({ mainCf, files }) => {
  expect(await open(mainCf, files)).toBeUndefined();
});

test('the machine’s servers are asked only where that is said', async () => {
  const ask = await open('catch_dns = system\n');

  expect(() => ask?.('example.com', 'MX')).toThrow(Unanswered);
});
