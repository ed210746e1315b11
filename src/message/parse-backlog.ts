import type { Backlog, RoundOptions, RoundResult } from '../backlog.ts';
import { openBacklog } from '../backlog.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { PARSER_VERSION, type ParseOutcome } from './parsed.ts';

/** Where messages that are to be parsed are: what of a store parsing needs. */
export interface ParseSource<Id extends string> {
  /** The oldest `limit` messages that parser `version` hasn't parsed. */
  unparsed(version: number, limit: number): Promise<readonly Id[]>;
  /** Undefined: it is gone. */
  readRaw(id: Id): Promise<Uint8Array | undefined>;
  setParsed(id: Id, version: number, outcome: ParseOutcome): Promise<void>;
}

/** What messages are parsed with. */
export interface ParseBacklogOptions<Id extends string> {
  readonly source: ParseSource<Id>;
  readonly parser: { parse(raw: Uint8Array): Promise<ParseOutcome> };
  readonly clock: Clock;
  readonly log: Log;
}

const BATCH = 32;
/** A batch is full with so much, too: messages wait in memory for the parser. */
const BATCH_BYTES = 8 * 1024 * 1024;
/** So many are read at once: each on its own would wait for whatever else the store is being asked. */
const READ_AT_ONCE = 8;

/** Parses what was kept; it begins with what an earlier run, or an older parser, left. */
export function openParseBacklog<Id extends string>(options: ParseBacklogOptions<Id>): Backlog {
  return openBacklog({ clock: options.clock, round: (round) => parseRound(options, round) });
}

interface Unparsed<Id> {
  readonly id: Id;
  readonly raw: Uint8Array;
}

async function parseRound<Id extends string>(
  options: ParseBacklogOptions<Id>,
  { limit, shouldEnd }: RoundOptions,
): Promise<RoundResult> {
  const { source, log } = options;
  const round = { left: [] as Id[], done: 0 };
  try {
    round.left.push(...(await source.unparsed(PARSER_VERSION, limit)));
  } catch (error) {
    log.warn({ err: error }, 'the messages to be parsed could not be listed: trying again');
    return { listed: undefined, done: 0 };
  }
  const listed = round.left.length;
  let batch = await readBatch(options, round);
  while (batch.length > 0) {
    // The next batch is read while this one is parsed; a long round ends when mail begins to pour in.
    const goesOn = !shouldEnd();
    const [kept, next] = await Promise.all([
      Promise.all(batch.map((message) => parse(options, message))),
      goesOn ? readBatch(options, round) : [],
    ]);
    round.done += kept.filter(Boolean).length;
    batch = next;
  }
  return { listed, done: round.done };
}

/** Takes IDs from the front of those left and reads their messages, until the batch is full. */
async function readBatch<Id extends string>(
  options: ParseBacklogOptions<Id>,
  round: { readonly left: Id[]; done: number },
): Promise<readonly Unparsed<Id>[]> {
  const batch: Unparsed<Id>[] = [];
  let bytes = 0;
  while (batch.length < BATCH && bytes < BATCH_BYTES && round.left.length > 0) {
    const found = await Promise.all(round.left.splice(0, READ_AT_ONCE).map((id) => read(options, id)));
    for (const one of found) {
      if (one === 'gone') round.done += 1;
      else if (one !== undefined) batch.push(one);
      bytes += typeof one === 'object' ? one.raw.byteLength : 0;
    }
  }
  return batch;
}

/** @returns undefined if it couldn't be read this time */
async function read<Id extends string>(
  { source, log }: ParseBacklogOptions<Id>,
  id: Id,
): Promise<Unparsed<Id> | 'gone' | undefined> {
  try {
    const raw = await source.readRaw(id);
    return raw ? { id, raw } : 'gone';
  } catch (error) {
    log.warn({ queueId: id, err: error }, 'a message could not be read to be parsed: trying again');
    return undefined;
  }
}

/** @returns whether the outcome was kept */
async function parse<Id extends string>(
  { source, parser, log }: ParseBacklogOptions<Id>,
  { id, raw }: Unparsed<Id>,
): Promise<boolean> {
  try {
    const outcome = await parser.parse(raw);
    if ('failure' in outcome) log.info({ queueId: id, reason: outcome.failure }, 'a message has no preview');
    await source.setParsed(id, PARSER_VERSION, outcome);
    return true;
  } catch (error) {
    log.warn({ queueId: id, err: error }, 'a message could not be parsed: trying again');
    return false;
  }
}
