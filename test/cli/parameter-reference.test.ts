import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { formatParameterPage } from '../../src/cli/parameter-reference.ts';

test('docs/parameters.md is fresh: else run "node scripts/parameters.js"', async () => {
  const page = await readFile(new URL('../../docs/parameters.md', import.meta.url), 'utf8');

  expect(page).toBe(formatParameterPage());
});
