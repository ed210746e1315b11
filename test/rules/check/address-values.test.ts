import { expect, test } from 'vitest';
import { checkAddressValues } from '../../../src/rules/check/address-values.ts';
import { findIn, toRows } from '../../support/checked.ts';

test.for([
  { parameter: 'virtual_alias_maps', value: '|/bin/true', row: 'virtual-alias-target map:1:10' },
  { parameter: 'virtual_alias_maps', value: 'a@b.test, "|/bin/true -x"', row: 'virtual-alias-target map:1:10' },
  { parameter: 'virtual_alias_maps', value: '/tmp/x', row: 'virtual-alias-target map:1:10' },
  { parameter: 'virtual_alias_maps', value: ':include:/tmp/x', row: 'virtual-alias-target map:1:10' },
  { parameter: 'virtual_alias_maps', value: 'a@b.test # note', row: 'table-value-comment map:1:19' },
  { parameter: 'alias_maps', value: 'alice # admin', row: 'table-value-comment map:1:16' },
  { parameter: 'alias_maps', value: '|/bin/true -x y', row: 'alias-command-unquoted map:1:10' },
  { parameter: 'canonical_maps', value: 'a@x.test b@x.test', row: 'canonical-several map:1:19' },
  { parameter: 'transport_maps', value: 'error:', row: 'transport-no-text map:1:10' },
  { parameter: 'transport_maps', value: 'smtp:[192.0.2.1]:25 # ours', row: 'table-value-comment map:1:30' },
])('$value in $parameter is $row', async ({ parameter, value, row }) => {
  const files = { 'main.cf': `${parameter} = texthash:/etc/postfix/map\n`, map: `u@v.test ${value}\n` };
  expect(toRows(await findIn(checkAddressValues, files))).toEqual([row]);
});

test.for([
  { parameter: 'virtual_alias_maps', value: 'a@b.test, c+d/e@f.test' },
  { parameter: 'virtual_alias_maps', value: 'a#b@c.test' },
  { parameter: 'alias_maps', value: '"|/bin/true -x y", bob' },
  { parameter: 'alias_maps', value: '|/bin/true, bob' },
  { parameter: 'alias_maps', value: '"|/bin/true # x"' },
  { parameter: 'canonical_maps', value: 'a@x.test' },
  { parameter: 'transport_maps', value: 'error:5.1.6 see ticket #12, # 13' },
])('$value in $parameter is sound', async ({ parameter, value }) => {
  const files = { 'main.cf': `${parameter} = texthash:/etc/postfix/map\n`, map: `u@v.test ${value}\n` };
  expect(await findIn(checkAddressValues, files)).toEqual([]);
});

test('Postfix says of several canonical addresses what it takes', async () => {
  const main = 'sender_canonical_maps = inline:{{multi@x.test=a@x.test b@x.test}}\n';
  expect(await findIn(checkAddressValues, { 'main.cf': main })).toMatchObject([
    { postfixLine: 'warning: multi-valued sender_canonical_maps entry for multi@x.test' },
  ]);
});
