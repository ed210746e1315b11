import { expect, test } from 'vitest';
import { markFields, type HeaderChange } from '../../../web/src/message/header-marks.ts';

const change = (Before?: string, After?: string): HeaderChange => ({
  ...(Before !== undefined && { Before }),
  ...(After !== undefined && { After }),
  By: [],
});

test('a change is found by the field as it was sent, folded or not', () => {
  const rewritten = change('To: a,\n b', 'To: a@x.test,\n b@x.test');
  const { marks } = markFields(['From: a', 'To: a,\r\n b'], [rewritten]);
  expect(marks).toEqual([undefined, rewritten]);
});

test('of two fields that are the same, each has a change of its own', () => {
  const first = change('X-A: 1');
  const { marks } = markFields(['X-A: 1', 'X-A: 1', 'X-A: 1'], [first, change('X-A: 1')]);
  expect(marks.map((mark) => mark !== undefined)).toEqual([true, true, false]);
});

test('what was cut for the trace still is that field', () => {
  const long = `X-Long: ${'y'.repeat(300)}`;
  const { marks } = markFields([long], [change(long.slice(0, 200))]);
  expect(marks[0]).toBeDefined();
});

test('headers that Postfix adds are no field of the mail', () => {
  const added = change(undefined, 'Message-Id: <1@a.test>');
  expect(markFields(['From: a'], [added])).toEqual({ marks: [undefined], added: [added] });
});
