import { expect, test } from 'vitest';
import { LookupError } from '../../../src/rules/tables/lookup-table.ts';
import { openTable } from '../../../src/rules/tables/open-table.ts';
import { makeTableWorld } from '../../support/table-world.ts';

const at = { file: '/etc/postfix/main.cf', line: 7 };

test.for([
  { spec: 'nosuch:x', line: 'error: unsupported dictionary type: nosuch' },
  { spec: 'HASH:x', line: 'error: unsupported dictionary type: HASH' },
  { spec: 'hash:x', line: 'error: open database x.db: No such file or directory' },
  { spec: 'lmdb:x', line: 'error: open database x.lmdb: No such file or directory' },
  { spec: 'texthash:x', line: 'error: open database x: No such file or directory' },
  { spec: 'unix:hosts.byname', line: 'error: unknown table: unix:hosts.byname' },
  { spec: 'hash:', line: 'fatal: open dictionary: expecting "type:name" form instead of "hash:"' },
  { spec: 'hash', line: 'fatal: open dictionary: expecting "type:name" form instead of "hash"' },
  { spec: 'static:{a', line: `error: bad static:name syntax: missing '}' in "{a"` },
  { spec: 'inline:{a}', line: `error: missing '=' after attribute name: "inline:{a}"; need "inline:{name=value...}"` },
  { spec: 'inline:{ }', line: 'error: empty table: "inline:{ }"; need "inline:{name=value...}"' },
  { spec: 'inline:{a="b c"}', line: `error: unbalanced '"': "inline:{a="b c"}"; need "inline:{name=value...}"` },
  { spec: 'unionmap:{static}', line: 'error: bad syntax: "unionmap:{static}"; need "unionmap:{type:name...}"' },
  { spec: 'randmap:{,}', line: 'error: bad syntax: "randmap:{,}"; need "randmap:{value...}"' },
])('$spec is reported where it is named, and has no answer: $line', ({ spec, line }) => {
  const { world, findings } = makeTableWorld();

  const table = openTable(spec, at, world);

  expect(findings).toMatchObject([{ severity: 'error', at, postfixLine: line }]);
  expect(() => table.lookup('a')).toThrow(LookupError);
});

test.for([
  { spec: 'static:a b', key: 'x', value: 'a b' },
  { spec: 'static:{ a b }', key: '', value: 'a b' },
  { spec: 'inline:{a=1, b=2, a=3}', key: 'a', value: '3' },
  { spec: 'inline:{{ a = b, c }}', key: 'A', value: 'b, c' },
  { spec: 'inline:{a=b=c}', key: 'a', value: 'b=c' },
  { spec: 'inline:{a=1}', key: 'b', value: undefined },
  { spec: 'unionmap:{inline:{a=1},static:2}', key: 'a', value: '1,2' },
  { spec: 'unionmap:{inline:{a=1} inline:{b=2}}', key: 'c', value: undefined },
  { spec: 'pipemap:{inline:{a=B},inline:{b=c}}', key: 'a', value: 'c' },
  { spec: 'pipemap:{inline:{a=b},inline:{x=y}}', key: 'a', value: undefined },
  { spec: 'randmap:{first,second}', key: 'any', value: 'first' },
  { spec: 'proxy:inline:{a=b}', key: 'a', value: 'b' },
  { spec: 'environ:any', key: 'home', value: '/root' },
  { spec: 'environ:any', key: 'HOME', value: '/root' },
  { spec: 'unix:passwd.byname', key: 'ANN', value: 'ann:x:1:1:Ann:/home/ann:/bin/sh' },
  { spec: 'unix:group.byname', key: 'mail', value: 'mail:x:8:ann' },
  { spec: 'unix:group.byname', key: 'ann', value: undefined },
])('$spec answers $value for "$key"', ({ spec, key, value }) => {
  const { world } = makeTableWorld();
  const facts = {
    ...world,
    environment: new Map([['home', '/root']]),
    passwd: 'ann:x:1:1:Ann:/home/ann:/bin/sh\n',
    group: 'mail:x:8:ann\n',
  };

  expect(openTable(spec, at, facts).lookup(key)?.value).toBe(value);
});

test('a table made of one that fails says so by its own name', () => {
  const { world } = makeTableWorld();

  expect(() => openTable('unionmap:{static:a fail:x}', at, world).lookup('q')).toThrow(
    'unionmap:{static:a fail:x}: Application error',
  );
});

test('a table made of tables has the kind of the first', () => {
  const { world } = makeTableWorld();

  expect(openTable('pipemap:{inline:{a=b} randmap:{c}}', at, world).kind).toBe('fixed');
  expect(openTable('pipemap:{randmap:{c} inline:{a=b}}', at, world).kind).toBe('pattern');
});

test('tables nested beyond reason are refused, and nothing overflows', () => {
  const { world, findings } = makeTableWorld();
  const depth = 100_000;

  const table = openTable(`${'unionmap:{'.repeat(depth)}static:a${'}'.repeat(depth)}`, at, world);

  expect(findings).toMatchObject([{ code: 'table-nesting' }]);
  expect(() => table.lookup('a')).toThrow(LookupError);
});

test('with smtputf8, a key that is not UTF-8 is not found, and a warning says so', () => {
  const { world, findings } = makeTableWorld();

  expect(openTable('static:v', at, { ...world, smtputf8: true }).lookup('\xff')).toBeUndefined();
  expect(findings[0]?.postfixLine).toBe(
    'warning: static:v: non-UTF-8 key "\xff": malformed UTF-8 or invalid codepoint',
  );
});

test('with smtputf8, a value that is not UTF-8 is a mistake of the configuration', () => {
  const { world } = makeTableWorld();
  const table = openTable('static:\xff', at, { ...world, smtputf8: true });

  expect(() => table.lookup('k')).toThrow(expect.objectContaining({ kind: 'configuration' }));
});

test.for(['cdb', 'dbm', 'sdbm'])('%s, which this build of Postfix lacks, is answered by its text', (type) => {
  const { world, findings } = makeTableWorld({ files: { table: 'a b\n' } });

  const table = openTable(`${type}:table`, at, world);

  expect(table.lookup('A')).toMatchObject({ value: 'b', source: { file: 'table', line: 1 } });
  expect(findings).toMatchObject([{ severity: 'warning', code: 'table-map-missing' }]);
});

test.for(['cdb', 'dbm', 'sdbm'])('%s is unknown where only maps count, as in Postfix', (type) => {
  const { world, findings } = makeTableWorld({ files: { table: 'a b\n' } });

  openTable(`${type}:table`, at, { ...world, source: 'compiled' });

  expect(findings).toMatchObject([{ postfixLine: `error: unsupported dictionary type: ${type}` }]);
});
