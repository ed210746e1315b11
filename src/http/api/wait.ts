import { once } from 'node:events';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type, type Static } from 'typebox';
import type { Change } from '../../store/changes.ts';
import { describeQuery } from '../../store/describe-query.ts';
import type { Query } from '../../store/query.ts';
import type { CommitNumber, StoredMessage } from '../../store/store.ts';
import { parseSearch } from './find-message.ts';
import { findNearMisses } from './near-misses.ts';
import { parseWholeNumber, summariseSearch } from './page-options.ts';
import type { Ports } from './ports.ts';
import { RequestError } from './request-error.ts';
import { MessagesSummary } from './schemas/message.ts';
import { BadRequest, textReply } from './schemas/reply.ts';
import { WaitTimeout, type NearMiss } from './schemas/wait.ts';

const DEFAULT_TIMEOUT_MS = 5_000;
const MAX_TIMEOUT_MS = 10 * 60_000;
const MAX_COUNT = 900;
/** So many of the newest may be waiting for the parser, while others that match are there. */
const MAY_BE_PENDING = 100;
/** So many may wait at once: each searches when something changes. */
const MAX_WAITERS = 100;
const UNITS_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000 };

const WaitQuery = Type.Object({
  query: Type.Optional(Type.String({ description: 'A search. Without it, any message' })),
  count: Type.Optional(Type.String({ description: 'So many must match: 1–900. Default 1' })),
  timeout: Type.Optional(
    Type.String({ description: 'Milliseconds, or with a unit: `500ms`, `10s`, `2m`; at most 10 minutes. Default 5 s' }),
  ),
  since: Type.Optional(Type.String({ description: 'Only messages kept after this `Seq`' })),
  tz: Type.Optional(Type.String({ description: 'Time zone of the dates in the search' })),
});

/** What is waited for. */
interface Wanted {
  readonly query: Query;
  readonly count: number;
  readonly timeoutMs: number;
  readonly since: CommitNumber | undefined;
}

/** `/wait`: answers once messages match. Nothing is polled: whoever waits is told of changes, and looks again. */
export const waitRoutes: FastifyPluginAsyncTypebox<Ports> = async (app, ports) => {
  const { store } = ports;
  let waiters = 0;
  const schema = {
    operationId: 'waitForMessages',
    summary: 'Wait until messages match a search, parsed; answers at once if they do already',
    querystring: WaitQuery,
    response: {
      200: MessagesSummary,
      400: BadRequest,
      408: WaitTimeout,
      503: textReply('Too many wait already, or the server stops'),
    },
  };
  app.get('/wait', { schema }, async (request, reply) => {
    const wanted = parseWanted(request.query, ports);
    if (waiters >= MAX_WAITERS) throw new RequestError(503, `Already ${MAX_WAITERS} requests wait: that is the limit.`);
    waiters += 1;
    try {
      const found = await waitFor(wanted, request.signal, ports);
      if (found !== undefined) {
        return await summariseSearch(store, { query: wanted.query, start: 0 }, async () => found);
      }
      // For a client that is gone, too, nothing more is looked for.
      if (ports.closing.aborted || request.signal.aborted) throw new RequestError(503, 'The server stops.');
      return await reply.code(408).send(await toTimeout(wanted));
    } finally {
      waiters -= 1;
    }
  });

  async function toTimeout(wanted: Wanted): Promise<WaitTimeout> {
    const { query, since, count, timeoutMs } = wanted;
    const matched = (await findParsed(wanted, ports)).length;
    const nearest = await findNearMisses(store, query, since);
    const what = describeQuery(query);
    const found = count === 1 ? 'no message' : `${matched} of ${count} messages`;
    const message = `${found} within ${timeoutMs} ms${what === '' ? '' : `: ${what}`}${describeMisses(nearest)}`;
    return { statusCode: 408, error: 'Request Timeout', message, matched, nearest };
  }
};

/** @returns undefined when the time is up, the client is gone, or the server stops */
async function waitFor(wanted: Wanted, gone: AbortSignal, ports: Ports): Promise<readonly StoredMessage[] | undefined> {
  const { hub, clock, closing } = ports;
  const timeUp = new AbortController();
  using _timer = clock.setTimer(wanted.timeoutMs, () => timeUp.abort());
  const over = AbortSignal.any([timeUp.signal, gone, closing]);
  let changed = new AbortController();
  using _listener = hub.subscribe((change) => {
    if (mayMatch(change)) changed.abort();
  });
  do {
    // Set up before the search: what changes while it runs makes it run again.
    changed = new AbortController();
    const found = await findParsed(wanted, ports);
    if (found.length >= wanted.count) return found;
    await untilAborted(AbortSignal.any([over, changed.signal]));
  } while (!over.aborted);
  return undefined;
}

async function untilAborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}

/** The newest messages that match, parsed, as many as are wanted. */
async function findParsed({ query, count, since }: Wanted, { store }: Ports): Promise<readonly StoredMessage[]> {
  const found = await store.list({ query, limit: count + MAY_BE_PENDING });
  return found
    .filter(({ seq, parse }) => parse.state !== 'pending' && (since === undefined || seq > since))
    .slice(0, count);
}

/** Whether more messages may match after a change. */
function mayMatch({ type }: Change): boolean {
  return type === 'parsed' || type === 'update' || type === 'verdict' || type === 'prune';
}

function describeMisses(nearest: readonly NearMiss[]): string {
  if (nearest.length === 0) return '; nothing else came';
  const lines = nearest.map(({ From, To, Subject, Lacks }) => {
    const more = To.length > 3 ? ` and ${To.length - 3} more` : '';
    return `\n  from <${From}> to ${To.slice(0, 3).join(', ')}${more}, subject ${JSON.stringify(Subject)}: not ${Lacks.join(' ')}`;
  });
  return `; nearest were:${lines.join('')}`;
}

/** @throws {RequestError} 400, when something can't be read: a wait for the wrong thing would only time out */
function parseWanted({ query = '', tz, ...numbers }: Static<typeof WaitQuery>, ports: Ports): Wanted {
  const count = Number(numbers.count ?? '1');
  if (!Number.isInteger(count) || count < 1 || count > MAX_COUNT) {
    throw new RequestError(400, `count is a whole number from 1 to ${MAX_COUNT}, not "${numbers.count ?? ''}".`);
  }
  const since = parseWholeNumber(numbers.since);
  if (numbers.since !== undefined && since === undefined) {
    throw new RequestError(400, `since is the Seq of a list or an event, not "${numbers.since}".`);
  }
  return {
    query: parseSearch(query, tz, ports),
    count,
    timeoutMs: parseTimeout(numbers.timeout),
    since: since as CommitNumber | undefined,
  };
}

function parseTimeout(text: string | undefined): number {
  if (text === undefined) return DEFAULT_TIMEOUT_MS;
  const { number, unit = 'ms' } = /^(?<number>\d{1,9}(?:\.\d{1,3})?)(?<unit>ms|s|m)?$/.exec(text)?.groups ?? {};
  const timeoutMs = Number(number) * (UNITS_MS[unit] ?? 1);
  if (Number.isNaN(timeoutMs) || timeoutMs > MAX_TIMEOUT_MS) {
    throw new RequestError(400, `timeout is milliseconds, or like "10s", at most 10 minutes; not "${text}".`);
  }
  return timeoutMs;
}
