import { expect, test } from 'vitest';
import { findQueueIds, toEhloReply, toReply } from './reply.ts';

test.for([
  { lines: ['250 2.1.0 Ok'], reply: { code: 250, enh: '2.1.0', text: 'Ok' } },
  { lines: ['354 End data'], reply: { code: 354, text: 'End data' } },
  { lines: ['250 2.0.0 Ok: queued as 4Bx1z9'], reply: { code: 250, enh: '2.0.0', text: 'Ok: queued as <QID>' } },
  { lines: ['550-5.7.1 a', '550 5.7.1 b'], reply: { code: 550, enh: '5.7.1', text: 'a\n5.7.1 b' } },
  { lines: null, reply: { code: 0, text: '(connection closed)' } },
])('$lines is recorded as $reply', ({ lines, reply }) => {
  expect(toReply(lines)).toEqual(reply);
});

test('the keyword by which clients are played is no part of an EHLO reply', () => {
  expect(toEhloReply(['250-box', '250-XCLIENT NAME ADDR', '250 DSN'])).toEqual({ code: 250, lines: ['box', 'DSN'] });
});

test('a reply tells of queue IDs', () => {
  expect(findQueueIds(['250-2.0.0 x', '250 2.0.0 Ok: queued as 4Bx1z9'])).toEqual(['4Bx1z9']);
});
