import { expect, test } from 'vitest';
import { listFields, normaliseMail, splitMail } from './mail-text.ts';

const asTheyAre = (text: string): string => text;

test('fields keep their folding, and Received is left out', () => {
  const head = 'Received: from a\n\tby b\nSubject: a\n b\nodd line\nX:y';
  expect(listFields(head, asTheyAre)).toEqual([
    ['Subject', 'a\n b'],
    ['', 'odd line'],
    ['X', 'y'],
  ]);
});

test.for([
  { field: 'Date: Tue, 24 Nov 2026 18:28:30 +0000 (UTC)', value: '<DATE>', why: 'Postfix made it' },
  { field: 'Date: Fri, 1 Jan 1999 00:00:00 +0000', value: 'Fri, 1 Jan 1999 00:00:00 +0000', why: "it is the probe's" },
  { field: 'Message-Id: <20261124182830.Q@h>', value: '<<TIME>.Q@h>', why: 'it has the time in it' },
  { field: 'Content-Type: a/b; boundary="Q.1/h"', value: 'a/b; boundary="<BOUNDARY>"', why: 'it varies' },
])('$field is compared as $value, since $why', ({ field, value }) => {
  expect(listFields(field, asTheyAre)[0]?.[1]).toBe(value);
});

test('a whole message has neither its date nor its boundary', () => {
  const text = 'Date: Tue, 24 Nov 2026 18:28:30 +0000 (UTC)\n\n--<Q2>.1764009510/mail.example.com--\n';
  expect(normaliseMail(text)).toBe('Date: <DATE>\n\n--<BOUNDARY>--\n');
});

test.for([
  { text: 'a: b\n\nc\n', parts: { head: 'a: b', body: 'c\n' } },
  { text: 'a: b\n', parts: { head: 'a: b\n', body: '' } },
])('$text is parted at the first empty line', ({ text, parts }) => {
  expect(splitMail(text)).toEqual(parts);
});
