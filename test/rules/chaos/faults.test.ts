import { expect, test } from 'vitest';
import { openFault, type FaultEvent } from '../../../src/rules/chaos/faults.ts';
import type { FaultRule } from '../../../src/rules/chaos/fault-rule.ts';

const event = (fields: Partial<FaultEvent> = {}): FaultEvent => ({
  at: 'rcpt',
  nowMs: 0,
  session: 's1',
  client: '127.0.0.1',
  helo: 'app.test',
  login: '',
  sender: 'app@acme.test',
  recipients: ['ada@example.com'],
  ...fields,
});

/** Which of so many events a rule strikes: `x` where it does. */
function strikes(rule: Partial<FaultRule>, events: readonly Partial<FaultEvent>[], seed = 0): string {
  const fault = openFault({ at: 'rcpt', delayMs: 1, ...rule }, seed);
  return events.map((fields) => (fault.meet(event(fields)) ? 'x' : '-')).join('');
}

const times = (count: number): readonly Partial<FaultEvent>[] => Array.from({ length: count }, () => ({}));

test.for<{ rule: Partial<FaultRule>; struck: string }>([
  { rule: {}, struck: 'xxxxxx' },
  { rule: { first: 2 }, struck: 'xx----' },
  { rule: { after: 2 }, struck: '--xxxx' },
  { rule: { every: 3 }, struck: '--x--x' },
  { rule: { after: 1, every: 2 }, struck: '--x-x-' },
  { rule: { after: 2, first: 1 }, struck: '--x---' },
  { rule: { every: 2, first: 2 }, struck: '-x-x--' },
  { rule: { probability: 0 }, struck: '------' },
  { rule: { probability: 100 }, struck: 'xxxxxx' },
])('$rule strikes of six events $struck', ({ rule, struck }) => {
  expect(strikes(rule, times(6))).toBe(struck);
});

test.for<{ rule: Partial<FaultRule>; events: readonly Partial<FaultEvent>[]; struck: string }>([
  {
    rule: { first: 1, per: ['recipient'] },
    events: [{}, { recipients: ['bob@example.com'] }, { recipients: ['ADA@example.com'] }],
    struck: 'xx-',
  },
  {
    rule: { first: 1, per: ['client', 'sender', 'recipient'] },
    events: [{}, { client: '::1' }, { sender: 'other@acme.test' }, {}],
    struck: 'xxx-',
  },
  { rule: { first: 1, per: ['session'] }, events: [{}, { session: 's2' }, {}], struck: 'xx-' },
  {
    rule: { first: 1, withinMs: 1000 },
    events: [{}, { nowMs: 999 }, { nowMs: 1000 }, { nowMs: 1999 }, { nowMs: 2000 }],
    struck: 'x-x-x',
  },
])('$rule counts by itself what is its own', ({ rule, events, struck }) => {
  expect(strikes(rule, events)).toBe(struck);
});

test.for<{ rule: Partial<FaultRule>; fields: Partial<FaultEvent>; isMeant: boolean }>([
  { rule: { recipient: '*@EXAMPLE.com' }, fields: {}, isMeant: true },
  { rule: { recipient: '*@example.org' }, fields: {}, isMeant: false },
  { rule: { recipient: 'a?a@example.com' }, fields: {}, isMeant: true },
  { rule: { recipient: 'ada.example.com' }, fields: {}, isMeant: false },
  { rule: { recipient: 'bob@*' }, fields: { recipients: ['ada@example.com', 'bob@example.com'] }, isMeant: true },
  { rule: { sender: '<>' }, fields: { sender: '' }, isMeant: true },
  { rule: { sender: '<>' }, fields: {}, isMeant: false },
  { rule: { client: '127.*' }, fields: {}, isMeant: true },
  { rule: { client: '::1' }, fields: {}, isMeant: false },
  { rule: { helo: 'app.*' }, fields: {}, isMeant: true },
  { rule: { login: 'ada' }, fields: { login: 'ada' }, isMeant: true },
  { rule: { login: '?*' }, fields: {}, isMeant: false },
  { rule: { at: 'data' }, fields: {}, isMeant: false },
])('$rule is about $fields: $isMeant', ({ rule, fields, isMeant }) => {
  expect(strikes(rule, [fields])).toBe(isMeant ? 'x' : '-');
});

test('a probability strikes about as often as it says, and the same seed strikes the same events', () => {
  const drawn = strikes({ probability: 25 }, times(2000), 7);
  expect(drawn.replaceAll('-', '').length).toBeGreaterThan(400);
  expect(drawn.replaceAll('-', '').length).toBeLessThan(600);
  expect(strikes({ probability: 25 }, times(2000), 7)).toBe(drawn);
  expect(strikes({ probability: 25 }, times(2000), 8)).not.toBe(drawn);
});

test('it tells how often it was asked, and struck', () => {
  const fault = openFault({ at: 'rcpt', first: 1, reply: '450 Later' }, 0);
  for (const at of ['rcpt', 'rcpt', 'mail'] as const) fault.meet(event({ at }));
  expect(fault.count()).toEqual({ rule: '{ at=rcpt, first=1, reply=450 Later }', seen: 2, struck: 1 });
});

test('of ever new clients it forgets the oldest', () => {
  const fault = openFault({ at: 'rcpt', first: 1, per: ['client'], reply: '450 Later' }, 0);
  for (let n = 0; n <= 10_000; n += 1) fault.meet(event({ client: String(n) }));
  expect(fault.meet(event({ client: '10000' }))).toBe(false);
  expect(fault.meet(event({ client: '1' }))).toBe(false);
  expect(fault.meet(event({ client: '0' }))).toBe(true);
});
