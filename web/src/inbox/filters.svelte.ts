import type { ChangeFrame } from '../../../src/http/api/schemas/event.ts';
import type { FilterCounts } from '../../../src/http/api/schemas/filter.ts';
import type { Api } from '../api/client.ts';
import { createBatches } from './batches.ts';

/** Verdicts that have a ready-made search. */
const VERDICTS = ['rejected', 'bounced', 'deferred', 'held'] as const;
/** Each with its search. */
export const VERDICT_SEARCHES = VERDICTS.map((status) => ({ status, query: `verdict:${status}` }));

/** Finds what has a tag. */
export function toTagQuery(tag: string): string {
  return `tag:"${tag}"`;
}

/** How much the ready-made searches would find, kept up with the server. */
export interface Filters {
  readonly counts: FilterCounts;
  /** Asks the server. */
  refresh(): void;
  apply(frames: readonly ChangeFrame[]): void;
}

/** In a burst of mail the counts are asked for so often. */
const ASK_EVERY_MS = 1000;

/** Counts that can't be had stay as they were: the list says that the server doesn't answer. */
export function createFilters(api: Pick<Api, 'filters'>): Filters {
  let counts = $state.raw<FilterCounts>({ Verdicts: {}, Tags: [] });
  const wishes = createBatches<'ask'>({ everyMs: ASK_EVERY_MS, onBatch: () => void ask() });

  async function ask(): Promise<void> {
    try {
      counts = await api.filters();
    } catch {
      // Asked again with the next change.
    }
  }

  const refresh = (): void => wishes.add('ask');

  return {
    get counts() {
      return counts;
    },
    refresh,
    apply(frames) {
      if (frames.some(canChangeCounts)) refresh();
    },
  };
}

function canChangeCounts(frame: ChangeFrame): boolean {
  switch (frame.Type) {
    case 'verdict':
    case 'delete':
    case 'prune':
    case 'truncate':
      return true;
    case 'new':
    case 'parsed':
      return frame.Data.Tags.length > 0;
    case 'update':
      return frame.Data.Tags !== undefined;
    case 'stats':
      return false;
  }
}
