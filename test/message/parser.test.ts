import { expect, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { silentLog } from '../../src/log.ts';
import { openMessageParser, UnparsableMessageError, type MessageParser } from '../../src/message/parser.ts';
import type { ParseOutcome } from '../../src/message/parsed.ts';
import * as mails from '../support/mails/corpus.ts';

interface Limits {
  readonly timeLimitMs?: number;
  readonly idleMs?: number;
}

function open(limits: Limits = {}): MessageParser {
  return openMessageParser({ timeLimitMs: 20_000, log: silentLog, clock: systemClock, ...limits });
}

/** Takes far longer than the others: 40 MB of lines. */
const slow = Buffer.from(`Subject: slow\r\n\r\n${'line\r\n'.repeat(7_000_000)}`);

function snippet(outcome: ParseOutcome): string {
  return 'parsed' in outcome ? outcome.parsed.snippet : `failure: ${outcome.failure}`;
}

test('messages are parsed, in order, and their octets stay the caller’s', async () => {
  await using parser = open();
  const raws = Array.from({ length: 100 }, (_, index) => Buffer.from(`Subject: a\r\n\r\nnumber ${index}`));
  const outcomes = await Promise.all(raws.map((raw) => parser.parse(raw)));
  expect(outcomes.map(snippet)).toEqual(raws.map((_, index) => `number ${index}`));
  expect(raws[99]?.toString()).toContain('number 99');
});

test('text and HTML come decoded', async () => {
  await using parser = open();
  expect(await parser.bodies(mails.alternative)).toEqual({
    text: 'as text',
    html: '<p>as <b>HTML</b></p>',
    standIn: '',
  });
});

test('a message that takes too long fails alone: those around it are parsed by another thread', async () => {
  await using parser = open({ timeLimitMs: 300 });
  const outcomes = await Promise.all([mails.plain, slow, mails.alternative].map((raw) => parser.parse(raw)));
  expect(outcomes.map(snippet)).toEqual([
    'Hello Bob, your code is 123456. https://example.test/a?b=1.',
    'failure: parsing took longer than 0.3 s',
    'as HTML',
  ]);
});

test('text and HTML that take too long are an error with the reason', async () => {
  await using parser = open({ timeLimitMs: 200 });
  await expect(parser.bodies(slow)).rejects.toThrow(new UnparsableMessageError('parsing took longer than 0.2 s'));
});

test('an unparsable message is a failure with a plain reason', async () => {
  await using parser = open();
  expect(await parser.parse(mails.nested(1_100))).toEqual({ failure: 'parts are nested more than 1000 deep' });
});

test('after a while without work the thread leaves, and comes back with the next message', async () => {
  const timers: (() => void)[] = [];
  await using parser = openMessageParser({
    timeLimitMs: 20_000,
    idleMs: 1,
    log: silentLog,
    clock: {
      nowMs: () => 0,
      setTimer: (delayMs, callback) => {
        if (delayMs === 1) timers.push(callback);
        return { [Symbol.dispose]: () => {} };
      },
    },
  });
  expect(snippet(await parser.parse(mails.alternative))).toBe('as HTML');
  expect(timers).toHaveLength(1);
  timers[0]?.();
  expect(snippet(await parser.parse(mails.plain))).toContain('Hello Bob');
});

test('a closed parser parses nothing: waiting calls are told', async () => {
  const parser = open();
  const waiting = parser.parse(mails.plain);
  const told = expect(waiting).rejects.toThrow('the message parser is closed');
  await parser[Symbol.asyncDispose]();
  await parser[Symbol.asyncDispose]();
  await told;
  await expect(parser.parse(mails.plain)).rejects.toThrow('the message parser is closed');
});
