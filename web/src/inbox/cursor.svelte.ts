import type { Inbox } from './inbox.svelte.ts';

/** The row that the keyboard is on. It stays with its message; if that goes, the next one takes its place. */
export interface Cursor {
  /** −1: none yet. */
  readonly index: number;
  /** Its message, if the row is loaded. */
  readonly id: string | undefined;
  /** By so many rows; from nowhere to the first. */
  move(rows: number): void;
  moveTo(index: number): void;
  /** To a message, if it is in the list. */
  follow(id: string): void;
}

/** @param inbox whose rows it walks on */
export function createCursor(inbox: Inbox): Cursor {
  let id: string | undefined;
  let last = -1;
  let moves = $state(0);
  const index = $derived.by(() => {
    // Asked for so that a move is noticed: place and ID are no state, as they also follow from here.
    if (moves < 0) return -1;
    const { rows } = inbox;
    const found = id === undefined ? -1 : rows.findIndex((row) => row?.ID === id);
    // Its message has gone, or the row was not loaded before: from now on it stays with what is here.
    last = found >= 0 ? found : Math.min(last, rows.length - 1);
    id = rows[last]?.ID ?? (rows.length === 0 ? undefined : id);
    return last;
  });

  function moveTo(to: number): void {
    last = Math.max(-1, Math.min(to, inbox.rows.length - 1));
    id = inbox.rows[last]?.ID;
    moves += 1;
  }

  return {
    get index() {
      return index;
    },
    get id() {
      return inbox.rows[index]?.ID;
    },
    move: (rows) => moveTo(index < 0 ? 0 : Math.max(0, index + rows)),
    moveTo,
    follow(next) {
      const at = inbox.rows.findIndex((row) => row?.ID === next);
      if (at >= 0) moveTo(at);
    },
  };
}
