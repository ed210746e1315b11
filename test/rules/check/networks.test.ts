import { expect, test } from 'vitest';
import { checkNetworks } from '../../../src/rules/check/networks.ts';
import { findIn, toRows } from '../../support/checked.ts';

test.for([
  {
    main: 'mynetworks = 127.0.0.0/8 [::1]/128 [fe80::]/10 10.0.0.0/8 192.168.1.0/24 198.51.100.0/24 2001:db8::/32',
    rows: [],
  },
  { main: 'mynetworks = cidr:/etc/postfix/nets, hash:/etc/postfix/nets, host.test', rows: [] },
  { main: 'mynetworks = 127.0.0.0/8, 0.0.0.0/0', rows: ['open-relay main.cf:1:27'] },
  { main: 'mynetworks = [::]/0', rows: ['open-relay main.cf:1:14'] },
  { main: 'mynetworks = 20.0.0.0/8', rows: ['network-too-wide main.cf:1:14'] },
  { main: 'mynetworks = !0.0.0.0/0', rows: [] },
  { main: 'mynetworks = 10.0.0.1/8', rows: ['network-syntax main.cf:1:14'] },
  { main: 'mynetworks = 300.1.1.1', rows: ['network-no-address main.cf:1:14'] },
  { main: 'mynetworks = /etc/postfix/list', rows: ['open-relay list:2'] },
  { main: 'mynetworks = 127.0.0.1\nmynetworks_style = host', rows: ['networks-style-unused main.cf:2:20'] },
  { main: 'mynetworks_style = class', rows: ['network-too-wide main.cf:1:20'] },
])('$main finds $rows', async ({ main, rows }) => {
  const files = { 'main.cf': main, list: '127.0.0.0/8\n0.0.0.0/0 all\n' };
  expect(toRows(await findIn(checkNetworks, files))).toEqual(rows);
});

test('Postfix’s words say what to write', async () => {
  expect(await findIn(checkNetworks, { 'main.cf': 'mynetworks = 10.0.0.1/8' })).toMatchObject([
    {
      hint: 'write 10.0.0.0/8',
      postfixLine:
        'warning: mynetworks: non-null host address bits in "10.0.0.1/8", perhaps you should use "10.0.0.0/8" instead',
    },
  ]);
});
