import { expect, test } from 'vitest';
import { formatFaultRule, type FaultRule } from '../../../src/rules/chaos/fault-rule.ts';
import { readFaultRules } from '../../../src/rules/chaos/read-fault-rules.ts';

test.for<{ text: string; rule: FaultRule }>([
  {
    text: '{ at=rcpt, first=1, per=client recipient, reply=450 4.2.0 Try again later }',
    rule: { at: 'rcpt', first: 1, per: ['client', 'recipient'], reply: '450 4.2.0 Try again later' },
  },
  {
    text: '{at=data,every=3,delay=1500ms,rate=1000}',
    rule: { at: 'data', every: 3, delayMs: 1500, octetsPerSecond: 1000 },
  },
  {
    text: '{ at = message, probability = 12.5%, disconnect }',
    rule: { at: 'message', probability: 12.5, disconnect: true },
  },
  {
    text: '{ at=mail, sender=<>, after=2, within=1h, reply=421 Too many connections }',
    rule: { at: 'mail', sender: '<>', after: 2, withinMs: 3_600_000, reply: '421 Too many connections' },
  },
  {
    text: '{ at=rcpt, recipient=*@slow.test, client=127.*, helo=app, login=ada, { reply = 452 4.2.2 Full, sorry } }',
    rule: {
      at: 'rcpt',
      recipient: '*@slow.test',
      client: '127.*',
      helo: 'app',
      login: 'ada',
      reply: '452 4.2.2 Full, sorry',
    },
  },
])('$text is read, and read the same as it is written', ({ text, rule }) => {
  expect(readFaultRules(text)).toEqual({ rules: [rule] });
  expect(readFaultRules(formatFaultRule(rule))).toEqual({ rules: [rule] });
});

test('rules follow each other', () => {
  expect(readFaultRules('{ at=helo, disconnect }, { at=mail, delay=2 }\n{ at=rcpt, delay=1m }')).toEqual({
    rules: [
      { at: 'helo', disconnect: true },
      { at: 'mail', delayMs: 2000 },
      { at: 'rcpt', delayMs: 60_000 },
    ],
  });
  expect(readFaultRules('')).toEqual({ rules: [] });
});

test.for([
  { text: 'at=rcpt', says: 'a rule stands in braces' },
  { text: '{ at=rcpt', says: 'missing' },
  { text: '{ reply=450 Later }', says: 'it doesn’t say where' },
  { text: '{ at=lunch, delay=1 }', says: 'bad value: at=lunch' },
  { text: '{ at=rcpt, frist=1, delay=1 }', says: '"frist=1" is none of at, client' },
  { text: '{ at=rcpt }', says: 'it does nothing' },
  { text: '{ at=rcpt, reply=250 Ok }', says: '"250 Ok" is no reply that refuses' },
  { text: '{ at=rcpt, reply=450 5.1.1 Never }', says: '"450 5.1.1 Never" is no reply that refuses' },
  { text: '{ at=rcpt, reply=450 }', says: '"450" is no reply that refuses' },
  { text: '{ at=rcpt, reply=450 Later, disconnect }', says: 'reply and disconnect exclude each other' },
  { text: '{ at=rcpt, disconnect=no }', says: 'bad value: disconnect=no' },
  { text: '{ at=rcpt, rate=100 }', says: 'rate is about content' },
  { text: '{ at=rcpt, delay=1, probability=101 }', says: 'probability is 101: it goes from 0 to 100' },
  { text: '{ at=rcpt, delay=1, first=0 }', says: 'first is 0' },
  { text: '{ at=rcpt, delay=-1 }', says: 'bad value: delay=-1' },
  { text: '{ at=rcpt, delay=1d12h }', says: 'bad value: delay=1d12h' },
  { text: '{ at=rcpt, delay=2d }', says: 'delay (ms) is 172800000' },
  { text: '{ at=rcpt, delay=1, per=day }', says: 'bad value: per=day' },
  { text: '{ at=auth, delay=1, per=sender }', says: 'there is no sender yet at auth' },
  { text: '{ at=mail, delay=1, recipient=* }', says: 'there is no recipient yet at mail' },
])('of $text is said: $says', ({ text, says }) => {
  expect(readFaultRules(text)).toEqual({ fault: expect.stringContaining(says) as string });
});
