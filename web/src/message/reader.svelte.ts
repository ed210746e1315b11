import type { ChecksResponse } from '../../../src/http/api/schemas/check.ts';
import type { ChangeFrame } from '../../../src/http/api/schemas/event.ts';
import type { Journey, VerdictSummary } from '../../../src/http/api/schemas/journey.ts';
import type { Message } from '../../../src/http/api/schemas/message.ts';
import type { Api } from '../api/client.ts';
import { createLoadable, type Loadable } from '../api/loadable.svelte.ts';
import type { Router } from '../frame/router.svelte.ts';
import type { Route, Tab } from '../frame/routes.ts';
import type { Cursor } from '../inbox/cursor.svelte.ts';
import type { Deletion, Doomed } from '../inbox/deletion.svelte.ts';
import type { Inbox } from '../inbox/inbox.svelte.ts';
import { createPrefetch } from './prefetch.ts';

/** The message that is open. */
export interface Reader {
  readonly message: Loadable<Message>;
  /** What may go wrong with it, and what Postfix would change of it. Asked for by the pane, for the count on its tab. */
  readonly checks: Loadable<ChecksResponse>;
  readonly journey: Loadable<Journey>;
  /** What Postfix would do with the message, as was told last; null until that is decided. */
  readonly verdict: VerdictSummary | null;
  /** It was deleted elsewhere; it stays on screen. */
  readonly isDeleted: boolean;
  /** The tab on show: the address's, else HTML if there is any, else text. */
  readonly tab: Tab;
  /** Opens a message, in the tab that was on show if the address named one. */
  open(id: string): void;
  /** Opens the row that is so many further down the list. */
  step(rows: number): void;
  close(): void;
  showTab(tab: Tab): void;
  /** Opens the journey, at one of the envelope's recipients and at one of its steps if they are given. */
  showJourney(rcpt?: string, step?: number): void;
  /** Names a place in the tab on show: lines of the source, a part. */
  showAnchor(anchor: string | undefined): void;
  /** Follows the address: to be called when it changes. */
  follow(id: string | undefined): void;
  apply(frames: readonly ChangeFrame[]): void;
  setRead(id: string, read: boolean): void;
  /** Deletes, with time to undo. If what is open is among it, the next one is opened. */
  remove(doomed: Doomed): void;
}

/** Joins the address, the list and the server's answers. */
export function createReader(parts: {
  readonly api: Api;
  readonly inbox: Inbox;
  readonly router: Router;
  readonly cursor: Cursor;
  readonly deletion: Deletion;
  readonly onFailure: (cause: unknown) => void;
}): Reader {
  const { api, inbox, router, cursor, deletion } = parts;
  const prefetch = createPrefetch(api);
  const message = createLoadable(async (id, signal) => {
    const fetched = prefetch.take(id);
    const loaded = await (fetched?.then(markRead, () => api.message(id, signal)) ?? api.message(id, signal));
    inbox.markRead(loaded.ID, true);
    wantNeighbours(id);
    return loaded;
  });
  const checks = createLoadable((id, signal) => api.checks(id, signal));
  const journey = createLoadable((id, signal) => api.journey(id, signal));
  let told = $state.raw<VerdictSummary | undefined>();
  let isDeleted = $state(false);
  const tab = $derived.by<Tab>(() => {
    if (router.route.view === 'message' && router.route.tab !== undefined) return router.route.tab;
    const shown = message.value;
    if (shown?.Parse.State === 'failed') return 'raw';
    return shown !== undefined && shown.HTML === '' ? 'text' : 'html';
  });

  /** It was only peeked at. */
  function markRead(peeked: Message): Message {
    if (inbox.rows.find((row) => row?.ID === peeked.ID)?.Read !== true) setRead(peeked.ID, true);
    return peeked;
  }

  function wantNeighbours(id: string): void {
    const at = inbox.rows.findIndex((row) => row?.ID === id);
    if (at >= 0) prefetch.want([inbox.rows[at + 1], inbox.rows[at - 1]].filter((row) => row !== undefined));
  }

  function setRead(id: string, read: boolean): void {
    inbox.markRead(id, read);
    api.setRead({ ids: [id] }, read).catch((cause: unknown) => {
      inbox.markRead(id, !read);
      parts.onFailure(cause);
    });
  }

  function open(id: string): void {
    const { route } = router;
    const kept =
      route.view === 'message'
        ? { tab: route.tab, width: route.width, ...(route.dark === true && { dark: true }) }
        : { tab: undefined, width: undefined };
    router.go({ view: 'message', query: route.query, id, ...kept }, { replace: route.view === 'message' });
  }

  function close(): void {
    router.go({ view: 'inbox', query: router.route.query });
  }

  /** A place in one tab is none in another. */
  function withoutSpot({
    view,
    query,
    id,
    tab,
    width,
    dark,
  }: Route & { view: 'message' }): Route & { view: 'message' } {
    return { view, query, id, tab, width, ...(dark === true && { dark }) };
  }

  return {
    message,
    checks,
    journey,
    get verdict() {
      return told ?? message.value?.Verdict ?? null;
    },
    get isDeleted() {
      return isDeleted;
    },
    get tab() {
      return tab;
    },
    open,
    step(rows) {
      cursor.move(rows);
      if (cursor.id !== undefined) open(cursor.id);
    },
    close,
    showTab(next) {
      const { route } = router;
      if (route.view === 'message') router.go({ ...withoutSpot(route), tab: next }, { replace: true });
    },
    showJourney(rcpt, step) {
      const { route } = router;
      if (route.view !== 'message') return;
      const spot = { ...(rcpt !== undefined && { rcpt }), ...(step !== undefined && { step }) };
      router.go({ ...withoutSpot(route), tab: 'journey', ...spot }, { replace: true });
    },
    showAnchor(anchor) {
      const { route } = router;
      if (route.view !== 'message') return;
      router.go({ ...withoutSpot(route), tab, ...(anchor !== undefined && { anchor }) }, { replace: true });
    },
    follow(id) {
      if (id === message.key) return;
      isDeleted = false;
      told = undefined;
      message.show(id);
    },
    apply(frames) {
      for (const frame of frames) {
        if (frame.Type === 'parsed' || frame.Type === 'update' || frame.Type === 'verdict')
          prefetch.drop(frame.Data.ID);
      }
      const shown = message.value?.ID;
      if (shown === undefined || deletion.isOurs(shown)) return;
      if (frames.some((frame) => frame.Type === 'truncate' || (frame.Type === 'delete' && frame.Data.ID === shown))) {
        isDeleted = true;
      }
      const verdict = frames.findLast((frame) => frame.Type === 'verdict' && frame.Data.ID === shown);
      if (verdict?.Type !== 'verdict') return;
      told = verdict.Data.Verdict;
      if (journey.key === shown) journey.retry();
      if (checks.key === shown) checks.retry();
    },
    setRead,
    remove(doomed) {
      const shown = router.route.view === 'message' ? message.value?.ID : undefined;
      const at = inbox.rows.findIndex((row) => row !== undefined && row.ID === shown);
      deletion.remove(doomed);
      if (shown === undefined || inbox.rows.some((row) => row?.ID === shown)) return;
      // What was open is gone, and not "in another window".
      if (!deletion.isOurs(shown)) return;
      const next = at < 0 ? undefined : (inbox.rows[at] ?? inbox.rows[at - 1]);
      if (next) open(next.ID);
      else close();
    },
  };
}
