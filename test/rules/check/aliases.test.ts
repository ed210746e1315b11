import { expect, test } from 'vitest';
import { checkAliases } from '../../../src/rules/check/aliases.ts';
import { findIn, toRows } from '../../support/checked.ts';

test.for([
  { aliases: 'root: alice\nalice: alice, copy@a.test\n', rows: [], why: 'what leads to itself at once ends there' },
  { aliases: 'a: b\nb: a\n', rows: ['alias-loop aliases:2'], why: 'two go in a circle' },
  {
    aliases: 'a: B@Example.com\nb: alice, a\n',
    rows: ['alias-loop aliases:2'],
    why: 'through an address of this machine',
  },
  { aliases: 'a: b@elsewhere.test\nb: a\n', rows: [], why: 'mail that leaves doesn’t come back' },
  { aliases: 'x: nobody-here\n', rows: ['alias-unknown-user aliases:2'], why: 'no such account' },
  { aliases: 'x: "|/usr/bin/cat -n", /var/mail/x\n', rows: [], why: 'aliases may have commands and files' },
  { aliases: 'x: :include:/etc/postfix/nolist\n', rows: ['include-missing aliases:2'], why: 'no such file' },
  { aliases: 'x: :include:list\n', rows: ['include-relative aliases:2'], why: 'a relative path' },
  {
    aliases: 'x: :include:/etc/postfix/list\n',
    rows: ['alias-command-denied list:2'],
    why: 'commands of lists are denied',
  },
])('$aliases: $why', async ({ aliases, rows }) => {
  const main = 'alias_maps = hash:/etc/postfix/aliases';
  const files = { 'main.cf': main, aliases: `postmaster: root\n${aliases}`, list: 'a@b.test\n|/bin/cat\n' };
  expect(toRows(await findIn(checkAliases, files))).toEqual(rows);
});

test('Postfix names the twenty-fifth alias of a circle', async () => {
  const main = 'alias_maps = inline:{postmaster=root, c1=c2, c2=c3, c3=c1}';
  expect(await findIn(checkAliases, { 'main.cf': main })).toMatchObject([
    { postfixLine: 'warning: alias database loop for c2' },
  ]);
});

test.for([
  { main: 'allow_mail_to_commands =', rows: ['alias-command-denied main.cf:2:14'] },
  { main: 'allow_mail_to_files = forward', rows: ['alias-file-denied main.cf:2:14'] },
  { main: 'luser_relay = alice', rows: [] },
])('$main finds $rows', async ({ main, rows }) => {
  const aliases = 'alias_maps = inline:{postmaster=root, {c = |cat}, f=/var/mail/f}';
  expect(toRows(await findIn(checkAliases, { 'main.cf': `${main}\n${aliases}` }))).toEqual(rows);
});

test('a mail domain has a postmaster', async () => {
  const findings = await findIn(checkAliases, { 'main.cf': 'alias_maps = inline:{webmaster=alice}' });
  expect(toRows(findings)).toEqual(['no-postmaster main.cf:1:14']);
});

test('a chain of ten thousand aliases overflows nothing', async () => {
  const chain = Array.from({ length: 10_000 }, (_, index) => `n${index}: n${index + 1}`).join('\n');
  const files = {
    'main.cf': 'alias_maps = hash:/etc/postfix/aliases',
    aliases: `postmaster: root\n${chain}\nn10000: n0\n`,
  };
  expect(toRows(await findIn(checkAliases, files))).toEqual(['alias-loop aliases:2']);
});
