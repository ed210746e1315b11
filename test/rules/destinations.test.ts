import { expect, test } from 'vitest';
import { compareDestinations, listDestinations, placeOf, wayTo } from '../../src/rules/destinations.ts';
import type { Delivery, Journey } from '../../src/rules/journey.ts';
import { receivedMessage, rejectedJourney, sentDelivery, shortJourney, teamJourney } from '../support/journeys.ts';

test.for<{ what: string; journey: Journey; ends: readonly string[] }>([
  { what: 'a mailbox', journey: shortJourney(), ends: ['0 bob@example.com sent local:example.com'] },
  {
    what: 'a forwarded message ends where its own recipients do, and its bounce is none of the mail’s ends',
    journey: teamJourney(),
    ends: [
      '0 bob@mail.example.com sent local:example.com',
      '0 zo\xc3\xab@mail.example.com deferred local:example.com',
      '0 team@mail.example.com sent local:example.com',
      '0 carol@elsewhere.test bounced error:5.1.1 no such user',
    ],
  },
  {
    what: 'what would have come after a refusal is no end',
    journey: rejectedJourney(),
    ends: ['0 nobody@example.com rejected local:example.com', '2 bob@example.com sent local:example.com'],
  },
  {
    what: 'a message that is held ends once for each recipient of its envelope',
    journey: {
      settingsHash: 'abc',
      messages: [receivedMessage({ state: 'held', reason: 'for a look' })],
      nodes: [
        { message: 1, address: 'a@example.com', steps: [] },
        { message: 1, parent: 0, address: 'bob@example.com', steps: [], delivery: sentDelivery() },
        { message: 1, address: 'c@example.com', steps: [] },
      ],
    },
    ends: ['0 a@example.com held :', '2 c@example.com held :'],
  },
  {
    what: 'a forwarded message that cleanup bounces ends as each of its recipients does',
    journey: {
      settingsHash: 'abc',
      messages: [
        receivedMessage(),
        receivedMessage({
          number: 2,
          origin: 'forward',
          of: 1,
          state: 'bounced',
          reason: '554 5.4.0 Error: too many hops',
        }),
      ],
      nodes: [
        { message: 1, address: 'one@example.com', steps: [], delivery: sentDelivery({ forwardedAs: 2 }) },
        { message: 2, parent: 0, address: 'a@x.test', steps: [] },
        {
          message: 2,
          parent: 1,
          address: 'b@x.test',
          steps: [],
          delivery: sentDelivery({ recipient: 'b@x.test', transport: 'cleanup', nexthop: '', status: 'bounced' }),
        },
      ],
    },
    ends: ['0 b@x.test bounced cleanup:'],
  },
])('destinations: $what', ({ journey, ends }) => {
  const found = listDestinations(journey).map(
    ({ root, recipient, status, transport, nexthop }) => `${root} ${recipient} ${status} ${transport}:${nexthop}`,
  );
  expect(found).toEqual(ends);
});

test('a message that is refused as a whole gives each recipient its reply', () => {
  const journey: Journey = {
    settingsHash: 'abc',
    messages: [receivedMessage({ state: 'rejected', reason: '550 5.7.1 no bad mail' })],
    nodes: [
      { message: 1, address: 'a@example.com', steps: [] },
      { message: 1, address: 'bob@example.com', steps: [], delivery: refusal('550 5.1.1 User unknown') },
    ],
  };
  expect(listDestinations(journey)).toMatchObject([
    { recipient: 'a@example.com', status: 'rejected', dsn: '5.7.1', text: '550 5.7.1 no bad mail', isWhole: true },
    { recipient: 'bob@example.com', status: 'rejected', dsn: '5.1.1', text: '550 5.1.1 User unknown', isWhole: true },
  ]);
});

test.for<{ what: string; change: Partial<Delivery>; isSame: boolean }>([
  { what: 'another text of success is the same', change: { text: 'delivered to maildir' }, isSame: true },
  { what: 'another relay in the log is the same', change: { relay: 'none' }, isSame: true },
  { what: 'another next hop is another', change: { nexthop: 'example.org' }, isSame: false },
  { what: 'another transport is another', change: { transport: 'virtual' }, isSame: false },
  { what: 'another status is another', change: { status: 'bounced' }, isSame: false },
  {
    what: 'another mailbox is another',
    change: {
      act: { kind: 'mailbox', format: 'mbox', path: '/srv/bob', head: [], uid: 1, gid: 1 },
    },
    isSame: false,
  },
])('two destinations: $what', ({ change, isSame }) => {
  const before = listDestinations(shortJourney());
  const after = listDestinations(shortJourney(change));
  expect(compareDestinations(before, after)).toEqual(isSame ? { gone: [], come: [] } : { gone: before, come: after });
});

test('the order of destinations doesn’t matter, their number does', () => {
  const [first, ...others] = listDestinations(teamJourney());
  expect(
    compareDestinations(
      [first, ...others].flatMap((one) => one ?? []),
      [...others, ...(first ? [first] : [])],
    ),
  ).toEqual({
    gone: [],
    come: [],
  });
  expect(compareDestinations([], first ? [first, first] : []).come).toHaveLength(2);
  expect(compareDestinations(first ? [first, first] : [], first ? [first] : []).gone).toEqual([first]);
});

test('the way to a destination leads through every address, and into the message that was forwarded', () => {
  const journey = teamJourney();
  const last = listDestinations(journey).at(-1);
  expect(wayTo(last?.node ?? 0, journey).map(({ message, address }) => `${message} ${address}`)).toEqual([
    '1 team@example.com',
    '1 team@mail.example.com',
    '1 carol@elsewhere.test',
    '2 carol@elsewhere.test',
  ]);
});

test('a place is a mailbox’s path, a command or hosts, if anything is done', () => {
  expect(listDestinations(teamJourney()).map(placeOf)).toEqual([
    '/var/mail/bob',
    undefined,
    '/usr/bin/filter --quiet',
    undefined,
  ]);
});

function refusal(text: string): Delivery {
  return sentDelivery({ transport: 'smtpd', nexthop: '', status: 'rejected', dsn: '5.1.1', text });
}
