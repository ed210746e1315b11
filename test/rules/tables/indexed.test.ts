import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeCompiledMap } from '../../../src/rules/tables/compiled-map.ts';
import { LookupError } from '../../../src/rules/tables/lookup-table.ts';
import { createMapBuilder, type MapBuilder } from '../../../src/rules/tables/map-builder.ts';
import { readMapText } from '../../../src/rules/tables/map-text.ts';
import { openTable } from '../../../src/rules/tables/open-table.ts';
import type { TableWorld } from '../../../src/rules/tables/table-world.ts';
import { makeTableWorld } from '../../support/table-world.ts';

const at = { file: 'main.cf', line: 1 };
const TEXT = `# comment
key1 value1
key3 part1
   part2
# in the middle
\tpart3
KEY4 Mixed
key5    spaced   value   \t
dup one
Dup two
"quoted key" qv
back\\slash v\\n
key9 # not a comment

key11 before

   and after a blank line
`;

test.for([
  { key: 'key1', value: 'value1', line: 2 },
  { key: 'KEY1', value: 'value1', line: 2 },
  { key: 'key3', value: 'part1   part2\tpart3', line: 3 },
  { key: 'key4', value: 'Mixed', line: 7 },
  { key: 'key5', value: 'spaced   value', line: 8 },
  { key: 'dup', value: 'one', line: 9 },
  { key: '"quoted key"', value: 'qv', line: 11 },
  { key: 'back\\slash', value: 'v\\n', line: 12 },
  { key: 'key9', value: '# not a comment', line: 13 },
  { key: 'key11', value: 'before   and after a blank line', line: 15 },
])('the text answers $value for $key, from line $line', ({ key, value, line }) => {
  const { world } = makeTableWorld({ files: { t: TEXT, 't.db': '' } });

  expect(openTable('hash:t', at, world).lookup(key)).toMatchObject({ value, source: { file: 't', line } });
});

test.for([
  { text: 'k\n', line: 'warning: t, line 1: expected format: key whitespace value' },
  { text: 'k v\nK w\n', line: 'warning: t.db: duplicate entry: "k"' },
  { text: 'k: v\n', line: 'warning: t, line 1: record is in "key: value" format; is this an alias file?' },
  { text: '  k v\n', line: 'warning: t: logical line must not start with whitespace: "  k v"' },
  { text: '"k v\n', line: `warning: t, line 1: unbalanced '"' in '"k v' -- ignoring this line` },
])('what is wrong with a line is told in the words of postmap: $line', ({ text, line }) => {
  const { world, findings } = makeTableWorld({ files: { t: text, 't.db': '' } });

  openTable('hash:t', at, { ...world, duplicates: 'warn' });

  expect(findings.map(({ postfixLine }) => postfixLine)).toEqual([line]);
});

test('a text whose map is missing answers, and the finding says that production would not', () => {
  const { world, findings } = makeTableWorld({ files: { t: 'k v\n' } });

  expect(openTable('hash:t', at, world).lookup('k')?.value).toBe('v');
  expect(findings).toMatchObject([
    {
      severity: 'warning',
      code: 'table-map-missing',
      postfixLine: 'error: open database t.db: No such file or directory',
    },
  ]);
});

test('a text that is newer than its map answers, and the finding says so', () => {
  const { world, findings } = makeTableWorld();
  const readFile: TableWorld['readFile'] = (path) => ({
    text: path === 't' ? 'k new\n' : '',
    modifiedAt: path === 't' ? 2000 : 1000,
    mode: 0o644,
    uid: 0,
  });

  expect(openTable('hash:t', at, { ...world, readFile }).lookup('k')?.value).toBe('new');
  expect(findings[0]?.postfixLine).toBe('warning: database t.db is older than source file t');
});

test('an alias table is read as aliases(5) has it', () => {
  const { world } = makeTableWorld({ files: { aliases: 'Root: alice,\n  "bob b"@x.test\n', 'aliases.db': '' } });
  const table = openTable('hash:aliases', at, { ...world, aliasTables: new Set(['hash:aliases']) });

  expect(table.lookup('root')).toMatchObject({ value: 'alice, "bob b"@x.test', source: { file: 'aliases', line: 1 } });
});

