import { SvelteSet } from 'svelte/reactivity';
import type { Api } from '../api/client.ts';

/** Deletes messages at once for the eye, and on the server when the time to undo is over. */
export interface Deletion {
  /** Hidden already. */
  readonly pending: ReadonlySet<string>;
  /** How many the last deletion, which can still be undone, is about. */
  readonly undoable: number;
  remove(id: string): void;
  undo(): void;
  /** The server has deleted it: nothing is left to hide. */
  forget(ids: Iterable<string>): void;
  /** The list was loaded afresh: what is done needs no hiding any more. */
  settle(): void;
}

const UNDO_MS = 5000;

/** @param onFailure the messages are back */
export function createDeletion(api: Api, onFailure: (cause: unknown) => void): Deletion {
  const pending = new SvelteSet<string>();
  let undoable = $state.raw<readonly string[]>([]);
  let done: readonly string[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;

  function show(ids: Iterable<string>): void {
    for (const id of ids) pending.delete(id);
    done = done.filter((id) => pending.has(id));
  }

  async function commit(leaving: boolean): Promise<void> {
    clearTimeout(timer);
    const ids = undoable;
    if (ids.length === 0) return;
    undoable = [];
    try {
      await api.remove({ ids }, { leaving });
      done = [...done, ...ids];
    } catch (cause) {
      show(ids);
      onFailure(cause);
    }
  }

  addEventListener('pagehide', () => void commit(true));

  return {
    pending,
    get undoable() {
      return undoable.length;
    },
    remove(id) {
      if (pending.has(id)) return;
      pending.add(id);
      undoable = [...undoable, id];
      clearTimeout(timer);
      timer = setTimeout(() => void commit(false), UNDO_MS);
    },
    undo() {
      clearTimeout(timer);
      show(undoable);
      undoable = [];
    },
    forget: show,
    settle: () => show(done),
  };
}
