import { expect, test } from 'vitest';
import { checkListWildcards } from '../../../src/rules/check/list-wildcards.ts';
import { findIn, toRows } from '../../support/checked.ts';

test.for([
  { main: 'relay_domains = *', hint: 'name each domain, or use a pcre: table; for every domain write static:all' },
  { main: 'relay_domains = *.a.test', hint: 'write a.test: its subdomains are in it' },
  {
    main: 'virtual_alias_domains = *.a.test',
    hint: 'write a pcre: table with /\\.a\\.test$/ OK, or name each subdomain',
  },
])('$main never matches', async ({ main, hint }) => {
  const findings = await findIn(checkListWildcards, { 'main.cf': `${main}\n` });
  expect(findings).toMatchObject([{ code: 'list-wildcard', hint }]);
});

test('a table may have it in its name, and the place is the word’s', async () => {
  const main = 'relay_domains = pcre:{{/.*/ OK}}, hash:/etc/postfix/*, a.test,\n  b.*\n';
  expect(toRows(await findIn(checkListWildcards, { 'main.cf': main }))).toEqual(['list-wildcard main.cf:2:3']);
});
