import { expect, test } from 'vitest';
import { formatSmtpAddress, parseSmtpAddress, writeSnippets } from '../../../web/src/connect/snippets.ts';

test.for([
  { listener: '127.0.0.1:1025', address: 'localhost:1025' },
  { listener: '[::1]:2525', address: 'localhost:2525' },
  { listener: '0.0.0.0:1025', address: 'mail.lan:1025' },
  { listener: '[::]:1025', address: 'mail.lan:1025' },
  { listener: '[2001:db8::1]:25', address: '[2001:db8::1]:25' },
])('$listener is reached at $address', ({ listener, address }) => {
  const found = parseSmtpAddress(listener, 'mail.lan');
  expect(found && formatSmtpAddress(found)).toBe(address);
});

test('what is no address is none', () => {
  expect(parseSmtpAddress('/run/postfixture.sock', 'mail.lan')).toBeUndefined();
});

test('every snippet has the real host and port', () => {
  const snippets = writeSnippets({ host: 'mail.lan', port: 2525 });
  expect(snippets.map(({ name }) => name)).toEqual([
    'nodemailer',
    'Rails',
    'Django',
    'Laravel',
    'Spring',
    'PHP',
    'PHPMailer',
    'swaks',
    'curl',
  ]);
  for (const { text } of snippets) expect(text).toMatch(/mail\.lan[^]*2525/);
});
