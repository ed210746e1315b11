import { expect, test } from 'vitest';
import { parseQuery } from '../../src/store/query-language.ts';
import type { Query } from '../../src/store/query.ts';

const text = (value: string): Query => ({ kind: 'text', text: value });
const and = (...terms: readonly Query[]): Query => ({ kind: 'and', terms });
const not = (term: Query): Query => ({ kind: 'not', term });
const options = { nowMs: Date.UTC(2026, 10, 24, 12), timeZone: 'Europe/Berlin' };

test.for<{ search: string; query: Query }>([
  { search: '', query: and() },
  { search: '   ', query: and() },
  { search: 'hello', query: text('hello') },
  { search: 'hello world', query: and(text('hello'), text('world')) },
  { search: '"hello  world"', query: text('hello world') },
  { search: '"never closed', query: text('never closed') },
  { search: 'from:ada', query: { kind: 'field', field: 'from', text: 'ada' } },
  { search: 'To:A@b.c', query: { kind: 'field', field: 'to', text: 'A@b.c' } },
  { search: 'subject:"a b" x', query: and({ kind: 'field', field: 'subject', text: 'a b' }, text('x')) },
  { search: '"subject:x"', query: text('subject:x') },
  { search: 'reply-to:x', query: { kind: 'field', field: 'reply-to', text: 'x' } },
  { search: 'message-id:x@y', query: { kind: 'field', field: 'message-id', text: 'x@y' } },
  { search: 'addressed:x', query: { kind: 'field', field: 'addressed', text: 'x' } },
  { search: 'rcpt:a@b.c', query: { kind: 'envelope', side: 'to', address: 'a@b.c' } },
  { search: 'env-from:<>', query: { kind: 'envelope', side: 'from', address: '' } },
  { search: 'tag:"two words"', query: { kind: 'tag', tag: 'two words' } },
  { search: '-is:read !spam', query: and(not({ kind: 'read', read: true }), not(text('spam'))) },
  { search: 'is:unread is:tagged', query: and({ kind: 'read', read: false }, { kind: 'tagged' }) },
  { search: 'is:purple', query: text('is:purple') },
  { search: 'has:attachments', query: { kind: 'has', what: 'attachment' } },
  { search: 'has:inline', query: { kind: 'has', what: 'inline' } },
  { search: 'larger:2k', query: { kind: 'larger', sizeBytes: 2048 } },
  { search: 'smaller:1.5MB', query: { kind: 'smaller', sizeBytes: 1_572_864 } },
  { search: 'larger:huge', query: text('larger:huge') },
  { search: 'http://x.test', query: text('http://x.test') },
  { search: '-', query: text('-') },
  { search: 'from: x', query: text('x') },
  { search: 'is:', query: text('is:') },
  { search: 'from:"Ada <ada@b.c>"', query: { kind: 'field', field: 'from', text: 'Ada ada@b.c' } },
  { search: 'hello, (world);', query: and(text('hello'), text('world')) },
  { search: '<> x', query: text('x') },
  { search: 'verdict:bounced', query: { kind: 'verdict', status: 'bounced' } },
  { search: 'verdict:Bounce', query: { kind: 'verdict', status: 'bounced' } },
  { search: 'verdict:lost', query: text('verdict:lost') },
  { search: '-queue:hold', query: not({ kind: 'verdict', status: 'held' }) },
  { search: 'queue:deferred', query: { kind: 'verdict', status: 'deferred' } },
  { search: 'queue:sent', query: text('queue:sent') },
  { search: 'via:smtp:[mx.test]:587', query: { kind: 'via', name: 'smtp:[mx.test]:587' } },
  { search: 'upto:41', query: { kind: 'upto', seq: 41 } },
  { search: 'upto:now', query: text('upto:now') },
  { search: 'rule:virtual', query: { kind: 'rule', text: 'virtual' } },
  { search: '100% a_b', query: and(text('100%'), text('a_b')) },
])('the search $search is understood', ({ search, query }) => {
  expect(parseQuery(search, options)).toEqual(query);
});

test.for([
  { date: '2026-07-01', time: '2026-06-30T22:00:00Z', why: 'a day begins at midnight of the zone, in summer' },
  { date: '2026/01/02', time: '2026-01-01T23:00:00Z', why: 'and in winter' },
  { date: '"2026-01-02 15:04"', time: '2026-01-02T14:04:00Z', why: 'with a time' },
  { date: '2026-01-02T15:04:05.5Z', time: '2026-01-02T15:04:05.500Z', why: 'RFC 3339 has its own zone' },
  { date: '2026-01-02T15:04:05+05:30', time: '2026-01-02T09:34:05Z', why: 'or an offset' },
  { date: '2026-03-29', time: '2026-03-28T23:00:00Z', why: 'the day on which clocks are put forward' },
  { date: '2026-10-26', time: '2026-10-25T23:00:00Z', why: 'the day after they are put back' },
  { date: 'today', time: '2026-11-23T23:00:00Z', why: 'today' },
  { date: 'yesterday', time: '2026-11-22T23:00:00Z', why: 'yesterday' },
])('before:$date is $time: $why', ({ date, time }) => {
  expect(parseQuery(`before:${date}`, options)).toEqual({ kind: 'before', timeMs: Date.parse(time) });
});

test.for(['soon', '2026-02-30', '2026-13-01', '2026-01/02', '1/2/3'])('the date %s is left out', (date) => {
  expect(parseQuery(`after:${date} x`, options)).toEqual(text('x'));
});

test('a date in a zone that is not known is read in the zone of the machine', () => {
  const query = parseQuery('after:2026-01-02', { nowMs: 0, timeZone: 'Mars/Olympus' });
  expect(query).toEqual({ kind: 'after', timeMs: new Date(2026, 0, 2).getTime() });
});
