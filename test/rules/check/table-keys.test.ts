import { expect, test } from 'vitest';
import { checkTableKeys } from '../../../src/rules/check/table-keys.ts';
import { findIn, toRows } from '../../support/checked.ts';

test.for([
  { main: 'transport_maps = texthash:/etc/postfix/t', t: 'a@b.test x:\nb.test x:\n.b.test x:\n* x:\n', rows: [] },
  {
    main: 'transport_maps = texthash:/etc/postfix/t',
    t: 'b.test x:\n@b.test x:\n',
    rows: ['table-key-never-asked t:2'],
  },
  { main: 'virtual_alias_maps = texthash:/etc/postfix/t', t: 'B.test x\n@b.test y\nuser z\n', rows: [] },
  { main: 'virtual_mailbox_domains = texthash:/etc/postfix/t', t: 'a@b.test x\n', rows: ['table-key-never-asked t:1'] },
  {
    main: 'virtual_alias_domains = texthash:/etc/postfix/t\nvirtual_alias_maps = texthash:/etc/postfix/t',
    t: 'b.test x\na@b.test x\n',
    rows: [],
  },
  {
    main: 'smtpd_sender_restrictions = check_sender_access texthash:/etc/postfix/t',
    t: '@b.test REJECT\nb.test REJECT\nuser@ REJECT\n.c.test REJECT\n',
    rows: ['table-key-never-asked t:1', 'table-key-never-asked t:4'],
  },
  {
    main: 'parent_domain_matches_subdomains =\nsmtpd_sender_restrictions = check_sender_access texthash:/etc/postfix/t',
    t: '.c.test REJECT\n',
    rows: [],
  },
  {
    main: 'smtpd_client_restrictions = check_client_access texthash:/etc/postfix/t',
    t: '10.0.0.0/8 OK\n192.168. OK\n192.168 OK\n',
    rows: ['table-key-never-asked t:1', 'table-key-never-asked t:2'],
  },
  { main: 'smtpd_client_restrictions = check_client_access cidr:/etc/postfix/t', t: '10.0.0.0/8 OK\n', rows: [] },
])('$main with $t finds $rows', async ({ main, t, rows }) => {
  expect(toRows(await findIn(checkTableKeys, { 'main.cf': main, t }))).toEqual(rows);
});
