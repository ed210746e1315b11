import { expect, test } from 'vitest';
import { applyFrames, beginList, placePage } from '../../../web/src/inbox/sparse-list.ts';
import { arrival, deletion, message, page } from './messages.ts';

const WHOLE = { isFiltered: false };
const FILTERED = { isFiltered: true };
const first = beginList(page({ total: 10, start: 0, limit: 4, seq: 10 }));
const idsOf = (rows: typeof first.rows): readonly string[] => rows.map((row) => row?.ID ?? '–');

test('the list is as long as the inbox, though only its first page is there', () => {
  expect(idsOf(first.rows)).toEqual(['m0010', 'm0009', 'm0008', 'm0007', '–', '–', '–', '–', '–', '–']);
});

test('a page is put in its place', () => {
  const placed = placePage(first, page({ total: 10, start: 6, limit: 2, seq: 10 }));
  expect(idsOf(placed?.rows ?? [])).toEqual(['m0010', 'm0009', 'm0008', 'm0007', '–', '–', 'm0004', 'm0003', '–', '–']);
});

test('new mail goes on top, in the order in which it came', () => {
  const list = applyFrames(first, [arrival(11), arrival(12)], WHOLE);
  expect(idsOf(list.rows).slice(0, 3)).toEqual(['m0012', 'm0011', 'm0010']);
  expect(list.rows).toHaveLength(12);
});

test.for([
  { frames: [arrival(10)], why: 'it is in the first page' },
  { frames: [arrival(11), arrival(11)], why: 'a reconnect tells of it again' },
])('mail that is there already is not listed twice: $why', ({ frames }) => {
  const list = applyFrames(first, frames, WHOLE);
  expect(new Set(idsOf(list.rows).filter((id) => id !== '–')).size).toBe(list.rows.filter(Boolean).length);
});

test('one change that deletes several messages is taken in whole, also when it comes in two batches', () => {
  const begun = applyFrames(first, [deletion(10, 11), deletion(9, 11)], WHOLE);
  const list = applyFrames(begun, [deletion(8, 11)], WHOLE);
  expect(idsOf(list.rows)).toEqual(['m0007', '–', '–', '–', '–', '–', '–']);
});

test('a message deleted where nothing is loaded shortens the list there', () => {
  const placed = placePage(first, page({ total: 10, start: 8, limit: 2, seq: 10 })) ?? first;
  const list = applyFrames(placed, [deletion(5, 11)], WHOLE);
  expect(idsOf(list.rows)).toEqual(['m0010', 'm0009', 'm0008', 'm0007', '–', '–', '–', 'm0002', 'm0001']);
});

test('a page from before rows moved does not fit', () => {
  const list = applyFrames(first, [arrival(11)], WHOLE);
  expect(placePage(list, page({ total: 10, start: 4, limit: 2, seq: 10 }))).toBeUndefined();
});

test('a page that knows of mail that we have not heard of does not fit yet', () => {
  expect(placePage(first, page({ total: 11, start: 4, limit: 2, seq: 11 }))).toBeUndefined();
});

test('what changed in a row while its page was on its way is not lost', () => {
  const list = applyFrames(first, [{ Type: 'update', Data: { ID: 'm0005', Read: true }, Seq: 11 }], WHOLE);
  const placed = placePage(list, page({ total: 10, start: 4, limit: 2, seq: 10 }));
  expect(placed?.rows[5]?.Read).toBe(true);
});

test('a parsed message takes the place of the unparsed one', () => {
  const parsed = message(9, { Snippet: 'Hi Ada' });
  const list = applyFrames(first, [{ Type: 'parsed', Data: parsed, Seq: 11 }], WHOLE);
  expect(list.rows[1]?.Snippet).toBe('Hi Ada');
});

test('all deleted: the list is empty, and what comes after is in it', () => {
  const list = applyFrames(first, [{ Type: 'truncate', Data: null, Seq: 11 }, arrival(12)], WHOLE);
  expect(idsOf(list.rows)).toEqual(['m0012']);
});

test.for([
  { frame: { Type: 'prune', Data: null, Seq: 11 } as const, options: WHOLE, why: 'much has changed' },
  { frame: arrival(11), options: FILTERED, why: 'whether new mail is found only the server knows' },
  { frame: deletion(3, 11), options: FILTERED, why: 'whether it was found only the server knows' },
])('the list is to be loaded afresh: $why', ({ frame, options }) => {
  const list = applyFrames(first, [frame], options);
  expect(list.isStale).toBe(true);
  expect(list.rows).toHaveLength(10);
});

test('a verdict changes its row alone', () => {
  const Verdict = { Counts: { sent: 1 }, First: null, Ends: [] };
  const list = applyFrames(first, [{ Type: 'verdict', Data: { ID: 'm0009', Verdict }, Seq: 11 }], FILTERED);
  expect(list.rows.map((row) => row?.Verdict)).toEqual([null, Verdict, null, null, ...Array<undefined>(6)]);
  expect(list.isStale).toBe(false);
});
