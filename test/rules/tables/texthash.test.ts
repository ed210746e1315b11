import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LookupError } from '../../../src/rules/tables/lookup-table.ts';
import { openTable } from '../../../src/rules/tables/open-table.ts';
import { makeTableWorld } from '../../support/table-world.ts';

const at = { file: 'main.cf', line: 1 };

test('a key ends at white space that is not quoted, and is folded', () => {
  const { world } = makeTableWorld({ files: { t: '"John Doe"@X.test  box \r\nlast one' } });
  const table = openTable('texthash:t', at, world);

  expect(table.lookup('"john doe"@x.test')).toEqual({
    key: '"john doe"@x.test',
    value: 'box',
    source: { file: 't', line: 1 },
  });
  expect(table.lookup('LAST')?.value).toBe('one');
});

test.for([
  { duplicates: 'warn', value: 'one', line: 'warning: t, line 2: duplicate entry: "K"' },
  { duplicates: 'ignore', value: 'one', line: undefined },
  { duplicates: 'replace', value: 'two', line: undefined },
] as const)('of two entries for a key, with duplicates "$duplicates", $value counts', ({ duplicates, value, line }) => {
  const { world, findings } = makeTableWorld({ files: { t: 'k one\nK two\n' } });

  expect(openTable('texthash:t', at, { ...world, duplicates }).lookup('k')?.value).toBe(value);
  expect(findings[0]?.postfixLine).toBe(line);
});

test('a daemon does not open a text with two entries for a key', () => {
  const { world, findings } = makeTableWorld({ files: { t: 'k one\nK two\n' } });

  const table = openTable('texthash:t', at, world);

  expect(findings).toMatchObject([
    { at: { file: 't', line: 2 }, postfixLine: 'error: t, line 2: duplicate entry: "K"' },
  ]);
  expect(() => table.lookup('k')).toThrow(LookupError);
});

test('whatever the text, opening it and asking it throws nothing but a LookupError', () => {
  const text = fc.string({ unit: fc.constantFrom(...Array.from(' \t\n\r#"\\:ak\xc3\xa9\xff\0')), maxLength: 80 });
  fc.assert(
    fc.property(text, text, fc.boolean(), (file, key, smtputf8) => {
      const { world } = makeTableWorld({ files: { t: file } });
      const table = openTable('texthash:t', at, { ...world, smtputf8 });
      try {
        table.lookup(key);
      } catch (error) {
        expect(error).toBeInstanceOf(LookupError);
      }
    }),
  );
});
