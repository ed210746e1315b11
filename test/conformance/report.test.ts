import { expect, test } from 'vitest';
import { diffLines } from './line-diff.ts';
import { describeProbe, formatFailure, formatSums } from './report.ts';
import type { ProbeResult } from './run-case.ts';
import { makeVector } from './support.ts';
import type { Probe } from './vector.ts';

const toProbe = (members: object): Probe =>
  makeVector([
    { kind: 'cli', argv: ['postmap', '-q', "a 'b'", 'hash:t'], expected: { rc: 0, stdout: 'x\ny\n' }, ...members },
  ]).probes[0] ?? expect.fail('there is no probe');
const result = (more: Partial<ProbeResult>): ProbeResult => ({
  status: 'failed',
  probe: toProbe({}),
  index: 3,
  differences: [],
  complaints: [],
  ...more,
});

test('a command is written as a shell takes it', () => {
  expect(describeProbe(toProbe({}))).toBe(String.raw`cli postmap -q 'a '\''b'\''' hash:t`);
});

test('a failure is one line with both sides, and what differs below', () => {
  const differences = [{ member: 'stdout', expected: 'x\ny\n', got: 'x\nz\n' }];
  expect(formatFailure('t', result({ differences }))).toBe(
    [
      String.raw`FAIL t#3 cli postmap -q 'a '\''b'\''' hash:t: stdout differs; rc agree: expected "x\ny\n", got "x\nz\n"`,
      '    stdout:',
      String.raw`    - "y\n"`,
      String.raw`    + "z\n"`,
      '',
    ].join('\n'),
  );
});

test('what is wrong by itself is in the line too', () => {
  expect(formatFailure('t', result({ complaints: ['Error: broken\n  at x'] }))).toBe(
    `FAIL t#3 ${describeProbe(toProbe({}))}: Error: broken\n      at x\n`,
  );
});

test('probes are counted in all and by kind', () => {
  const results = [result({}), result({ status: 'passed' }), result({ status: 'not supported' })];
  expect(formatSums(results)).toBe(
    '1 probes passed, 1 failed, 1 not supported\n  cli      1 probes passed, 1 failed, 1 not supported\n',
  );
});

test.for([
  { expected: 'a\nb\nc\n', got: 'a\nc\n', lines: ['- "b\\n"'], why: 'a line lacks' },
  { expected: 'a\n', got: 'a', lines: ['- "a\\n"', '+ "a"'], why: 'the last newline lacks' },
  {
    expected: 'a\nb\nc\nd\n',
    got: 'b\nX\nd\ne\n',
    lines: ['- "a\\n"', '- "c\\n"', '+ "X\\n"', '+ "e\\n"'],
    why: 'several',
  },
  { expected: '', got: 'a\n', lines: ['+ "a\\n"'], why: 'nothing was expected' },
  { expected: 'a\na\n', got: 'a\n', lines: ['- "a\\n"'], why: 'a line is there twice' },
])('between $expected and $got: $lines, since $why', ({ expected, got, lines }) => {
  expect(diffLines(expected, got)).toEqual(lines);
});
