import { expect, test } from 'vitest';
import { findNearestOperator } from '../../../web/src/inbox/operators.ts';

test.for([
  { query: 'form:ada', nearest: 'from:ada' },
  { query: 'hello subjct:invoice', nearest: 'subject:invoice' },
  { query: 'is:unred', nearest: 'is:unread' },
  { query: 'has:attachement', nearest: 'has:attachment' },
  { query: 'verdct:bounced', nearest: 'verdict:bounced' },
  { query: 'queue:hold', nearest: undefined },
  { query: 'from:ada', nearest: undefined },
  { query: 'https://example.com', nearest: undefined },
  { query: 'plain words', nearest: undefined },
])('"$query" was probably meant as $nearest', ({ query, nearest }) => {
  expect(findNearestOperator(query)).toBe(nearest);
});
