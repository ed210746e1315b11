import { expect, test } from 'vitest';
import { checkBrokenTables } from '../../../src/rules/check/broken-tables.ts';
import { findIn, toRows } from '../../support/checked.ts';

test.for([
  { main: 'transport_maps = inline:{a=b:}', rows: [], why: 'it answers' },
  { main: 'transport_maps = fail:x', rows: [], why: 'it is meant to have no answers' },
  { main: 'transport_maps = pgsql:/etc/postfix/x.cf', rows: [], why: 'its server isn’t asked by checks' },
  { main: 'transport_maps = hash:/etc/postfix/no', rows: ['table-unavailable main.cf:1:18'], why: 'no such file' },
  { main: 'virtual_alias_maps = mysql:/x.cf', rows: ['table-unavailable main.cf:1:22'], why: 'no such type here' },
])('$main: $why', async ({ main, rows }) => {
  const files = { 'main.cf': main, 'x.cf': 'hosts = h\nuser = u\ndbname = d\nquery = SELECT 1\n' };
  expect(toRows(await findIn(checkBrokenTables, files))).toEqual(rows);
});

test('Postfix’s words are those of a lookup', async () => {
  expect(await findIn(checkBrokenTables, { 'main.cf': 'transport_maps = hash:/etc/postfix/no' })).toMatchObject([
    {
      postfixLine:
        'warning: hash:/etc/postfix/no is unavailable. open database /etc/postfix/no.db: No such file or directory',
    },
  ]);
});
