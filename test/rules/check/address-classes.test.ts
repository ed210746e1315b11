import { expect, test } from 'vitest';
import { checkAddressClasses } from '../../../src/rules/check/address-classes.ts';
import { findIn, toRows } from '../../support/checked.ts';

test.for([
  { main: 'virtual_alias_domains = other.test', files: {}, rows: [], why: 'each domain is in one class' },
  {
    main: 'virtual_alias_domains = a.test, Example.Com',
    files: {},
    rows: ['domain-in-two-classes main.cf:1:33'],
    why: 'case doesn’t count',
  },
  {
    main: 'virtual_alias_maps = inline:{example.com=x}',
    files: {},
    rows: ['domain-in-two-classes main.cf:1:22'],
    why: 'virtual_alias_domains is made of virtual_alias_maps',
  },
  {
    main: 'virtual_mailbox_domains = texthash:/etc/postfix/boxes\nrelay_domains = a.test',
    files: { boxes: '# ours\nb.test x\na.test x\n' },
    rows: ['domain-in-two-classes main.cf:2:17'],
    why: 'a table is a list, too',
  },
  {
    main: 'virtual_mailbox_domains = a.test\nrelay_domains = /etc/postfix/relays',
    files: { relays: '# theirs\nb.test\na.test\n' },
    rows: ['domain-in-two-classes relays:3'],
    why: 'so is a file',
  },
  {
    main: 'virtual_mailbox_domains = sub.a.test\nrelay_domains = a.test',
    files: {},
    rows: ['domain-in-two-classes main.cf:2:17'],
    why: 'relay_domains has subdomains',
  },
  {
    main: 'virtual_mailbox_domains = sub.a.test\nrelay_domains = !sub.a.test, a.test',
    files: {},
    rows: [],
    why: 'what is left out isn’t in the list',
  },
  { main: 'relay_domains = $mydestination', files: {}, rows: [], why: 'that was the default once' },
  {
    main: 'virtual_mailbox_domains = /etc/postfix/nofile',
    files: {},
    rows: ['list-file-unreadable main.cf:1:27', 'list-unanswered main.cf:1:27'],
    why: 'a file is missing',
  },
])('$main: $why', async ({ main, files, rows }) => {
  expect(toRows(await findIn(checkAddressClasses, { ...files, 'main.cf': main }))).toEqual(rows);
});

test('Postfix names the class that wins first', async () => {
  const main = 'virtual_alias_domains = a.test\nvirtual_mailbox_domains = a.test\nrelay_domains = a.test';
  const findings = await findIn(checkAddressClasses, { 'main.cf': main });
  expect(findings.map(({ postfixLine }) => postfixLine)).toEqual([
    'warning: do not list domain a.test in BOTH virtual_alias_domains and virtual_mailbox_domains',
    'warning: do not list domain a.test in BOTH virtual_alias_domains and relay_domains',
  ]);
});

test('of many domains in two classes only the first are told', async () => {
  const domains = Array.from({ length: 10_000 }, (_, index) => `d${index}.test x`).join('\n');
  const main = 'virtual_alias_domains = texthash:/etc/postfix/a\nvirtual_mailbox_domains = texthash:/etc/postfix/b';
  const findings = await findIn(checkAddressClasses, { 'main.cf': main, a: domains, b: domains });
  expect(findings).toHaveLength(10);
});
