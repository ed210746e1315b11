import { expect, test } from 'vitest';
import { splitCommandLine } from '../../../src/rules/address/command-line.ts';
import { parsePath, type PathOptions } from '../../../src/rules/address/path.ts';

function parse(text: string, options: Partial<PathOptions> = {}) {
  const word = splitCommandLine(`MAIL FROM:${text}`)[2];
  return word && parsePath(word, { smtputf8: false, ...options });
}

test.for([
  { sent: '<a@b.test>', text: 'a@b.test', mailbox: 'a@b.test', why: 'as the RFC has it' },
  { sent: 'a@b.test', text: 'a@b.test', mailbox: 'a@b.test', why: 'without brackets' },
  { sent: 'a@b.test>', text: 'a@b.test', mailbox: 'a@b.test', why: 'half a pair of brackets' },
  { sent: '<<a@b.test>>', text: 'a@b.test', mailbox: 'a@b.test', why: 'two pairs' },
  { sent: '<>', text: '', mailbox: '', why: 'nobody' },
  { sent: '<root>', text: 'root', mailbox: 'root', why: 'a local name' },
  { sent: '<"a b"@c.test>', text: '"a b"@c.test', mailbox: 'a b@c.test', why: 'quotes are not part of the mailbox' },
  { sent: '<a\\@b@c.test>', text: 'a\\@b@c.test', mailbox: 'a@b@c.test', why: 'nor are backslashes' },
  { sent: '<"a>b"@c.test>', text: '"a>b"@c.test', mailbox: 'a>b@c.test', why: 'a quoted bracket' },
  { sent: '<"a\\"b"@c.test>', text: '"a\\"b"@c.test', mailbox: 'a"b@c.test', why: 'a quoted quote' },
  { sent: '<a(note (nested))@b.test>', text: 'a(note (nested))@b.test', mailbox: 'a@b.test', why: 'a comment' },
  { sent: '<@x.test,@y.test:a@b.test>', text: '@x.test,@y.test:a@b.test', mailbox: 'a@b.test', why: 'a source route' },
  { sent: '<a@b@c.test>', text: 'a@b@c.test', mailbox: 'a@b@c.test', why: 'the last at sign counts' },
  { sent: '<@b.test>', text: '@b.test', mailbox: '@b.test', why: 'an empty local part' },
  { sent: '<a@[1.2.3.4]>', text: 'a@[1.2.3.4]', mailbox: 'a@[1.2.3.4]', why: 'an address literal' },
  { sent: '<a@[IPv6:::1]>', text: 'a@[IPv6:::1]', mailbox: 'a@[IPv6:::1]', why: 'an address literal of IPv6' },
  { sent: '<a@b_c.test>', text: 'a@b_c.test', mailbox: 'a@b_c.test', why: 'an underscore' },
  { sent: '<a..b@c.test.>', text: 'a..b@c.test.', mailbox: 'a..b@c.test.', why: 'dots anywhere in a local part' },
  { sent: '<a%b!c@d.test>', text: 'a%b!c@d.test', mailbox: 'a%b!c@d.test', why: 'routing of old' },
  { sent: '<é@b.test>', text: 'é@b.test', mailbox: 'é@b.test', why: 'a local part beyond ASCII' },
  {
    sent: `<${'l'.repeat(1000)}@b.test>`,
    text: `${'l'.repeat(1000)}@b.test`,
    mailbox: `${'l'.repeat(1000)}@b.test`,
    why: 'length',
  },
])('$sent is taken: $why', ({ sent, text, mailbox }) => {
  expect(parse(sent)).toEqual({ text, mailbox });
});

test.for([
  { sent: '<a@b.test', why: 'never closed' },
  { sent: '<a b@c.test>', why: 'two addresses' },
  { sent: '<a@b c.test>', why: 'two addresses' },
  { sent: '<a@b.test>,<c@d.test>', why: 'two addresses' },
  { sent: '<a@b.test;c>', why: 'two addresses' },
  { sent: '<a@b.test>SIZE=10', why: 'something behind it' },
  { sent: '<a@>', why: 'no domain' },
  { sent: '<@>', why: 'nothing at all' },
  { sent: '<a@1.2.3.4>', why: 'a number is no host name' },
  { sent: '<a@[1.2.3.999]>', why: 'no such address' },
  { sent: '<a@.b.test>', why: 'an empty label' },
  { sent: '<a@b.test..>', why: 'an empty label' },
  { sent: `<a@${'x'.repeat(64)}.test>`, why: 'a label of 64' },
  { sent: '<-a@b.test>', why: 'could be taken for an option' },
  { sent: '<a@é.test>', why: 'a domain beyond ASCII without SMTPUTF8' },
  { sent: '<a\0b@c.test>', why: 'NUL' },
  { sent: '<"a\rb"@c.test>', why: 'CR' },
])('$sent is refused: $why', ({ sent }) => {
  expect(parse(sent)).toBeUndefined();
});

test('with SMTPUTF8 a domain may be beyond ASCII', () => {
  expect(parse('<ä@é.test>', { smtputf8: true })).toEqual({ text: 'ä@é.test', mailbox: 'ä@é.test' });
});

test.for([
  { sent: '<a@b.test>', why: 'as the RFC has it' },
  { sent: '<@x.test:a@b.test>', why: 'a source route is still skipped' },
  { sent: '<>', why: 'nobody' },
])('strict_rfc821_envelopes takes $sent: $why', ({ sent }) => {
  expect(parse(sent, { isStrict: true })).toEqual(parse(sent));
});

test.for([
  { sent: 'a@b.test', why: 'brackets are missing' },
  { sent: '"Ann"<a@b.test>', why: 'a name stands before them' },
  { sent: '<a@b.test (note)>', why: 'a comment' },
  { sent: '<@b.test>', why: 'an empty local part' },
])('strict_rfc821_envelopes refuses $sent: $why', ({ sent }) => {
  expect(parse(sent)).toBeDefined();
  expect(parse(sent, { isStrict: true })).toBeUndefined();
});
