import { expect, test } from 'vitest';
import { extractRecipients, readInput } from '../../../src/rules/sendmail/read-input.ts';

const options = { endsAtDot: true, fixLineEndings: 'always', lineLimit: 2048 } as const;
const read = (text: string, changes: Partial<Parameters<typeof readInput>[1]> = {}): string =>
  readInput(Buffer.from(text, 'latin1'), { ...options, ...changes }).toString('latin1');

test.for([
  { input: 'a\nb\n', mail: 'a\r\nb\r\n', why: 'lines end in CRLF' },
  { input: 'a\r\r\nb\r\n', mail: 'a\r\nb\r\n', why: 'whatever CRs stand before a line end belong to it' },
  { input: 'a\rb\0\xff\n', mail: 'a\rb\0\xff\r\n', why: 'all other octets stay' },
  { input: 'a\nb', mail: 'a\r\nb', why: 'a last line without an end stays without' },
  { input: 'a\n.\nb\n', mail: 'a\r\n', why: 'a dot alone is the end' },
  { input: 'a\n.', mail: 'a\r\n', why: 'even without a line end' },
  { input: 'a\n.b\n..\n', mail: 'a\r\n.b\r\n..\r\n', why: 'other dots are text' },
  {
    input: 'From a\n>>From b\nFrom: c\n\nFrom d\n',
    mail: 'From: c\r\n\r\nFrom d\r\n',
    why: 'a mailbox’s lines are left out at the beginning alone',
  },
  { input: '', mail: '', why: 'nothing is nothing' },
])('$why', ({ input, mail }) => {
  expect(read(input)).toBe(mail);
});

test('with -i a dot alone is text', () => {
  expect(read('a\n.\nb\n', { endsAtDot: false })).toBe('a\r\n.\r\nb\r\n');
});

test.for([
  { input: 'a\nb\r\n.\r\n', mail: 'a\r\nb\r\r\n.\r\r\n', why: 'a first line without CR: CRs are text' },
  { input: 'a\r\nb\n.\r\nc\n', mail: 'a\r\nb\r\n', why: 'a first line with CR: they belong to line ends' },
])('sendmail_fix_line_endings = strict, $why', ({ input, mail }) => {
  expect(read(input, { fixLineEndings: 'strict' })).toBe(mail);
});

const extract = (raw: string, headerLimit = 102_400): readonly string[] | undefined =>
  extractRecipients(Buffer.from(raw, 'latin1'), { lineLimit: 2048, headerLimit });

test.for([
  {
    raw: 'To: A <a@x.test>, b@x.test\r\nCc: c@x.test,\r\n d@x.test\r\nBcc: e@x.test\r\n\r\n',
    named: ['a@x.test', 'b@x.test', 'c@x.test', 'd@x.test', 'e@x.test'],
    why: 'To, Cc and Bcc name recipients',
  },
  {
    raw: 'To: a@x.test\r\nResent-Cc: r@x.test\r\nBcc: b@x.test\r\n\r\n',
    named: ['r@x.test'],
    why: 'of a message that is sent again, Resent- headers alone',
  },
  {
    raw: 'To: team: a@x.test, "b c"@x.test;\r\n\r\n',
    named: ['a@x.test', 'b c@x.test'],
    why: 'a group’s members do, without quotes',
  },
  { raw: 'Subject: x\r\n\r\nTo: a@x.test\r\n', named: [], why: 'what stands in the body is text' },
  { raw: 'Apparently-To: a@x.test\r\nFrom: b@x.test\r\n', named: [], why: 'other headers don’t' },
])('-t: $why', ({ raw, named }) => {
  expect(extract(raw)).toEqual(named);
});

test('a header that is longer than header_size_limit may name more: nobody is extracted', () => {
  const long = `To: a@x.test,\r\n ${'b'.repeat(60)}@x.test,\r\n c@x.test\r\n\r\n`;
  expect(extract(long, 40)).toBeUndefined();
  expect(extract(long)).toHaveLength(3);
});
