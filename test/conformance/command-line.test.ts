import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execFile } from 'node:child_process';
import { expect, test } from 'vitest';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';
import { makeVector } from './support.ts';

const SCRIPT = fileURLToPath(new URL('../../scripts/conformance.js', import.meta.url));
const probe = { kind: 'cli', argv: ['cat', 't'], expected: { rc: 0, stdout: 'x\n' } };
const vector = makeVector([probe], { files: { t: 'x\n' } });

function run(...argv: readonly string[]): Promise<{ status: number; stdout: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [SCRIPT, ...argv], (_error, stdout) => {
      resolve({ status: child.exitCode ?? -1, stdout });
    });
  });
}

test('the command runs the vectors that it is given, reports in their order, and says whether all agree', async () => {
  await using directory = await makeTemporaryDirectory();
  const wrong = makeVector([{ ...probe, expected: { rc: 0, stdout: 'y\n' } }], { files: { t: 'x\n' } });
  await writeFile(join(directory.path, 'a.json'), JSON.stringify({ ...wrong, name: 'a' }));
  await writeFile(join(directory.path, 'b.json'), JSON.stringify({ ...vector, name: 'b' }));
  await writeFile(join(directory.path, 'c.json'), JSON.stringify({ ...wrong, name: 'c' }));

  const all = await run(directory.path);
  expect(all.status).toBe(1);
  expect(all.stdout.match(/^(?:FAIL \w+#0|\d.*)/gm)).toEqual([
    'FAIL a#0',
    'FAIL c#0',
    '1 probes passed, 2 failed, 0 not supported',
  ]);
  const good = await run(join(directory.path, 'b.json'));
  expect(good.status).toBe(0);
});

test('a file that is no vector stops the command', async () => {
  await using directory = await makeTemporaryDirectory();
  await writeFile(join(directory.path, 'a.json'), JSON.stringify({ ...vector, surprise: 1 }));
  const { status, stdout } = await run(directory.path);
  expect(status).toBe(2);
  expect(stdout).toContain('a.json: unknown member /surprise');
});
