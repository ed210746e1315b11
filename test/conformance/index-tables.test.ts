import { expect, test } from 'vitest';
import { findTables } from './index-tables.ts';
import { makeVector } from './support.ts';
import type { Vector } from './vector.ts';

const toNames = (vector: Vector): string[] => findTables(vector).map(({ type, path }) => `${type}:${path}`);

test('tables that main.cf, master.cf or a probe name by an absolute path are indexed, each once, and the aliases', () => {
  const config = {
    main_cf: 'a = hash:/etc/a, btree:/etc/b\nb = hash:/etc/a hash:relative hash:$config_directory/c texthash:/etc/d\n',
    master_cf: 'smtp inet n - n - - smtpd -o x={lmdb:/etc/e}\n',
  };
  const probes = [
    { kind: 'postmap', table: 'hash:/etc/f', keys: [], expected: { results: {} } },
    { kind: 'cli', argv: ['postmap', '-q', 'k', 'hash:/etc/g'], expected: { rc: 0, stdout: '' } },
    { kind: 'postmap', table: 'unionmap:{hash:/etc/h}', keys: [], expected: { results: {} } },
  ];
  expect(toNames(makeVector(probes, config)).sort()).toEqual(
    [
      'hash:/etc/a',
      'btree:/etc/b',
      'lmdb:/etc/e',
      'hash:/etc/f',
      'hash:/etc/g',
      'hash:/etc/h',
      'hash:/etc/aliases',
    ].sort(),
  );
});
