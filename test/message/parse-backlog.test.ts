import { expect, test } from 'vitest';
import type { Clock } from '../../src/clock.ts';
import { silentLog } from '../../src/log.ts';
import type { Backlog } from '../../src/backlog.ts';
import { openParseBacklog, type ParseSource } from '../../src/message/parse-backlog.ts';
import type { ParseOutcome } from '../../src/message/parsed.ts';

/** A clock that stands still until it is moved. */
function standingClock(): Clock & { advance(ms: number): Promise<void> } {
  let nowMs = 1_000_000;
  const timers = new Set<{ readonly dueMs: number; readonly callback: () => void }>();
  return {
    nowMs: () => nowMs,
    setTimer(delayMs, callback) {
      const timer = { dueMs: nowMs + delayMs, callback };
      timers.add(timer);
      return { [Symbol.dispose]: () => void timers.delete(timer) };
    },
    async advance(ms) {
      nowMs += ms;
      for (const timer of timers) {
        if (timer.dueMs > nowMs) continue;
        timers.delete(timer);
        timer.callback();
      }
      await settled();
    },
  };
}

/** All that can happen without the clock has happened. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 200; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** Messages in memory; what is done to them is written down. */
class Shelf implements ParseSource<string> {
  readonly messages = new Map<string, string>();
  readonly parsed: string[] = [];
  readonly versions = new Map<string, number>();
  failNext = 0;

  keep(...ids: readonly string[]): void {
    for (const id of ids) this.messages.set(id, `Subject: ${id}\r\n\r\n`);
  }
  async unparsed(version: number, limit: number): Promise<readonly string[]> {
    if (this.failNext > 0) {
      this.failNext -= 1;
      throw new Error('the disk is busy');
    }
    return [...this.messages.keys()].filter((id) => this.versions.get(id) !== version).slice(0, limit);
  }
  async readRaw(id: string): Promise<Uint8Array | undefined> {
    const message = this.messages.get(id);
    return message === undefined ? undefined : Buffer.from(message);
  }
  async setParsed(id: string, version: number, outcome: ParseOutcome): Promise<void> {
    this.versions.set(id, version);
    this.parsed.push('failure' in outcome ? `${id}: ${outcome.failure}` : id);
  }
}

function open(shelf: Shelf, clock: Clock, parse?: (raw: Uint8Array) => Promise<ParseOutcome>): Backlog {
  const failure = 'not parsed in this test';
  return openParseBacklog({
    source: shelf,
    clock,
    log: silentLog,
    parser: { parse: parse ?? (async () => ({ failure })) },
  });
}

const ids = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `m${index}`);

test('what an earlier run left is parsed at the start, oldest first', async () => {
  const shelf = new Shelf();
  shelf.keep(...ids(1_000));
  await using backlog = open(shelf, standingClock());
  await backlog.idle();
  expect(shelf.parsed).toEqual(ids(1_000).map((id) => `${id}: not parsed in this test`));
});

test('what an older parser parsed is parsed again', async () => {
  const shelf = new Shelf();
  shelf.keep('a');
  shelf.versions.set('a', 0);
  await using backlog = open(shelf, standingClock());
  await backlog.idle();
  expect(shelf.parsed).toHaveLength(1);
});

test('a single message into silence is parsed at once, but not within the turn that announces it', async () => {
  const shelf = new Shelf();
  await using backlog = open(shelf, standingClock());
  await backlog.idle();
  shelf.keep('a');
  backlog.wake();
  await Promise.resolve();
  expect(shelf.parsed).toHaveLength(0);
  await backlog.idle();
  expect(shelf.parsed).toHaveLength(1);
});

test('while mail keeps coming only eight are parsed in 250 ms; when it stops, all', async () => {
  const shelf = new Shelf();
  const clock = standingClock();
  await using backlog = open(shelf, clock);
  await backlog.idle();
  const keepComing = async (durationMs: number): Promise<void> => {
    for (let ms = 0; ms < durationMs; ms += 10) {
      shelf.keep(`m${shelf.messages.size}`);
      backlog.wake();
      await clock.advance(10);
    }
  };
  await keepComing(100);
  const first = shelf.parsed.length;
  expect(first).toBeLessThanOrEqual(8);
  await keepComing(1_000);
  expect(shelf.parsed.length).toBeGreaterThan(first);
  expect(shelf.parsed.length).toBeLessThanOrEqual(8 * 5);
  await clock.advance(20);
  await backlog.idle();
  expect(shelf.parsed).toHaveLength(shelf.messages.size);
});

test('a store that fails for a while is asked again', async () => {
  const shelf = new Shelf();
  const clock = standingClock();
  shelf.keep('a');
  shelf.failNext = 2;
  await using backlog = open(shelf, clock);
  await settled();
  await clock.advance(1_000);
  expect(shelf.parsed).toHaveLength(0);
  await clock.advance(1_000);
  await backlog.idle();
  expect(shelf.parsed).toHaveLength(1);
});

test('a message that can’t be parsed for now keeps no other from it, and is tried again', async () => {
  const shelf = new Shelf();
  const clock = standingClock();
  shelf.keep('a', 'b', 'c');
  let failures = 0;
  await using backlog = open(shelf, clock, async (raw) => {
    if (!Buffer.from(raw).includes('Subject: b') || failures === 2) return { failure: 'seen' };
    failures += 1;
    throw new Error('the parser could not be started');
  });
  await settled();
  expect(shelf.parsed).toEqual(['a: seen', 'c: seen']);
  await clock.advance(1_000);
  await backlog.idle();
  expect(shelf.parsed).toEqual(['a: seen', 'c: seen', 'b: seen']);
});

test('a message that is deleted meanwhile is left out', async () => {
  const shelf = new Shelf();
  shelf.keep('a', 'b');
  const readRaw = shelf.readRaw.bind(shelf);
  shelf.readRaw = async (id) => {
    if (id === 'a') shelf.messages.delete('a');
    return readRaw(id);
  };
  await using backlog = open(shelf, standingClock());
  await backlog.idle();
  expect(shelf.parsed).toEqual(['b: not parsed in this test']);
});

test('closing ends the round in hand, whatever it waits for', async () => {
  const shelf = new Shelf();
  shelf.failNext = Infinity;
  const backlog = open(shelf, standingClock());
  await settled();
  const idle = backlog.idle();
  await backlog[Symbol.asyncDispose]();
  await backlog[Symbol.asyncDispose]();
  await expect(idle).resolves.toBeUndefined();
});
