import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../../..');

/** A finding's code where it is written in the source; one that is made of two words with `?` has both. */
const CODE = /^\s*(?:\S.*[\s{(])?(?:code|finding): (?:\w+ \? '([a-z0-9-]+)' : )?'([a-z0-9-]+)'/gm;

function listCodes(): readonly string[] {
  const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' });
  // A reply that a mail test expects has a code, too.
  const sources = files.filter((file) => /^(?:rules|settings|lookups|cli(?!.unit-tests))\b.*\.ts$/.test(file));
  const codes = sources.flatMap((file) =>
    [...readFileSync(join(ROOT, 'src', file), 'utf8').matchAll(CODE)].flatMap(([, first, second]) => [first, second]),
  );
  return [...new Set([...codes, 'alias-command-denied', 'alias-file-denied', 'table-rule'])].filter(
    (code) => code !== undefined,
  );
}

test('docs/findings.md tells of every code, and of no other', () => {
  const page = readFileSync(join(ROOT, 'docs/findings.md'), 'utf8');
  const documented = [...page.matchAll(/^\| `([a-z0-9-]+)`/gm)].map(([, code]) => code);

  expect(documented.sort()).toEqual([...listCodes()].sort());
});
