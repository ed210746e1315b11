import { expect, test } from 'vitest';
import { findRowMarks, nameRecipients, nameSender } from '../../../web/src/inbox/row-marks.ts';
import { message } from './messages.ts';

test.for([
  { over: {}, marks: [], why: 'nothing is odd' },
  { over: { Parse: { State: 'failed', Reason: 'no end' } as const }, marks: ['failed'], why: 'it could not be parsed' },
  {
    over: { Envelope: { From: 'bounce+1@example.com', To: ['ada@example.com'], Count: 1 } },
    marks: ['sender'],
    why: 'the envelope has another sender',
  },
  {
    over: { Envelope: { From: '', To: ['ada@example.com'], Count: 1 } },
    marks: [],
    why: 'a notification has no sender',
  },
  {
    over: { Envelope: { From: 'APP@example.com', To: ['ada@example.com', 'eve@example.com'], Count: 2 } },
    marks: ['bcc'],
    why: 'a recipient is in no header, and case is no difference',
  },
])('marks $marks: $why', ({ over, marks }) => {
  expect(findRowMarks(message(1, over))).toEqual(marks);
});

test.for([
  { to: ['ada@example.com'], count: 1, first: 'ada@example.com', more: 0 },
  { to: ['grace@example.com', 'root'], count: 4, first: 'grace@', more: 3 },
  { to: ['root', 'ada@example.com'], count: 2, first: 'root', more: 1 },
  { to: ['"a@b"@example.com', 'root'], count: 2, first: '"a@b"@', more: 1 },
  { to: [], count: 0, first: undefined, more: 0 },
])('$count recipients, the first $to: named $first +$more', ({ to, count, first, more }) => {
  expect(nameRecipients({ From: '', To: to, Count: count })).toEqual({ first, more });
});

test.for([
  { over: { From: { Name: 'Acme', Address: 'app@acme.test' } }, name: 'Acme' },
  { over: { From: { Name: '', Address: 'app@acme.test' } }, name: 'app@acme.test' },
  { over: { From: null, Envelope: { From: 'b@acme.test', To: [], Count: 0 } }, name: 'b@acme.test' },
  { over: { From: null, Envelope: { From: '', To: [], Count: 0 } }, name: undefined },
])('the sender of a row is $name', ({ over, name }) => {
  expect(nameSender(message(1, over))).toBe(name);
});
