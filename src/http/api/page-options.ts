import { Type, type Static } from 'typebox';
import { parseLocalTime } from '../../store/local-time.ts';
import type { Query } from '../../store/query.ts';
import type { ListOptions, Store, StoredMessage } from '../../store/store.ts';
import type { MessagesSummary } from './schemas/message.ts';
import { toSummary } from './wire.ts';

const DEFAULT_LIMIT = 50;
/** What the store gives at once. */
const STORE_LIMIT = 1000;

/** The query of a list. Text, since what isn't a number counts as absent. */
export const PageQuery = Type.Object({
  start: Type.Optional(Type.String({ description: 'Skip so many. Default 0' })),
  limit: Type.Optional(Type.String({ description: 'At most so many. Default 50; 0: all in a list, none in a search' })),
  before: Type.Optional(Type.String({ description: 'Only messages received before this date' })),
  tz: Type.Optional(Type.String({ description: 'Time zone of dates without one. Default: that of the server' })),
});
export type PageQuery = Static<typeof PageQuery>;

/** Which page is asked for. */
export interface Page {
  readonly start: number;
  readonly limit: number;
  readonly receivedBeforeMs?: number;
}

/** Reads `start`, `limit` and `before` as Mailpit does: what can't be read counts as absent. */
export function parsePage({ start, limit, before = '', tz }: PageQuery, nowMs: number): Page {
  const beforeMs = parseLocalTime(before, { nowMs, ...(tz !== undefined && { timeZone: tz }) });
  return {
    start: parseWholeNumber(start) ?? 0,
    limit: parseWholeNumber(limit) ?? DEFAULT_LIMIT,
    ...(beforeMs !== undefined && { receivedBeforeMs: beforeMs }),
  };
}

/** The messages of a page, newest first, however many. */
export async function listPage(store: Store, page: Page, options: ListOptions = {}): Promise<readonly StoredMessage[]> {
  const messages: StoredMessage[] = [];
  while (messages.length < page.limit) {
    const limit = Math.min(page.limit - messages.length, STORE_LIMIT);
    const last = messages.at(-1);
    const found = await store.list({
      ...options,
      ...(page.receivedBeforeMs !== undefined && { receivedBeforeMs: page.receivedBeforeMs }),
      ...(last ? { before: last.seq } : { offset: page.start }),
      limit,
    });
    messages.push(...found);
    if (found.length < limit) break;
  }
  return messages;
}

/** What a search answers. @param list gives the messages of the page, which begins after `start` */
export async function summariseSearch(
  store: Store,
  { query, start }: { readonly query: Query; readonly start: number },
  list: () => Promise<readonly StoredMessage[]>,
): Promise<MessagesSummary> {
  // Before the counts: whoever follows from here on misses nothing.
  const Seq = store.head();
  const [{ total, unread }, matching, tags, messages] = await Promise.all([
    store.counts(),
    store.counts({ query }),
    store.tags(),
    list(),
  ]);
  return {
    total,
    unread,
    count: messages.length,
    messages_count: matching.total,
    messages_unread: matching.unread,
    start,
    tags: tags.map(({ tag }) => tag),
    messages: messages.map(toSummary),
    Seq,
  };
}

/** A number without a fraction, of at most 15 digits. */
export function parseWholeNumber(text: string | undefined): number | undefined {
  return /^\+?\d{1,15}$/.test(text ?? '') ? Number(text) : undefined;
}
