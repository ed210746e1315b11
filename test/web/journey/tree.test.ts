import { expect, test } from 'vitest';
import { toJourney } from '../../../src/http/api/journey-wire.ts';
import { findPlace, groupSteps, unfoldJourney } from '../../../web/src/journey/tree.ts';
import { receivedMessage, rejectedJourney, teamJourney, sentDelivery } from '../../support/journeys.ts';

function outline(journey: ReturnType<typeof toJourney>) {
  return unfoldJourney(journey).map(({ message, rows }) => [
    message.number,
    ...rows.map(({ node, depth, isHypothetical }) => `${depth} ${node.address}${isHypothetical ? '?' : ''}`),
  ]);
}

test('each message has its own tree, children below what they came of', () => {
  expect(outline(toJourney(teamJourney()))).toEqual([
    [
      1,
      '0 team@example.com',
      '1 team@mail.example.com',
      '2 bob@mail.example.com',
      '2 zoë@mail.example.com',
      '2 team@mail.example.com',
      '2 carol@elsewhere.test',
    ],
    [2, '0 carol@elsewhere.test'],
    [3, '0 ada@example.com'],
  ]);
});

test('what is below a refusal is hypothetical', () => {
  expect(outline(toJourney(rejectedJourney()))).toEqual([
    [1, '0 nobody@example.com', '1 nobody@example.com?', '0 bob@example.com'],
  ]);
});

test('an address that is forwarded in two messages is one row with two ends', () => {
  const [first, second] = [sentDelivery({ text: 'forwarded as A' }), sentDelivery({ text: 'forwarded as B' })];
  const address = 'bob@example.com';
  const nodes = [
    { message: 1, address, steps: [], delivery: first },
    { message: 1, address, steps: [], parent: 0, delivery: second },
  ];
  const [tree] = unfoldJourney(toJourney({ settingsHash: '', messages: [receivedMessage()], nodes }));
  expect(tree?.rows.map(({ ends }) => ends.map(({ text }) => text))).toEqual([['forwarded as A', 'forwarded as B']]);
});

test('a chain of ten thousand addresses is unfolded', () => {
  const nodes = Array.from({ length: 10_000 }, (_, index) => ({
    message: 1,
    address: `a${index}`,
    steps: [],
    ...(index > 0 && { parent: index - 1 }),
  }));
  const [tree] = unfoldJourney(toJourney({ settingsHash: '', messages: [receivedMessage()], nodes }));
  expect(tree?.rows.at(-1)).toMatchObject({ depth: 9999, index: 9999 });
});

test('look-ups in a row that found nothing are one group', () => {
  const miss = { stage: 'transport', result: null };
  const hit = { stage: 'transport', result: 'smtp' };
  const note = { stage: 'local', note: 'no such user' };
  expect(groupSteps([miss, miss, hit, note, miss])).toEqual([
    { kind: 'misses', steps: [miss, miss] },
    { kind: 'step', step: hit },
    { kind: 'step', step: note },
    { kind: 'misses', steps: [miss] },
  ]);
});

test('what was decided before is not said again', () => {
  const hit = { stage: 'resolve', parameter: 'relayhost', result: '[mx.test]' };
  const other = { ...hit, stage: 'transport' };
  expect(groupSteps([hit, other, hit])).toEqual([
    { kind: 'step', step: hit },
    { kind: 'step', step: other },
  ]);
});

test.for([
  { rcpt: 'team@example.com', step: undefined, at: 0, key: undefined },
  { rcpt: 'team@example.com', step: 1, at: 0, key: 'team@example.com' },
  { rcpt: 'team@example.com', step: 3, at: 0, key: 'team' },
  { rcpt: 'team@example.com', step: 99, at: 0, key: undefined },
])('step $step of $rcpt is the one that looks up $key: steps are counted down the way', ({ rcpt, step, at, key }) => {
  const place = findPlace(unfoldJourney(toJourney(teamJourney())), { rcpt, step });
  expect(place?.at).toBe(at);
  expect(place?.step?.key).toBe(key);
});

test('who is no recipient of the envelope has no place', () => {
  const messages = unfoldJourney(toJourney(teamJourney()));
  expect(findPlace(messages, { rcpt: 'bob@mail.example.com', step: undefined })).toBeUndefined();
});
