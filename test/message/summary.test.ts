import { expect, test } from 'vitest';
import { summarise } from '../../src/message/summary.ts';

const NOBODY = { name: '', address: '' };
const octets = (text: string): Uint8Array => Buffer.from(text, 'latin1');

test('an ordinary header gives every field, decoded', () => {
  const raw = octets(
    [
      'From: =?UTF-8?B?SsO8cmdlbg==?= <j@example.test>',
      'To: "Doe, John" <john@example.test>,',
      '\tada@example.test',
      'Cc: c@example.test',
      'Bcc: Hidden <b@example.test>',
      'Reply-To: r@example.test',
      'Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=',
      ' =?utf-8?Q?_aus_K=C3=B6ln?=',
      'Date: Mon, 23 Nov 2026 10:00:00 +0100',
      'Message-ID: <1@example.test>',
      'X-Tags: red, dark blue,,',
      '',
      'Subject: not this',
      '',
    ].join('\r\n'),
  );
  expect(summarise(raw)).toEqual({
    messageId: '1@example.test',
    from: { name: 'Jürgen', address: 'j@example.test' },
    to: [
      { name: 'Doe, John', address: 'john@example.test' },
      { name: '', address: 'ada@example.test' },
    ],
    cc: [{ name: '', address: 'c@example.test' }],
    bcc: [{ name: 'Hidden', address: 'b@example.test' }],
    replyTo: [{ name: '', address: 'r@example.test' }],
    subject: 'Grüße aus Köln',
    date: '2026-11-23T10:00:00+01:00',
    tags: ['red', 'dark blue'],
  });
});

test.for([
  { raw: '', why: 'nothing at all' },
  { raw: '\r\n', why: 'an empty line' },
  { raw: '\r\nSubject: body\r\n', why: 'a body without header' },
  { raw: 'Hello, this is no header.\r\nSubject: body\r\n', why: 'a body without the empty line before it' },
  { raw: ' \r\n\t', why: 'blanks' },
  { raw: ':\r\n', why: 'a field without name' },
  { raw: '\0\0\0', why: 'NUL' },
])('$why gives an empty summary', ({ raw }) => {
  expect(summarise(octets(raw))).toEqual({
    messageId: '',
    from: NOBODY,
    to: [],
    cc: [],
    bcc: [],
    replyTo: [],
    subject: '',
    date: '',
    tags: [],
  });
});

test.for([
  { raw: 'subject : a', subject: 'a', why: 'names in any case, blanks before the colon' },
  { raw: 'Subject: a\r\nSubject: b', subject: 'a', why: 'the first of two' },
  { raw: 'Subject: a\n  b\nTo: x', subject: 'a b', why: 'bare LF as line ends' },
  { raw: 'Subject:\r\n  a', subject: 'a', why: 'a value that begins on the next line' },
  { raw: 'From someone Tue Nov 24 10:00\nSubject: a', subject: 'a', why: 'an mbox line before the header' },
  { raw: 'Subject: Gr\xc3\xbc\xc3\x9fe', subject: 'Grüße', why: '8-bit octets that are valid UTF-8' },
  { raw: 'Subject: Gr\xfc\xdfe \x80', subject: 'Grüße €', why: '8-bit octets that are not' },
  { raw: 'X: not a header\r\nno field\r\nSubject: a', subject: '', why: 'only what stands before a broken line' },
])('Subject is taken from $raw: $why', ({ raw, subject }) => {
  expect(summarise(octets(raw)).subject).toBe(subject);
});

test('recipients of repeated fields are put together', () => {
  expect(summarise(octets('To: a@x.test\r\nTo: b@x.test\r\n\r\n')).to.map(({ address }) => address)).toEqual([
    'a@x.test',
    'b@x.test',
  ]);
});

test('a From that is no address is kept whole as the name', () => {
  expect(summarise(octets('From: the printer on floor 3\r\n\r\n')).from).toEqual({
    name: 'the printer on floor 3',
    address: '',
  });
});

test('of a header over the limit, only whole items are taken', () => {
  const list = Array.from({ length: 30_000 }, (_, index) => `user${index}@example.test`).join(',');
  const raw = octets(`Subject: many\r\nTo: ${list}\r\n\r\n`);
  const { subject, to } = summarise(raw);
  expect(subject).toBe('many');
  expect(to.length).toBeGreaterThan(2_000);
  expect(to.every(({ address }) => address.endsWith('@example.test'))).toBe(true);
  expect(summarise(raw, raw.length).to).toHaveLength(30_000);
});

test.for([
  { name: 'blanks', text: ' '.repeat(60_000) },
  { name: 'carriage returns', text: '\r'.repeat(60_000) },
  { name: 'encoded words that never close', text: '=?a?q?'.repeat(10_000) },
  { name: 'quotes and parentheses that never close', text: '"('.repeat(30_000) },
  { name: 'angle brackets', text: '<'.repeat(60_000) },
  { name: 'route marks', text: '<@'.repeat(30_000) },
])('64 KB of $name take no time to speak of', ({ text }) => {
  const raw = octets(
    ['From', 'To', 'Subject', 'Date', 'Message-ID'].map((name) => `${name}: ${text}\r\n x\r\n`).join(''),
  );
  expect(() => summarise(raw, raw.length)).not.toThrow();
});
