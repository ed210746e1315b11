import { expect, test } from 'vitest';
import { moveStatus, readVerdictSummary, summariseJourney } from '../../src/store/verdict-summary.ts';
import { receivedMessage, rejectedJourney, sentDelivery, shortJourney, teamJourney } from '../support/journeys.ts';

const TO_BOB = {
  recipient: 'bob@example.com',
  transport: 'local',
  nexthop: 'example.com',
  status: 'sent',
  dsn: '2.0.0',
};

test.for([
  { what: 'one delivery', journey: shortJourney(), summary: { counts: { sent: 1 }, first: TO_BOB } },
  {
    what: 'a forwarded message counts by its own ends, a bounce message not at all',
    journey: teamJourney(),
    summary: {
      counts: { sent: 2, deferred: 1, bounced: 1 },
      first: { ...TO_BOB, recipient: 'bob@mail.example.com' },
    },
  },
  {
    what: 'what would have come after a refusal is not counted',
    journey: rejectedJourney(),
    summary: {
      counts: { rejected: 1, sent: 1 },
      first: { ...TO_BOB, recipient: 'nobody@example.com', status: 'rejected', dsn: '5.1.1' },
    },
  },
  {
    what: 'a message that is held counts its recipients as held',
    journey: {
      settingsHash: 'abc',
      messages: [receivedMessage({ state: 'held', reason: 'for a look' })],
      nodes: [
        { message: 1, address: 'a@example.com', steps: [] },
        { message: 1, parent: 0, address: 'bob@example.com', steps: [], delivery: sentDelivery() },
        { message: 1, address: 'c@example.com', steps: [] },
      ],
    } as const,
    summary: { counts: { held: 2 } },
  },
  {
    what: 'a message that is refused as a whole counts its recipients as rejected',
    journey: shortJourney({}, { state: 'rejected', reason: '554 5.7.1 no' }),
    summary: { counts: { rejected: 1 } },
  },
])('the summary of a journey: $what', ({ journey, summary }) => {
  const { counts, first } = summariseJourney(journey);
  expect({ counts, ...(first && { first }) }).toEqual(summary);
});

test('a summary names what decided something, and by what ways the mail goes, of what was forwarded too', () => {
  const { via, rules } = summariseJourney(teamJourney());
  expect(via).toEqual(expect.arrayContaining(['local', 'example.com', 'local:example.com']));
  expect(rules).toEqual(expect.arrayContaining(['mydestination', 'virtual_alias_maps', 'append_at_myorigin']));
});

test('a summary that an earlier version wrote has neither ends nor names', () => {
  expect(readVerdictSummary('{"counts":{"sent":1}}')).toEqual({ counts: { sent: 1 }, ends: [], via: [], rules: [] });
});

test('ends that are alike are counted, and the first of them is told of, by its recipient in the envelope', () => {
  const { ends } = summariseJourney(teamJourney());
  const told = ends.map(({ status, deed, count, place }) => ({ status, deed, count, place }));
  expect(told).toEqual([
    { status: 'sent', deed: 'mailbox', count: 1, place: '/var/mail/bob' },
    { status: 'deferred', deed: 'none', count: 1, place: '' },
    { status: 'sent', deed: 'command', count: 1, place: '/usr/bin/filter --quiet' },
    { status: 'bounced', deed: 'none', count: 1, place: '' },
  ]);
  expect(new Set(ends.map(({ recipient }) => recipient))).toEqual(new Set(['team@example.com']));
});

test('when a delivery goes on, so does one of the ends', () => {
  const { ends } = moveStatus(summariseJourney(teamJourney()), 'deferred', 'sent');
  expect(ends.map(({ status, deed, count }) => `${count} ${status} ${deed}`)).toEqual([
    '1 sent mailbox',
    '1 sent command',
    '1 bounced none',
    '1 sent none',
  ]);
});

test('when a delivery goes on, its old status is counted no more', () => {
  const summary = summariseJourney(teamJourney());
  expect(moveStatus(summary, 'deferred', 'sent').counts).toEqual({ sent: 3, bounced: 1 });
  expect(moveStatus(summary, 'sent', 'sent').counts).toEqual(summary.counts);
});
