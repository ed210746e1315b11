import { expect, test } from 'vitest';
import { describeQuery } from '../../src/store/describe-query.ts';
import { parseQuery } from '../../src/store/query-language.ts';

test.for([
  'hello',
  '"two words"',
  'from:ada subject:"two words" addressed:x',
  'rcpt:a@b.c env-from:<>',
  'tag:news is:read is:unread is:tagged has:attachment has:inline',
  '-is:read -spam',
  'verdict:bounced via:smtp:[mx.test]:587 rule:virtual',
  'after:2026-11-25T12:00:00.000Z before:2026-11-26T00:00:00.000Z',
  'larger:2048 smaller:10 upto:41',
])('%s is described as it was written', (search) => {
  expect(describeQuery(parseQuery(search, { nowMs: 0, timeZone: 'UTC' }))).toBe(search);
});

test('one of several terms is described with or', () => {
  const terms = [
    { kind: 'text', text: 'a' },
    { kind: 'text', text: 'b' },
  ] as const;
  expect(describeQuery({ kind: 'or', terms })).toBe('a or b');
});
