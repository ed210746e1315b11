import { expect, test } from 'vitest';
import { listHeaderChanges } from '../../src/rules/header-changes.ts';
import type { TraceStep } from '../../src/rules/trace.ts';

const mapped: TraceStep = {
  stage: 'canonical',
  parameter: 'sender_canonical_maps',
  file: '/etc/postfix/sender_canonical',
  line: 3,
  key: 'ada',
  result: 'ada.l@example.com',
};
const check = (key: string, result: string): TraceStep => ({
  stage: 'cleanup',
  parameter: 'header_checks',
  table: 'regexp:/etc/postfix/checks',
  key,
  result,
  note: 'header',
});
const rewritten = (key: string, result: string): TraceStep => ({
  stage: 'cleanup',
  key,
  result,
  note: 'addresses of a header rewritten',
});

test.for([
  {
    what: 'a rewritten header is told with the mapping that came to its address, once',
    steps: [
      mapped,
      mapped,
      { stage: 'canonical', parameter: 'mydestination', key: 'example.com', result: 'example.com' },
      rewritten('From: ada', 'From: ada.l@example.com'),
    ],
    changes: [{ before: 'From: ada', after: 'From: ada.l@example.com', by: ['sender_canonical_maps', undefined] }],
  },
  {
    what: 'the mapping of the envelope’s sender is not a header’s',
    steps: [{ ...mapped, result: 'other@example.com' }, rewritten('From: ada', 'From: ada@example.com')],
    changes: [{ before: 'From: ada', after: 'From: ada@example.com', by: [undefined] }],
  },
  {
    what: 'a header that is replaced and then rewritten has changed once',
    steps: [check('From: x', 'REPLACE From: ada'), mapped, rewritten('From: ada', 'From: ada.l@example.com')],
    changes: [
      {
        before: 'From: x',
        after: 'From: ada.l@example.com',
        by: ['header_checks', 'sender_canonical_maps', undefined],
      },
    ],
  },
  {
    what: 'a header that is rewritten and then dropped is dropped, and rewriting had no part in it',
    steps: [
      mapped,
      rewritten('Bcc: ada', 'Bcc: ada.l@example.com'),
      { stage: 'cleanup', parameter: 'message_drop_headers', key: 'Bcc: ada', note: 'header dropped' },
    ],
    changes: [{ before: 'Bcc: ada', by: ['message_drop_headers'] }],
  },
  {
    what: 'a header is another one than an equal that a check made of another',
    steps: [check('X-Old: 1', 'REPLACE Subject: a'), check('Subject: a', 'IGNORE')],
    changes: [
      { before: 'X-Old: 1', after: 'Subject: a', by: ['header_checks'] },
      { before: 'Subject: a', by: ['header_checks'] },
    ],
  },
  {
    what: 'of two equal headers each is rewritten',
    steps: [rewritten('To: ada', 'To: ada@example.com'), rewritten('To: ada', 'To: ada@example.com')],
    changes: [
      { before: 'To: ada', after: 'To: ada@example.com', by: [undefined] },
      { before: 'To: ada', after: 'To: ada@example.com', by: [undefined] },
    ],
  },
  {
    what: 'IGNORE drops, PREPEND adds',
    steps: [check('X-Secret: 1', 'ignore'), check('Subject: a', 'PREPEND X-Seen: yes')],
    changes: [
      { before: 'X-Secret: 1', by: ['header_checks'] },
      { after: 'X-Seen: yes', by: ['header_checks'] },
    ],
  },
  {
    what: 'a check that only warns changes nothing; nor does one of the body',
    steps: [check('Subject: a', 'WARN odd'), { ...check('text', 'REPLACE other'), note: 'body' }],
    changes: [],
  },
  {
    what: 'headers that cleanup adds and drops by itself',
    steps: [
      { stage: 'cleanup', parameter: 'message_drop_headers', key: 'Bcc: b@c.test', note: 'header dropped' },
      { stage: 'cleanup', result: 'Message-Id: <1@a.test>', note: 'header added' },
    ],
    changes: [
      { before: 'Bcc: b@c.test', by: ['message_drop_headers'] },
      { after: 'Message-Id: <1@a.test>', by: [undefined] },
    ],
  },
] satisfies { what: string; steps: TraceStep[]; changes: unknown[] }[])('$what', ({ steps, changes }) => {
  const found = listHeaderChanges(steps).map(({ by, ...change }) => ({
    ...change,
    by: by.map(({ parameter }) => parameter),
  }));
  expect(found).toEqual(changes);
});
