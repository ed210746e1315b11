import { expect, test } from 'vitest';
import type { Act, Delivery, Journey, JourneyMessage } from '../../../src/rules/journey.ts';
import type { Happening, LogFacts } from './happening.ts';
import { toMailOutcome } from './outcome.ts';
import { countQueue } from './queue-count.ts';
import type { RecordedAct } from './recorder.ts';

const FACTS: LogFacts = {
  nameAgent: (transport) => (transport === 'mine' ? 'local' : transport),
  nameSystem: () => 'postfix',
  isUtf8: true,
  isExternal: true,
};
const MESSAGE: JourneyMessage = {
  number: 1,
  origin: 'received',
  sender: 's@x.test',
  steps: [],
  log: [],
  state: 'queued',
};
const FORWARD: JourneyMessage = { ...MESSAGE, number: 2, origin: 'forward', of: 1 };
const DELIVERY: Delivery = {
  recipient: 'a@x.test',
  transport: 'mine',
  nexthop: 'x.test',
  relay: 'local',
  status: 'sent',
  dsn: '2.0.0',
  text: 'delivered to mailbox',
};
const toPipe = (service: string, recipient: string): Act => ({
  kind: 'pipe',
  argv: ['/etc/pfrec', service, 'QQ1', 'hop.test', 's@x.test', recipient, recipient],
  flags: '',
  user: 'rec',
  directory: '/',
  head: [],
});

function toJourney(messages: readonly JourneyMessage[], ends: readonly (readonly [number, Delivery])[]): Journey {
  const nodes = ends.map(([message, delivery]) => ({ message, address: delivery.recipient, steps: [], delivery }));
  return { settingsHash: '', messages, nodes };
}

function happen(journey: Journey, acts: readonly RecordedAct[] = []): Happening {
  return { mails: [{ queueId: 'QQ1', journey }], sessionLog: [], acts };
}

function toAct(act: Act, more: Partial<RecordedAct> = {}): RecordedAct {
  const content = Buffer.from('Received: by x id QQ1\r\nSubject: s\r\n\r\nbody\r\n');
  return { act, number: 1, node: 0, queueId: 'QQ1', content, ...more };
}

test('a delivery is told as the log tells of it', () => {
  const { deliveries, messages } = toMailOutcome(happen(toJourney([MESSAGE], [[1, DELIVERY]])), {}, FACTS);
  expect(deliveries).toEqual([
    { msg: 1, to: 'a@x.test', transport: 'local', dsn: '2.0.0', status: 'sent', text: 'delivered to mailbox' },
  ]);
  expect(messages).toEqual([{ msg: 1, sender: 's@x.test' }]);
});

test('a recorder tells of the next hop, and of the content that it was asked for', () => {
  const act = toPipe('relay', 'a@x.test');
  const journey = toJourney([MESSAGE], [[1, { ...DELIVERY, transport: 'relay', act }]]);
  const wanted = { want_headers: true, want_body: true, want_full: true };
  const { deliveries, messages } = toMailOutcome(happen(journey, [toAct(act)]), wanted, FACTS);
  expect(deliveries).toMatchObject([{ transport: 'relay', nexthop: 'hop.test' }]);
  const full = 'Received: by x id <Q1>\nSubject: s\n\nbody\n';
  expect(messages).toEqual([{ msg: 1, sender: 's@x.test', headers: [['Subject', 's']], body: 'body\n', full }]);
});

test('a recorder that was told another name than the log has tells of nothing', () => {
  const act = toPipe('relay', 'a b@x.test');
  const journey = toJourney([MESSAGE], [[1, { ...DELIVERY, recipient: 'a b@x.test', transport: 'relay', act }]]);
  const { deliveries, messages } = toMailOutcome(happen(journey, [toAct(act)]), { want_full: true }, FACTS);
  expect(deliveries[0]).not.toHaveProperty('nexthop');
  expect(messages).toEqual([{ msg: 1, sender: 's@x.test' }]);
});

