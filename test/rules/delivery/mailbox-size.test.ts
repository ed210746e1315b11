import { expect, test } from 'vitest';
import { measureMailboxCopy } from '../../../src/rules/delivery/mailbox-size.ts';

const HEAD = [
  ['Return-Path', '<s@o.test>'],
  ['Delivered-To', 'a@b.test'],
] as const;
const WRITTEN = 'Return-Path: <s@o.test>\nDelivered-To: a@b.test\n';
const DATE = 'Tue Nov 24 18:28:30 2026';

test.for([
  { format: 'maildir', content: 'A: b\r\n\r\nFrom x\r\n', written: `${WRITTEN}A: b\n\nFrom x\n` },
  { format: 'mbox', content: 'A: b\r\n\r\nx\r\n', written: `From s@o.test  ${DATE}\n${WRITTEN}A: b\n\nx\n\n` },
  { format: 'mbox', content: 'A: b\r\n\r\nFrom x', written: `From s@o.test  ${DATE}\n${WRITTEN}A: b\n\n>From x\n\n` },
] as const)('$content takes as much room in $format as what is written', ({ format, content, written }) => {
  const copy = { format, head: HEAD, sender: 's@o.test', content: Buffer.from(content) };
  expect(measureMailboxCopy(copy)).toBe(written.length);
});
