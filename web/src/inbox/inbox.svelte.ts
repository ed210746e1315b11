import type { ChangeFrame } from '../../../src/http/api/schemas/event.ts';
import type { MessageSummary } from '../../../src/http/api/schemas/message.ts';
import type { Api } from '../api/client.ts';
import type { Deletion } from './deletion.svelte.ts';
import { askFirstPage, type FirstPage } from './first-page.ts';
import { createPageLoader } from './page-loader.ts';
import { applyFrames, beginList, EMPTY_LIST, placePage, type Row, type SparseList } from './sparse-list.ts';

/** The list of messages, whole or as a search found it, kept up with the server. */
export interface Inbox {
  readonly state: 'loading' | 'ready' | 'failed';
  /** Why it could not be loaded. */
  readonly error: string;
  /** What is searched for; empty: everything is shown. */
  readonly query: string;
  /** Newest first, without those that are being deleted. Undefined: not loaded yet. */
  readonly rows: readonly Row[];
  /** Messages of the inbox, whatever is searched for. */
  readonly total: number;
  readonly unread: number;
  /** The last change that is in the list. */
  readonly seq: number;
  /** Shows what `query` finds. */
  search(query: string): void;
  /** Rows `start` … `end` (exclusive) are in sight: loads what is missing. */
  ensure(start: number, end: number): void;
  /**
   * Loads what is missing of rows `start` … `end` (exclusive).
   * @returns those rows; fewer if the list has changed so much meanwhile
   */
  loadRows(start: number, end: number): Promise<readonly MessageSummary[]>;
  /** Loads it afresh. */
  reload(): void;
  apply(frames: readonly ChangeFrame[]): void;
  /** Shows a message as read or not before the server says so. */
  markRead(id: string, read: boolean): void;
}

/** When many are wanted at once. */
const LARGE_PAGE = 1000;
const RETRY_MS = 2000;
const CHECK_AFTER_MS = 1000;
/** A filtered list is asked for again at most so often. */
const RELOAD_EVERY_MS = 500;

/**
 * @param options.first was asked for before the page was drawn
 * @param options.onReady the first page is there: from now on changes can be followed
 */
export function createInbox(options: {
  readonly api: Api;
  readonly first: FirstPage;
  readonly deletion: Deletion;
  readonly onReady: () => void;
}): Inbox {
  const { api, deletion } = options;
  let list = $state.raw<SparseList>(EMPTY_LIST);
  let state = $state<Inbox['state']>('loading');
  let error = $state('');
  let query = $state(options.first.query);
  let counts = $state.raw({ total: 0, unread: 0 });
  /** Where the rows that are shown stand in the list; undefined: as they are. */
  const places = $derived(
    deletion.isIdle ? undefined : list.rows.flatMap((row, place) => (deletion.hides(row, query) ? [] : [place])),
  );
  const rows = $derived(places === undefined ? list.rows : places.map((place) => list.rows[place]));
  const placeOf = (index: number): number => (places === undefined ? index : (places[index] ?? list.rows.length));

  /** Set while the first page is on its way: what comes meanwhile is applied on top of it. */
  let loading: AbortController | undefined;
  let held: ChangeFrame[] = [];
  let checkTimer: ReturnType<typeof setTimeout> | undefined;
  let loadTimer: ReturnType<typeof setTimeout> | undefined;
  let loadedAt = 0;
  const pages = createPageLoader({
    load: (start, limit, signal) => api.list({ query, start, limit, signal }),
    place(page) {
      const placed = placePage(list, page);
      if (placed) list = placed;
      return placed !== undefined;
    },
    isMissing: (index) => index < list.rows.length && list.rows[index] === undefined,
  });

  async function load(first?: FirstPage): Promise<void> {
    clearTimeout(loadTimer);
    loadTimer = undefined;
    loading?.abort();
    pages.cancel();
    const mine = new AbortController();
    loading = mine;
    try {
      const page = await (first ?? askFirstPage(api, query, mine.signal)).page;
      if (mine.signal.aborted) return;
      loadedAt = performance.now();
      loading = undefined;
      deletion.settle();
      counts = { total: page.total, unread: page.unread };
      const late = held;
      held = [];
      list = beginList(page);
      state = 'ready';
      error = '';
      if (late.length > 0) apply(late);
      options.onReady();
    } catch (cause) {
      if (mine.signal.aborted) return;
      loading = undefined;
      error = cause instanceof Error ? cause.message : String(cause);
      // What was loaded before stays readable.
      if (state !== 'ready') state = 'failed';
      loadTimer = setTimeout(() => void load(), RETRY_MS);
    }
  }

  function reloadSoon(): void {
    loadTimer ??= setTimeout(() => void load(), Math.max(0, loadedAt + RELOAD_EVERY_MS - performance.now()));
  }

  /** Should something have been missed after all (a connection cut in the midst of a change), it is mended. */
  function checkLength(total: number): void {
    clearTimeout(checkTimer);
    if (total === list.rows.length) return;
    checkTimer = setTimeout(() => {
      if (query === '' && total !== list.rows.length) reloadSoon();
    }, CHECK_AFTER_MS);
  }

  function apply(frames: readonly ChangeFrame[]): void {
    const stats = frames.findLast((frame) => frame.Type === 'stats');
    if (stats) {
      counts = { total: stats.Data.Total, unread: stats.Data.Unread };
      // The server counts from the start again: it has another store now.
      if (!loading && stats.Seq < list.seq) reloadSoon();
    }
    if (loading) {
      held.push(...frames);
      return;
    }
    const changes = frames.filter((frame) => frame.Type !== 'stats');
    if (changes.length > 0) list = applyFrames(list, changes, { isFiltered: query !== '' });
    if (list.isStale) reloadSoon();
    else if (stats && query === '') checkLength(stats.Data.Total);
  }

  void load(options.first);

  return {
    get state() {
      return state;
    },
    get error() {
      return error;
    },
    get query() {
      return query;
    },
    get rows() {
      return rows;
    },
    get total() {
      return Math.max(0, counts.total - deletion.hidden);
    },
    get unread() {
      return counts.unread;
    },
    get seq() {
      return list.seq;
    },
    search(next) {
      if (next === query) return;
      query = next;
      list = { ...EMPTY_LIST, seq: list.seq, wholeAt: list.seq };
      state = 'loading';
      void load();
    },
    ensure(start, end) {
      pages.ensure(placeOf(start), end > start ? placeOf(end - 1) + 1 : placeOf(start));
    },
    async loadRows(start, end) {
      const asked = query;
      // Once more than it takes if nothing moves.
      for (let left = Math.ceil((end - start) / LARGE_PAGE) + 2; left > 0 && query === asked; left -= 1) {
        const missing = rows.slice(start, end).findIndex((row) => row === undefined);
        if (missing < 0) break;
        const page = await api.list({ query, start: placeOf(start + missing), limit: LARGE_PAGE });
        if (query === asked) list = placePage(list, page) ?? list;
      }
      return query === asked ? rows.slice(start, end).filter((row) => row !== undefined) : [];
    },
    reload: () => void load(),
    apply,
    markRead(id, read) {
      const at = list.rows.findIndex((row) => row?.ID === id);
      const row = list.rows[at];
      if (!row || row.Read === read) return;
      list = { ...list, rows: list.rows.with(at, { ...row, Read: read }) };
      counts = { ...counts, unread: Math.max(0, counts.unread + (read ? -1 : 1)) };
    },
  };
}
