import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { runCommand } from '../../support/cli.ts';

const ROOT = new URL('../../../', import.meta.url).pathname;

test('the tests of the example pass', async () => {
  const options = { cwd: ROOT, signal: new AbortController().signal };
  expect(await runCommand(['test', 'examples'], options)).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('1 file: all passed') as string,
    stderr: '',
  });
});

test('the documentation shows the example as it is', async () => {
  const example = await readFile(`${ROOT}examples/unit-tests/mail.postfix-test.yaml`, 'utf8');
  const [, shown] = /```yaml\n(config: .*?)```\n/s.exec(await readFile(`${ROOT}docs/unit-tests.md`, 'utf8')) ?? [];

  expect(shown).toBe(example);
});
