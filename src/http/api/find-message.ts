import { addAbortListener, once } from 'node:events';
import { Type, type Static } from 'typebox';
import type { Change } from '../../store/changes.ts';
import { parseQuery } from '../../store/query-language.ts';
import { parseQueueId, type QueueId } from '../../store/queue-id.ts';
import type { Query } from '../../store/query.ts';
import type { MessageRecord, Selection } from '../../store/store.ts';
import type { Ports } from './ports.ts';
import { RequestError } from './request-error.ts';

/** How much longer than the parser may take is waited for it. */
const PARSE_MARGIN_MS = 2_000;
/** How long a verdict is waited for: it takes less than a millisecond, but for what has to be asked outside. */
const VERDICT_LIMIT_MS = 5_000;

/** The query of `latest`: the newest message that matches. */
export const LatestQuery = Type.Object({
  query: Type.Optional(Type.String({ description: 'With the ID `latest`: the newest message that this search finds' })),
  tz: Type.Optional(Type.String({ description: 'Time zone of the dates in the search' })),
});
export type LatestQuery = Static<typeof LatestQuery>;

/** Parses a search; its dates are in `timeZone`, else in the server's. */
export function parseSearch(text: string, timeZone: string | undefined, { clock }: Ports): Query {
  return parseQuery(text, { nowMs: clock.nowMs(), ...(timeZone !== undefined && { timeZone }) });
}

/**
 * The messages that a search finds, to be changed or deleted.
 * @throws {RequestError} 400, when no term of it can be read: the search would find every message
 */
export function selectFound(text: string, timeZone: string | undefined, ports: Ports): Selection {
  const query = parseSearch(text, timeZone, ports);
  if (query.kind === 'and' && query.terms.length === 0) {
    throw new RequestError(400, `Error: no term of the search can be read: ${text}`);
  }
  return { query };
}

/** The newest message, of those that `query` finds if it is given. */
export async function findLatest(ports: Ports, { query = '', tz }: LatestQuery): Promise<QueueId | undefined> {
  const text = query.trim();
  const options = text === '' ? {} : { query: parseSearch(text, tz, ports) };
  const [latest] = await ports.store.list({ ...options, limit: 1 });
  return latest?.id;
}

/**
 * The message that `id` names: a queue ID, or `latest`.
 * @throws {RequestError} 404, when there is none
 */
export async function getMessage(ports: Ports, id: string, query: LatestQuery): Promise<MessageRecord> {
  const queueId = id === 'latest' ? await findLatest(ports, query) : parseQueueId(id);
  const record = queueId === undefined ? undefined : await ports.store.get(queueId);
  if (record === undefined) throw new RequestError(404, id === 'latest' ? 'Message not found' : '404 page not found');
  return record;
}

/**
 * As {@link getMessage}, but waits until the message is parsed: at most as long as the parser may take.
 * @returns with `parse.state` still `pending` if that wasn't enough
 */
export async function getParsedMessage(ports: Ports, id: string, query: LatestQuery): Promise<MessageRecord> {
  const timeLimitMs = ports.settings.current().get('catch_parse_time_limit') + PARSE_MARGIN_MS;
  return await getWhen(ports, await getMessage(ports, id, query), {
    isReady: ({ parse }) => parse.state !== 'pending',
    isTold: (change, queueId) => change.type === 'parsed' && change.message.id === queueId,
    timeLimitMs,
  });
}

/** As {@link getMessage}, but waits some seconds until there is a verdict. @returns without one if that wasn't enough */
export async function getJudgedMessage(ports: Ports, id: string, query: LatestQuery): Promise<MessageRecord> {
  return await getWhen(ports, await getMessage(ports, id, query), {
    isReady: ({ verdict }) => verdict !== undefined,
    isTold: (change, queueId) => change.type === 'verdict' && change.id === queueId,
    timeLimitMs: VERDICT_LIMIT_MS,
  });
}

interface Awaited {
  readonly isReady: (record: MessageRecord) => boolean;
  /** Whether a change says that the message is ready. */
  readonly isTold: (change: Change, id: QueueId) => boolean;
  readonly timeLimitMs: number;
}

async function getWhen(ports: Ports, record: MessageRecord, awaited: Awaited): Promise<MessageRecord> {
  if (awaited.isReady(record)) return record;
  await untilReady(record.id, awaited, ports);
  return await getMessage(ports, record.id, {});
}

/** Resolves when the message is ready, or gone, or the time is up, or the server stops. */
async function untilReady(id: QueueId, awaited: Awaited, { store, hub, clock, closing }: Ports): Promise<void> {
  const over = new AbortController();
  using _timer = clock.setTimer(awaited.timeLimitMs, () => over.abort());
  using _closing = addAbortListener(closing, () => over.abort());
  using _listener = hub.subscribe((change) => {
    if (awaited.isTold(change, id) || mayBeGone(change, id)) over.abort();
  });
  // It may be ready since it was read: only from here on is every change heard.
  const now = await store.get(id);
  if (now && !awaited.isReady(now) && !over.signal.aborted) await once(over.signal, 'abort');
}

function mayBeGone(change: Change, id: QueueId): boolean {
  switch (change.type) {
    case 'delete':
      return change.ids.includes(id);
    case 'prune':
    case 'truncate':
      return true;
    case 'new':
    case 'parsed':
    case 'update':
    case 'verdict':
      return false;
  }
}
