import { expect, test } from 'vitest';
import { toQuery } from '../../../web/src/inbox/found.ts';

test.for([
  { found: { query: '', upTo: 7 }, query: 'upto:7' },
  { found: { query: 'is:unread', upTo: 7 }, query: 'is:unread upto:7' },
])('all of "$found.query" up to $found.upTo is the search $query', ({ found, query }) => {
  expect(toQuery(found)).toBe(query);
});
