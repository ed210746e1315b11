import { expect, test } from 'vitest';
import { openClientRates } from '../../../src/daemons/smtpd/client-rates.ts';
import { manualClock } from '../../support/clock.ts';

const CLIENT = { service: 'smtp', address: '192.0.2.1', unitSeconds: 60 };

test('connections are counted as long as they last, at a service and from an address', () => {
  const rates = openClientRates({ clock: manualClock() });
  const first = rates.connect(CLIENT);
  const second = rates.connect(CLIENT);
  const others = [
    rates.connect({ ...CLIENT, address: '192.0.2.2' }),
    rates.connect({ ...CLIENT, service: 'submission' }),
  ];
  expect(others.map(({ connectionCount }) => connectionCount)).toEqual([1, 1]);
  expect(second.connectionCount).toBe(2);
  first[Symbol.dispose]();
  first[Symbol.dispose]();
  expect(second.connectionCount).toBe(1);
});

test('events are counted over all connections of a client, until a time unit is over', () => {
  const clock = manualClock();
  const rates = openClientRates({ clock });
  const first = rates.connect(CLIENT);
  expect([first.count('message'), rates.connect(CLIENT).count('message')]).toEqual([1, 2]);
  expect([first.peek('connection'), first.peek('recipient')]).toEqual([2, 0]);
  clock.advance(60_000);
  expect(first.count('message')).toBe(3);
  clock.advance(1000);
  expect([first.peek('message'), first.count('message')]).toEqual([0, 1]);
});

test('a client that has gone is counted on when it comes again within the time unit', () => {
  const clock = manualClock();
  const rates = openClientRates({ clock });
  rates.connect(CLIENT)[Symbol.dispose]();
  expect(rates.connect(CLIENT).peek('connection')).toBe(2);
});
