import { expect, test } from 'vitest';
import type { VerdictSummary } from '../../../src/http/api/schemas/journey.ts';
import { listEnds } from '../../../web/src/journey/ends.ts';

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
