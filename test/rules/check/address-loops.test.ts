import { expect, test } from 'vitest';
import { checkAddressLoops } from '../../../src/rules/check/address-loops.ts';
import { findIn, toRows } from '../../support/checked.ts';

test.for([
  { main: 'virtual_alias_maps = inline:{a@v.test=b@v.test, b@v.test=c@w.test}', rows: [] },
  { main: 'virtual_alias_maps = inline:{{a@v.test = a@v.test, b@w.test}}', rows: [] },
  { main: 'virtual_alias_maps = inline:{a@v.test=b@v.test, B@v.test=A@v.test}', rows: ['address-loop main.cf:1:22'] },
  { main: 'virtual_alias_maps = inline:{@v.test=@w.test, @w.test=@v.test}', rows: ['address-loop main.cf:1:22'] },
  {
    main: 'virtual_alias_maps = inline:{info=sales, sales=info@example.com}\nmyorigin = example.com',
    rows: ['address-loop main.cf:1:22'],
  },
  { main: 'canonical_maps = inline:{a@v.test=b@v.test, b@v.test=a@v.test}', rows: ['address-loop main.cf:1:18'] },
])('$main finds $rows', async ({ main, rows }) => {
  expect(toRows(await findIn(checkAddressLoops, { 'main.cf': main }))).toEqual(rows);
});

test('Postfix’s words are there, without the queue ID', async () => {
  const main = 'virtual_alias_maps = inline:{a@v.test=b@v.test, b@v.test=a@v.test}';
  expect(await findIn(checkAddressLoops, { 'main.cf': main })).toMatchObject([
    {
      problem: 'virtual aliases go in a circle: a@v.test → b@v.test → a@v.test',
      postfixLine:
        'warning: unreasonable virtual_alias_maps map nesting for a@v.test -- message not accepted, try again later',
    },
  ]);
});
