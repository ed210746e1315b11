import { expect, test } from 'vitest';
import { LookupError } from '../../../src/rules/tables/lookup-table.ts';
import { openTable } from '../../../src/rules/tables/open-table.ts';
import { makeTableWorld } from '../../support/table-world.ts';

const at = { file: 'main.cf', line: 7 };

test.for([
  { spec: 'ldap:/etc/postfix/users.cf', stub: 'texthash:/etc/postfix/users in the place of ldap:' },
  { spec: 'mysql:/etc/postfix/mysql/users.cf', stub: 'texthash:/etc/postfix/users in the place of mysql:' },
  { spec: 'memcache:cache', stub: 'texthash:/etc/postfix/cache in the place of memcache:cache' },
  { spec: 'tcp:db.test:3000', stub: 'in the place of tcp:db.test:3000' },
])('$spec can’t be asked, and says how to stub it', ({ spec, stub }) => {
  const { world, findings } = makeTableWorld();
  const table = openTable(spec, at, world);
  expect(() => table.lookup('k')).toThrow(LookupError);
  expect(findings).toMatchObject([{ code: 'table-not-asked', at }]);
  expect(findings[0]?.hint).toContain('put inline:{ { user@example.com = value } } or ');
  expect(findings[0]?.hint).toContain(stub);
});

test('nis: knows no key, as on a machine without NIS', () => {
  const { world, findings } = makeTableWorld();
  expect(openTable('nis:mail.aliases', at, world).lookup('k')).toBeUndefined();
  expect(findings).toMatchObject([
    { postfixLine: 'warning: dict_nis_init: NIS domain name not set - NIS lookups disabled' },
  ]);
});

test('memcache: names the server that its file names', () => {
  const { world, findings } = makeTableWorld({ files: { '/m.cf': 'memcache = inet:cache.test:11211' } });
  const table = openTable('memcache:/m.cf', at, world);
  expect(() => table.lookup('k')).toThrow(new LookupError('memcache:/m.cf', 'Connection refused'));
  expect(findings).toMatchObject([{ postfixLine: 'warning: connect to cache.test:11211: Connection refused' }]);
});
