import { expect, test } from 'vitest';
import { parseAddressList } from '../../src/message/address-list.ts';

test.for([
  { list: '', mailboxes: [], why: 'nothing' },
  { list: 'a@x.test', mailboxes: [['', 'a@x.test']], why: 'an address' },
  { list: 'Ada <a@x.test>', mailboxes: [['Ada', 'a@x.test']], why: 'with a name' },
  { list: '"Doe, \\"J\\"" <a@x.test>', mailboxes: [['Doe, "J"', 'a@x.test']], why: 'a quoted name with a comma' },
  { list: 'a@x.test (Ada (the first))', mailboxes: [['Ada (the first)', 'a@x.test']], why: 'a comment as name' },
  {
    list: 'a@x.test,,b@x.test;c@x.test',
    mailboxes: [
      ['', 'a@x.test'],
      ['', 'b@x.test'],
      ['', 'c@x.test'],
    ],
    why: 'odd separators',
  },
  {
    list: 'Team: Ada <a@x.test>, b@x.test;, c@x.test',
    mailboxes: [
      ['Ada', 'a@x.test'],
      ['', 'b@x.test'],
      ['', 'c@x.test'],
    ],
    why: "a group's members",
  },
  { list: 'undisclosed-recipients:;', mailboxes: [], why: 'an empty group' },
  {
    list: '=?utf-8?q?Doe,_John?= <a@x.test>',
    mailboxes: [['Doe, John', 'a@x.test']],
    why: 'a comma in an encoded word',
  },
  { list: '=?utf-8?q?A?=\t=?utf-8?q?B?= <a@x.test>', mailboxes: [['AB', 'a@x.test']], why: 'two encoded words' },
  { list: '"=?utf-8?q?=C3=BC?=" <a@x.test>', mailboxes: [['ü', 'a@x.test']], why: 'an encoded word in quotes' },
  { list: '"john doe"@x.test', mailboxes: [['', '"john doe"@x.test']], why: 'a quoted local part' },
  { list: '<"a,b>c"@x.test>', mailboxes: [['', '"a,b>c"@x.test']], why: 'one in angle brackets' },
  { list: 'Ada <@r.test,@s.test:a@x.test>', mailboxes: [['Ada', 'a@x.test']], why: 'a source route' },
  {
    list: 'Ada <a@x.test, b@x.test',
    mailboxes: [
      ['Ada', 'a@x.test'],
      ['', 'b@x.test'],
    ],
    why: 'a bracket that is missing',
  },
  { list: 'Ada a@x.test', mailboxes: [['Ada', 'a@x.test']], why: 'brackets that are missing' },
  { list: 'root', mailboxes: [['', 'root']], why: 'a local part alone' },
  { list: 'no address here', mailboxes: [['no address here', '']], why: 'words' },
  { list: 'Ada <>', mailboxes: [['Ada', '']], why: 'an empty address' },
  { list: '<>', mailboxes: [], why: 'nothing in brackets' },
  { list: 'Üser <ü@exämple.test>', mailboxes: [['Üser', 'ü@exämple.test']], why: 'Unicode' },
  { list: 'A@X.Test', mailboxes: [['', 'A@X.Test']], why: 'case is kept' },
  { list: '"never closed <a@x.test>', mailboxes: [['"never closed <a@x.test>', '']], why: 'an open quote' },
] as const)('$list: $why', ({ list, mailboxes }) => {
  expect(parseAddressList(list)).toEqual(mailboxes.map(([name, address]) => ({ name, address })));
});
