import { expect, test } from 'vitest';
import { parseMessage } from '../../src/message/parse-message.ts';
import type { MailCheck } from '../../src/message/mail-check.ts';

const GOOD = [
  'From: Ada <ada@example.com>',
  'Date: Mon, 30 Nov 2026 12:00:00 +0000',
  'Message-ID: <1@example.com>',
  'Subject: Hello',
];

async function findChecks(fields: readonly string[], body: string): Promise<readonly MailCheck[]> {
  const outcome = await parseMessage(Buffer.from(`${fields.join('\r\n')}\r\n\r\n${body}`));
  if ('failure' in outcome) throw new Error(outcome.failure);
  return outcome.parsed.checks;
}

const without = (name: string): readonly string[] => GOOD.filter((field) => !field.startsWith(name));
const html = (source: string): readonly [readonly string[], string] => [[...GOOD, 'Content-Type: text/html'], source];

test('a plain message as it should be has nothing to be said of', async () => {
  expect(await findChecks(GOOD, 'Hello.\r\n')).toEqual([]);
});

test.for([
  { what: 'no From', mail: [without('From'), ''], found: { code: 'no-from', weight: 'error' } },
  {
    what: 'two Subjects',
    mail: [[...GOOD, 'subject: again'], ''],
    found: { code: 'repeated-fields', weight: 'error', about: ['subject'] },
  },
  { what: 'no Date', mail: [without('Date'), ''], found: { code: 'no-date', weight: 'warning' } },
  {
    what: 'a Date that is none',
    mail: [[...without('Date'), 'Date: soon'], ''],
    found: { code: 'bad-date', weight: 'error', about: ['soon'] },
  },
  { what: 'no Message-ID', mail: [without('Message-ID'), ''], found: { code: 'no-message-id', weight: 'warning' } },
  {
    what: 'a Message-ID without brackets',
    mail: [[...without('Message-ID'), 'Message-ID: 1@example.com'], ''],
    found: { code: 'bad-message-id', weight: 'warning', about: ['1@example.com'] },
  },
  { what: 'no Subject', mail: [without('Subject'), ''], found: { code: 'no-subject', weight: 'note' } },
  {
    what: '8-bit octets in a header',
    mail: [[...GOOD, 'X-City: Zürich'], ''],
    found: { code: '8-bit-header', weight: 'warning', about: ['X-City'] },
  },
  {
    what: 'lines that SMTP doesn’t carry',
    mail: [GOOD, `${'x'.repeat(998)}\r\n${'x'.repeat(999)}\r\n`],
    found: { code: 'long-lines', weight: 'error', count: 1 },
  },
  { what: 'HTML without text', mail: html('<p>Hello'), found: { code: 'no-text', weight: 'warning' } },
  {
    what: 'an image without alt; an empty one will do',
    mail: html('<img src="logo.png" title="no alt=here"><img src=b.png alt=""><img alt src=c.png>'),
    found: { code: 'images-without-alt', weight: 'warning', count: 1, about: ['logo.png'] },
  },
  {
    what: 'HTML that Gmail clips',
    mail: html(`<p>${'word '.repeat(21_000)}`.replaceAll(/(.{70}) /g, '$1\r\n')),
    found: { code: 'clipped', weight: 'warning' },
  },
  {
    what: 'more octets than Postfix takes',
    mail: [GOOD, 'x\r\n'.repeat(3_500_000)],
    found: { code: 'large', weight: 'warning' },
  },
  {
    what: 'a program as attachment',
    mail: [[...GOOD, 'Content-Type: application/octet-stream; name="setup.exe"'], 'MZ'],
    found: { code: 'executables', weight: 'error', about: ['setup.exe'] },
  },
  {
    what: 'bulk mail that nobody can unsubscribe from by header',
    mail: [[...GOOD, 'List-Id: <news.example.com>'], ''],
    found: { code: 'no-list-unsubscribe', weight: 'note' },
  },
  {
    what: 'a List-Unsubscribe without a link',
    mail: [[...GOOD, 'List-Unsubscribe: mail us'], ''],
    found: { code: 'bad-list-unsubscribe', weight: 'warning' },
  },
  {
    what: 'unsubscribing that takes more than a click',
    mail: [[...GOOD, 'List-Unsubscribe: <mailto:leave@example.com>'], ''],
    found: { code: 'no-one-click', weight: 'note' },
  },
] as const)('$what: $found.code', async ({ mail: [fields, body], found }) => {
  expect(await findChecks(fields, body)).toContainEqual(expect.objectContaining(found));
});

test('the weightiest are first', async () => {
  const found = await findChecks(['Content-Type: text/html'], '<img src=x>');
  expect(found.map(({ code }) => code)).toEqual([
    ...['no-from', 'no-date', 'no-message-id', 'no-text', 'images-without-alt', 'no-subject'],
  ]);
});
