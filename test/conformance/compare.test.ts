import { expect, test } from 'vitest';
import { compareAnswers } from './compare.ts';

type Answer = Readonly<Record<string, unknown>>;

test.for<{ readonly expected: Answer; readonly got: Answer; readonly why: string }>([
  { expected: { rc: 0, stdout: '' }, got: { rc: 0 }, why: 'absent and empty are equal' },
  { expected: { rc: 0 }, got: { rc: 0, stderr: '', log: [], show: {} }, why: 'and the other way round' },
  { expected: { log: ['a', 'b'] }, got: { log: ['a', 'b'] }, why: 'lists are compared by their members' },
])('$expected agrees with $got: $why', ({ expected, got }) => {
  expect(compareAnswers(expected, got)).toEqual([]);
});

test.for<{
  readonly expected: Answer;
  readonly got: Answer;
  readonly members: readonly string[];
  readonly why: string;
}>([
  { expected: { rc: 0 }, got: { rc: 1 }, members: ['rc'], why: 'a status' },
  { expected: { rc: 0 }, got: {}, members: ['rc'], why: '0 is not empty' },
  { expected: { stdout: 'a\n' }, got: { stdout: 'a' }, members: ['stdout'], why: 'a newline that lacks' },
  { expected: {}, got: { stderr: 'x' }, members: ['stderr'], why: 'what was not expected' },
  {
    expected: { stdout: '<TIME>' },
    got: { stdout: '12:30' },
    members: ['stdout'],
    why: 'a placeholder is no wildcard',
  },
  {
    expected: { results: { a: null } },
    got: { results: { a: '' } },
    members: ['results.a'],
    why: 'not found is not empty',
  },
  {
    expected: { results: { a: null } },
    got: { results: {} },
    members: ['results.a'],
    why: 'not asked is not not found',
  },
  {
    expected: { results: { 'a b': 'x' } },
    got: { results: { 'a b': 'y' } },
    members: ['results["a b"]'],
    why: 'a key',
  },
  {
    expected: { results: {} },
    got: { results: { constructor: 'x' } },
    members: ['results.constructor'],
    why: 'any key',
  },
  {
    expected: { log: ['a', 'b'] },
    got: { log: ['b', 'a'] },
    members: ['log[0]', 'log[1]'],
    why: 'the order of a list',
  },
  {
    expected: { show: { f: null } },
    got: { show: { f: '' } },
    members: ['show.f'],
    why: 'no file is not an empty file',
  },
])('$expected differs from $got in $members: $why', ({ expected, got, members }) => {
  expect(compareAnswers(expected, got).map(({ member }) => member)).toEqual(members);
});
