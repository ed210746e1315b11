import { SvelteSet } from 'svelte/reactivity';
import type { Api, Selection } from '../api/client.ts';
import { toQuery, type Found } from './found.ts';
import type { Row } from './sparse-list.ts';

/** What is deleted at once: messages one by one, or all that a search found. */
export type Doomed = { readonly ids: readonly string[] } | { readonly found: Found; readonly count: number };

/** Deletes messages at once for the eye, and on the server when the time to undo is over. */
export interface Deletion {
  /** Whether a row is gone already. @param query what the list it is in searches for */
  hides(row: Row, query: string): boolean;
  /** Nothing is hidden. */
  readonly isIdle: boolean;
  /** How many are hidden. */
  readonly hidden: number;
  /** How many the last deletion, which can still be undone, is about. */
  readonly undoable: number;
  /** Whether it may be by us that a message was deleted. */
  isOurs(id: string): boolean;
  remove(doomed: Doomed): void;
  undo(): void;
  /** The server has deleted it: nothing is left to hide. */
  forget(ids: Iterable<string>): void;
  /** The list was loaded afresh: what is done needs no hiding any more. */
  settle(): void;
}

const UNDO_MS = 5000;

/**
 * @param options.onDone all that a search found is deleted: the list is to be loaded afresh
 * @param options.onFailure the messages are back
 */
export function createDeletion(
  api: Pick<Api, 'remove'>,
  options: { readonly onDone: () => void; readonly onFailure: (cause: unknown) => void },
): Deletion {
  const hiddenIds = new SvelteSet<string>();
  let hiddenFound = $state.raw<readonly { readonly found: Found; readonly count: number }[]>([]);
  let undoable = $state.raw<Doomed>({ ids: [] });
  let doneIds: readonly string[] = [];
  let doneFound: readonly Found[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;

  function show(ids: Iterable<string>): void {
    for (const id of ids) hiddenIds.delete(id);
    doneIds = doneIds.filter((id) => hiddenIds.has(id));
  }

  function showFound(gone: readonly Found[]): void {
    if (gone.length > 0) hiddenFound = hiddenFound.filter(({ found }) => !gone.includes(found));
    doneFound = doneFound.filter((found) => !gone.includes(found));
  }

  function showDoomed(doomed: Doomed): void {
    if ('ids' in doomed) show(doomed.ids);
    else showFound([doomed.found]);
  }

  async function commit(leaving: boolean): Promise<void> {
    clearTimeout(timer);
    const doomed = undoable;
    if (countOf(doomed) === 0) return;
    undoable = { ids: [] };
    try {
      await api.remove(toSelection(doomed), { leaving });
      if ('ids' in doomed) {
        doneIds = [...doneIds, ...doomed.ids];
      } else {
        doneFound = [...doneFound, doomed.found];
        options.onDone();
      }
    } catch (cause) {
      showDoomed(doomed);
      options.onFailure(cause);
    }
  }

  addEventListener('pagehide', () => void commit(true));

  return {
    hides: (row, query) =>
      (row !== undefined && hiddenIds.has(row.ID)) ||
      hiddenFound.some(
        ({ found }) => (found.query === '' || found.query === query) && (row === undefined || row.Seq <= found.upTo),
      ),
    get isIdle() {
      return hiddenIds.size === 0 && hiddenFound.length === 0;
    },
    get hidden() {
      return hiddenIds.size + hiddenFound.reduce((sum, { count }) => sum + count, 0);
    },
    get undoable() {
      return countOf(undoable);
    },
    isOurs: (id) => hiddenIds.has(id) || hiddenFound.length > 0,
    remove(doomed) {
      if ('ids' in doomed && 'ids' in undoable) {
        const ids = doomed.ids.filter((id) => !hiddenIds.has(id));
        for (const id of ids) hiddenIds.add(id);
        undoable = { ids: [...undoable.ids, ...ids] };
      } else {
        // One can be undone: the one before is final.
        void commit(false);
        if ('ids' in doomed) for (const id of doomed.ids) hiddenIds.add(id);
        else hiddenFound = [...hiddenFound, doomed];
        undoable = doomed;
      }
      clearTimeout(timer);
      timer = setTimeout(() => void commit(false), UNDO_MS);
    },
    undo() {
      clearTimeout(timer);
      showDoomed(undoable);
      undoable = { ids: [] };
    },
    forget: show,
    settle() {
      show(doneIds);
      showFound(doneFound);
    },
  };
}

function countOf(doomed: Doomed): number {
  return 'ids' in doomed ? doomed.ids.length : doomed.count;
}

function toSelection(doomed: Doomed): Selection {
  return 'ids' in doomed ? doomed : { query: toQuery(doomed.found) };
}