test('a forwarded copy is a message of its own, and its queue ID is hidden', () => {
  const act = toPipe('relay', 'b@x.test');
  const forwarded: Delivery = { ...DELIVERY, status: 'forwarded', text: 'forwarded as QQ11', forwardedAs: 2 };
  const copy: Delivery = { ...DELIVERY, recipient: 'b@x.test', original: 'a@x.test', transport: 'relay', act };
  const journey = toJourney(
    [MESSAGE, FORWARD],
    [
      [1, forwarded],
      [2, copy],
    ],
  );
  const acts = [toAct(act, { number: 2, node: 1, queueId: 'QQ11', content: Buffer.from('X: QQ11 QQ1\r\n\r\n') })];
  const { deliveries, messages } = toMailOutcome(happen(journey, acts), { want_full: true }, FACTS);
  expect(deliveries).toMatchObject([
    { msg: 1, status: 'sent', text: 'forwarded as <QID>' },
    { msg: 2, to: 'b@x.test', orig_to: 'a@x.test' },
  ]);
  expect(messages[1]).toEqual({ msg: 2, sender: 's@x.test', origin: 'forward', of: 1, full: 'X: <Q2> <Q1>\n\n' });
});

test('a message that was not queued has no deliveries, but its log', () => {
  const log = [{ program: 'cleanup', text: 'hold: header X' }];
  const journey = toJourney([{ ...MESSAGE, state: 'held', log }], [[1, DELIVERY]]);
  const outcome = toMailOutcome(happen(journey), {}, FACTS);
  expect(outcome).toMatchObject({ deliveries: [], messages: [], log: ['postfix/cleanup: <Q1>: hold: header X'] });
  expect(countQueue(happen(journey).mails)).toEqual({ hold: 1 });
});

test.for([
  { status: 'discarded', more: {}, told: 'sent' },
  { status: 'deferred', more: { isSoftBounce: true }, told: 'SOFTBOUNCE' },
  { status: 'bounced', more: {}, told: 'bounced' },
] as const)('$status is told as $told', ({ status, more, told }) => {
  const journey = toJourney([MESSAGE], [[1, { ...DELIVERY, status, ...more }]]);
  expect(toMailOutcome(happen(journey), {}, FACTS).deliveries).toMatchObject([{ status: told }]);
});

test('a message with a deferred recipient is left in the queue', () => {
  const deferred: Delivery = { ...DELIVERY, status: 'deferred' };
  const journey = toJourney(
    [MESSAGE, FORWARD],
    [
      [1, DELIVERY],
      [2, deferred],
      [2, deferred],
    ],
  );
  expect(countQueue(happen(journey).mails)).toEqual({ deferred: 1 });
});

test.for([
  { program: 'smtpd', text: 'NOQUEUE: reject: x', whole: 'postfix/smtpd: NOQUEUE: reject: x' },
  { program: 'smtpd', text: 'reject: x', whole: 'postfix/smtpd: <Q1>: reject: x' },
  { program: 'smtpd', text: 'too many errors after NOOP', whole: 'postfix/smtpd: too many errors after NOOP' },
  { program: 'cleanup', text: 'warning: header X', whole: 'postfix/cleanup: <Q1>: warning: header X' },
  { program: 'cleanup', text: 'warning: unknown command', whole: 'postfix/cleanup: warning: unknown command' },
  { program: 'local', text: 'warning: alias loop', whole: 'postfix/local: warning: alias loop' },
  { program: 'smtpd', text: 'connect from x', whole: undefined },
  { program: 'cleanup', text: 'warning: regexp map /x, line 1: y', whole: undefined },
])('$program: $text is told as $whole', ({ whole, ...line }) => {
  const journey = toJourney([{ ...MESSAGE, log: [line] }], []);
  expect(toMailOutcome(happen(journey), {}, FACTS).log).toEqual(whole === undefined ? [] : [whole]);
});
