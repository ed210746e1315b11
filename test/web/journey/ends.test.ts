import { expect, test } from 'vitest';
import type { VerdictSummary } from '../../../src/http/api/schemas/journey.ts';
import { listCounts, listEnds, lookOf } from '../../../web/src/journey/ends.ts';

type End = VerdictSummary['Ends'][number];

const end = (fields: Partial<End>): End => ({
  Status: 'sent',
  Deed: 'none',
  Count: 1,
  Recipient: 'ada@example.com',
  Transport: 'smtp',
  Nexthop: 'example.com',
  Place: '',
  DSN: '2.0.0',
  Text: '',
  ...fields,
});

test.for([
  { what: end({ Deed: 'relay', Nexthop: '[mx.test]:587' }), kind: 'relay', value: '[mx.test]:587' },
  { what: end({ Deed: 'relay', Nexthop: '', Place: 'unix:lmtp' }), kind: 'relay', value: 'unix:lmtp' },
  { what: end({ Deed: 'mailbox', Place: '/var/mail/ada' }), kind: 'mailbox', value: '/var/mail/ada' },
  { what: end({ Deed: 'command', Place: '/bin/filter' }), kind: 'command', value: '/bin/filter' },
  { what: end({ Transport: 'virtual' }), kind: 'sent', value: 'virtual:example.com' },
  { what: end({ Transport: 'discard', Text: 'silently' }), kind: 'discarded', value: '2.0.0 silently' },
  {
    what: end({ Status: 'bounced', DSN: '5.1.1', Text: 'unknown user' }),
    kind: 'bounced',
    value: '5.1.1 unknown user',
  },
  {
    what: end({ Status: 'rejected', DSN: '5.1.1', Text: '550 5.1.1 <x>: no' }),
    kind: 'rejected',
    value: '550 5.1.1 <x>: no',
  },
])('$what.Status by $what.Transport is told as $kind: $value', ({ what, kind, value }) => {
  expect(listEnds({ Ends: [what] })).toMatchObject([{ kind, value }]);
});

test('what is lost comes first', () => {
  const Ends = [end({ Deed: 'relay' }), end({ Status: 'deferred' }), end({ Status: 'bounced' })];
  expect(listEnds({ Ends }).map(({ kind }) => kind)).toEqual(['bounced', 'deferred', 'relay']);
});

test('ends that are told alike are one, with their number', () => {
  const Ends = [end({ Status: 'deferred', Deed: 'relay', Count: 2 }), end({ Status: 'deferred', Recipient: 'b@c' })];
  expect(listEnds({ Ends })).toMatchObject([{ kind: 'deferred', count: 3, recipient: 'ada@example.com' }]);
});

test('of an older verdict, which tells no ends, the statuses are counted, the weightiest first', () => {
  expect(listCounts({ Counts: { sent: 2, held: 1, bounced: 1 } })).toEqual([
    { status: 'bounced', count: 1 },
    { status: 'held', count: 1 },
    { status: 'sent', count: 2 },
  ]);
});

test('a status has one sign and hue, in the list, the head and the journey', () => {
  const Ends = [end({ Status: 'deferred', Deed: 'relay' })];
  expect(listEnds({ Ends })).toMatchObject([lookOf('deferred')]);
});
