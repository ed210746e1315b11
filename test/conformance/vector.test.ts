import { expect, test } from 'vitest';
import { parseVector } from './vector.ts';

const probe = { kind: 'cli', argv: ['postconf'], expected: { rc: 0, stdout: '' } };
const vector = {
  name: 'v',
  postfix: '3.7.11',
  note: '',
  covers: [],
  config: { main_cf: '', files: {} },
  probes: [probe],
};

test('a vector that holds what it should is read', () => {
  expect(parseVector(JSON.stringify(vector), 'v.json').probes).toEqual([probe]);
});

test.for([
  { change: { extra: 1 }, problem: 'v.json: unknown member /extra' },
  { change: { covers: undefined }, problem: 'v.json: must have required properties covers' },
  {
    change: { config: { main_cf: '', files: {}, maincf: '' } },
    problem: 'v.json: unknown member /config/maincf',
  },
  {
    change: { probes: [{ ...probe, sorted: true }] },
    problem: 'v.json: probes[0]: unknown member /sorted',
  },
  {
    change: { probes: [{ ...probe, expected: { rc: 0, stdout: '', err: '' } }] },
    problem: 'probes[0]: unknown member /expected/err',
  },
  { change: { probes: [{ ...probe, expected: { stdout: '' } }] }, problem: 'must have required properties rc' },
  { change: { probes: [{ kind: 'imap', expected: {} }] }, problem: 'v.json: probes[0]: unknown kind "imap"' },
  { change: { probes: [{ kind: 'constructor', expected: {} }] }, problem: 'unknown kind "constructor"' },
  {
    change: { probes: [{ kind: 'later', seconds: 1, expected: { deliveries: [{ msg: 1 }] } }] },
    problem: 'probes[0]: /expected/deliveries/0 must have required properties',
  },
])('$change stops the runner: $problem', ({ change, problem }) => {
  expect(() => parseVector(JSON.stringify({ ...vector, ...change }), 'v.json')).toThrow(problem);
});

test('text that is not JSON stops the runner', () => {
  expect(() => parseVector('{', 'v.json')).toThrow("v.json: it isn't JSON");
});
