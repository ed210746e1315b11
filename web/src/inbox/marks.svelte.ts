import { SvelteSet } from 'svelte/reactivity';
import type { Doomed } from './deletion.svelte.ts';
import type { Found } from './found.ts';
import type { Inbox } from './inbox.svelte.ts';
import type { Row } from './sparse-list.ts';

/** The messages that the next action is about: marked one by one, or all that is listed. */
export interface Marks {
  readonly count: number;
  has(row: Row): boolean;
  /** Marks or unmarks the row, and remembers it as the end of a range. */
  toggle(index: number): Promise<void>;
  /** Marks from the row last marked (else from `from`) to this one; what isn't loaded of it is loaded. */
  extend(from: number, to: number): Promise<void>;
  /** Marks all that is listed, what isn't loaded too. */
  markAll(): void;
  clear(): void;
  /** They are gone. */
  forget(ids: Iterable<string>): void;
  /** What is marked. */
  readonly which: Doomed;
}

/**
 * @param inbox whose rows are marked; marks don't outlive a search
 * @param onFailure rows could not be loaded, and so not marked
 */
export function createMarks(inbox: Inbox, onFailure: (cause: unknown) => void): Marks {
  const ids = new SvelteSet<string>();
  let found = $state.raw<Found | undefined>();
  let anchor: string | undefined;
  /** What the last range has marked: another one from the same anchor takes its place. */
  let ranged: readonly string[] = [];
  const hasAll = $derived(found !== undefined && found.query === inbox.query);
  const count = $derived(hasAll ? inbox.rows.filter(isFound).length : ids.size);

  function isFound(row: Row): boolean {
    return found !== undefined && (row === undefined || row.Seq <= found.upTo);
  }

  function clear(): void {
    ids.clear();
    found = undefined;
    anchor = undefined;
    ranged = [];
  }

  /** From all to each of them, to take one away. */
  async function spellOut(): Promise<void> {
    if (!hasAll) return;
    for (const row of await inbox.loadRows(0, inbox.rows.length)) if (isFound(row)) ids.add(row.ID);
    found = undefined;
  }

  return {
    get count() {
      return count;
    },
    has: (row) => (hasAll ? isFound(row) : row !== undefined && ids.has(row.ID)),
    async toggle(index) {
      const row = inbox.rows[index];
      if (!row) return;
      try {
        await spellOut();
      } catch (cause) {
        onFailure(cause);
        return;
      }
      if (!ids.delete(row.ID)) ids.add(row.ID);
      anchor = row.ID;
      ranged = [];
    },
    async extend(from, to) {
      const known = inbox.rows.findIndex((row) => row !== undefined && row.ID === anchor);
      const start = known < 0 ? from : known;
      anchor = inbox.rows[start]?.ID;
      try {
        await spellOut();
        const rows = await inbox.loadRows(Math.min(start, to), Math.max(start, to) + 1);
        for (const id of ranged) ids.delete(id);
        ranged = rows.map(({ ID }) => ID);
        for (const id of ranged) ids.add(id);
      } catch (cause) {
        onFailure(cause);
      }
    },
    markAll() {
      clear();
      const newest = inbox.rows.find((row) => row !== undefined);
      if (newest) found = { query: inbox.query, upTo: newest.Seq };
    },
    clear,
    forget(gone) {
      for (const id of gone) ids.delete(id);
    },
    get which() {
      return found && hasAll ? { found, count } : { ids: [...ids] };
    },
  };
}
