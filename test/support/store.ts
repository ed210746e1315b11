import type { Clock } from '../../src/clock.ts';
import { PARSER_VERSION, type ParsedMessage, type ParseOutcome } from '../../src/message/parsed.ts';
import { summarise } from '../../src/message/summary.ts';
import type { Change } from '../../src/store/changes.ts';
import type { NewDelivery, Verdict } from '../../src/store/delivery.ts';
import type { NewMessage, Store, StoredMessage } from '../../src/store/store.ts';
import { shortJourney } from './journeys.ts';

/** What a test says of a message; the rest is filled in. */
export interface MailFields extends Partial<Omit<NewMessage, 'id' | 'raw' | 'envelope'>> {
  readonly from?: string;
  readonly to?: readonly string[];
  readonly subject?: string;
  /** Header fields beside From, To and Subject. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly raw?: Uint8Array;
}

/** A message for {@link Store.put}, with an ID of that store. Its header says what its envelope says. */
export function newMessage(store: Store, fields: MailFields = {}): NewMessage {
  const {
    from = 'ada@example.com',
    to = ['bob@example.com'],
    subject = 'hello',
    headers,
    body = 'hi',
    ...rest
  } = fields;
  const text = Object.entries({ From: from, To: to.join(', '), Subject: subject, ...headers })
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');
  return {
    id: store.newQueueId(),
    envelope: {
      reversePath: from,
      recipients: to.map((address) => ({ address, reply: '250 2.1.5 Ok' })),
      smtputf8: false,
    },
    raw: Buffer.from(`${text}\r\n${body}\r\n`),
    username: '',
    receivedAtMs: 1_700_000_000_000,
    inbox: '',
    origin: 'smtp',
    ...rest,
  };
}

/** Puts a message. */
export function put(store: Store, fields: MailFields = {}): Promise<StoredMessage> {
  return store.put(newMessage(store, fields));
}

/** Puts messages one after the other; their order is the order of `all`. */
export async function putEach(store: Store, all: readonly MailFields[]): Promise<readonly StoredMessage[]> {
  const stored: StoredMessage[] = [];
  for (const fields of all) stored.push(await put(store, fields));
  return stored;
}

/** What a parser could have found in a message. */
export function parseOutcome(
  raw: Uint8Array,
  found: { readonly searchText?: string; readonly fileNames?: readonly string[]; readonly attachmentCount?: number },
): ParseOutcome {
  const { searchText = '', fileNames = [], attachmentCount = 0 } = found;
  const parsed: ParsedMessage = {
    summary: summarise(raw),
    snippet: searchText.slice(0, 50),
    root: {
      partId: '0',
      contentType: 'text/plain',
      encoding: '7bit',
      headerStart: 0,
      bodyStart: 0,
      bodyEnd: raw.byteLength,
      sizeBytes: raw.byteLength,
      children: [],
    },
    attachmentCount,
    inlineCount: 0,
    hasHtml: false,
    hasText: true,
    links: [],
    codes: [],
    listUnsubscribe: { header: '', links: [], errors: '', headerPost: '' },
    findings: [],
    checks: [],
    fieldCount: 0,
  };
  return { parsed, searchText, fileNames };
}

/** Puts a message and writes down what the parser found. */
export async function putParsed(
  store: Store,
  fields: MailFields,
  found: Parameters<typeof parseOutcome>[1],
): Promise<StoredMessage> {
  const message = newMessage(store, fields);
  const outcome = parseOutcome(message.raw, found);
  const stored = await store.put(message);
  await store.setParsed(stored.id, PARSER_VERSION, outcome);
  return stored;
}

/** A verdict of one delivery. */
export function verdict(delivery: Partial<NewDelivery> = {}): Verdict {
  return {
    journey: shortJourney(),
    queued: [],
    deliveries: [
      {
        recipient: 0,
        address: 'bob@example.com',
        transport: 'smtp',
        nexthop: 'example.com',
        status: 'sent',
        dsn: '2.0.0',
        text: 'delivered',
        node: 0,
        state: 'none',
        ...delivery,
      },
    ],
  };
}

/** The next `count` changes after `since`. */
export async function takeChanges(store: Store, since: Change['seq'] | undefined, count: number): Promise<Change[]> {
  const stop = new AbortController();
  const taken: Change[] = [];
  for await (const change of store.changes(since, { signal: stop.signal })) {
    taken.push(change);
    if (taken.length === count) stop.abort();
  }
  return taken;
}

/** A clock that stands at `nowMs` until it is set; its timers don't fire. */
export interface StandingClock extends Clock {
  set(nowMs: number): void;
}

/** Opens a clock that stands. */
export function standingClock(startMs: number): StandingClock {
  let now = startMs;
  return {
    nowMs: () => now,
    setTimer: () => ({ [Symbol.dispose]: () => {} }),
    set: (nowMs) => {
      now = nowMs;
    },
  };
}
