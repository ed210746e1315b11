import { expect, test } from 'vitest';
import { isOfKind, isWanted, isWhole, parseOptions, UsageError, type RunOptions } from './options.ts';
import { makeVector } from './support.ts';

const later = { kind: 'later', seconds: 1, expected: {} };
const vector = { ...makeVector([later]), name: 'alias-loops', covers: ['aliases(5)', 'alias_maps'] };
const parse = (...argv: readonly string[]): RunOptions => parseOptions(argv) ?? expect.fail('help was asked for');

test.for([
  { argv: [], wanted: true, why: 'without options all are' },
  { argv: ['--case', 'LOOPS'], wanted: true, why: 'a part of its name is named' },
  { argv: ['--case', 'virtual'], wanted: false, why: 'another name is' },
  { argv: ['--case', 'virtual', '--case', 'alias'], wanted: true, why: 'one of two names is its own' },
  { argv: ['--covers', 'alias_'], wanted: true, why: 'it covers that' },
  { argv: ['--covers', 'alias_', '--case', 'virtual'], wanted: false, why: 'both must hold' },
  { argv: ['--kind', 'later'], wanted: true, why: 'it has probes of the kind' },
  { argv: ['--kind', 'smtp'], wanted: false, why: 'it has none of the kind' },
])('$argv: a case is wanted $wanted, since $why', ({ argv, wanted }) => {
  expect(isWanted(vector, parse(...argv))).toBe(wanted);
});

test('only probes of the kinds that are named are reported', () => {
  const options = parse('--kind', 'postmap', '--kind', 'cli');
  expect(isOfKind({ kind: 'cli' }, options)).toBe(true);
  expect(isOfKind({ kind: 'smtp' }, options)).toBe(false);
});

test('the list of what is not supported is judged only by all that there is', () => {
  expect(isWhole(parse('-v'))).toBe(true);
  for (const argv of [['--kind', 'cli'], ['--case', 'x'], ['--covers', 'x'], ['file.json']]) {
    expect(isWhole(parse(...argv))).toBe(false);
  }
});

test.for([['--kind', 'imap'], ['--nosuch'], ['--case']])('%j is refused', (argv) => {
  expect(() => parseOptions(argv)).toThrow(UsageError);
});

test('help is no run', () => {
  expect(parseOptions(['--help'])).toBeUndefined();
});