test.for([
  { type: 'hash', octets: 'junk\n', fault: 'open database t.db: Invalid argument' },
  { type: 'btree', octets: build('hash', 'k v\n'), fault: 'open database t.db: Invalid argument' },
  { type: 'lmdb', octets: '', fault: 'open database t.lmdb: Bad file descriptor' },
  { type: 'lmdb', octets: 'junk', fault: 'open database t.lmdb: MDB_INVALID: File is not an LMDB file' },
])('as compiled, $type does not take a file of another kind: $fault', ({ type, octets, fault }) => {
  const { world, findings } = makeTableWorld({ files: { 't.db': octets, 't.lmdb': octets } });

  const table = openTable(`${type}:t`, at, { ...world, source: 'compiled' });

  expect(findings[0]?.postfixLine).toBe(`error: ${fault}`);
  expect(() => table.lookup('k')).toThrow(LookupError);
});

test.for([
  { built: 'both', asked: 'both', value: 'v' },
  { built: 'no', asked: 'both', value: 'v' },
  { built: 'no', asked: 'yes', value: undefined },
  { built: 'yes', asked: 'no', value: undefined },
] as const)('a map built with null octets $built, asked for $asked, answers $value', ({ built, asked, value }) => {
  const { world } = makeTableWorld({ files: { 't.db': build('hash', 'k v\n', { trailingNull: built }) } });

  const table = openTable('hash:t', at, { ...world, source: 'compiled', trailingNull: asked });

  expect(table.lookup('k')?.value).toBe(value);
});

test('a map is called older than its text only once the text has been left alone for 100 s', () => {
  const { world, findings } = makeTableWorld();
  const map = build('hash', 'k v\n');
  const readFile: TableWorld['readFile'] = (path) => ({
    text: path === 't' ? 'k new\n' : map,
    modifiedAt: path === 't' ? 2000 : 1000,
    mode: 0o644,
    uid: 0,
  });

  openTable('hash:t', at, { ...world, readFile, source: 'compiled', now: 102_000 });
  expect(findings).toEqual([]);

  openTable('hash:t', at, { ...world, readFile, source: 'compiled', now: 102_001 });
  expect(findings).toMatchObject([{ code: 'table-map-older' }]);
});

const octets = fc
  .array(fc.constantFrom(...Array.from(' \t\n\r#"\\:=aBk\xc3\xa9\xff\0')), { maxLength: 60 })
  .map((parts) => parts.join(''));

test('whatever the text, its map answers what the text answers', () => {
  fc.assert(
    fc.property(octets, fc.boolean(), (text, smtputf8) => {
      const files = { t: text, 't.db': build('hash', text, { smtputf8 }) };
      const world = { ...makeTableWorld({ files }).world, smtputf8, duplicates: 'warn' } as const;
      const fromText = openTable('hash:t', at, world);
      const fromMap = openTable('hash:t', at, { ...world, source: 'compiled' });

      expect([...(fromMap.entries?.() ?? [])]).toEqual([...(fromText.entries?.() ?? [])]);
      for (const key of text.split(/[ \n]/)) expect(fromMap.lookup(key)).toEqual(fromText.lookup(key));
    }),
  );
});

test('whatever the octets, reading a map ends without throwing', () => {
  const broken = fc.tuple(octets, fc.nat(40)).map(([text, at]) => {
    const whole = build('hash', `k v\n${text}`);
    return whole.slice(0, at) + text + whole.slice(at);
  });
  fc.assert(
    fc.property(broken, (map) => {
      decodeCompiledMap(map, 'hash', () => {});
    }),
  );
});

function build(type: 'hash', text: string, options: Partial<TableWorld> = {}): string {
  const world = { ...makeTableWorld().world, ...options };
  const builder = createMapBuilder({ type, path: 't' }, world) as MapBuilder;
  readMapText(
    text,
    { file: 't', smtputf8: world.smtputf8, report: world.report, files: world },
    ({ text: source, line }, place) =>
      builder.add(source.slice(place.keyStart, place.keyEnd), source.slice(place.valueStart, place.valueEnd), line),
  );
  return builder.encode();
}
