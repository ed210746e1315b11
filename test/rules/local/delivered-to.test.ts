import { expect, test } from 'vitest';
import { findDeliveredTo } from '../../../src/rules/local/delivered-to.ts';

const LONG = Array.from({ length: 400 }, (_, index) => `X-${index}: ${'x'.repeat(50)}\r\n`).join('');

test.for([
  { what: 'a field of the header', content: 'Subject: a\r\nDelivered-To: Ada@example.com\r\n\r\nhi\r\n', has: true },
  { what: 'a field behind much else', content: `${LONG}delivered-to: ada@example.com\r\n\r\nhi\r\n`, has: true },
  { what: 'a header whose lines end in LF', content: 'A: b\nDelivered-To: ada@example.com\n\nhi\n', has: true },
  { what: 'the body', content: 'Subject: a\r\n\r\nDelivered-To: ada@example.com\r\n', has: false },
  { what: 'the body of a long message', content: `A: b\r\n\r\n${LONG}Delivered-To: ada@example.com\r\n`, has: false },
  {
    what: 'a line without a name before it',
    content: 'no header\r\nDelivered-To: ada@example.com\r\n\r\n',
    has: false,
  },
])('Delivered-To in $what counts: $has', ({ content, has }) => {
  const wasAt = findDeliveredTo(Buffer.from(content, 'latin1'), 2048);

  expect(wasAt('ada@example.com')).toBe(has);
  expect(wasAt('bob@example.com')).toBe(false);
});
