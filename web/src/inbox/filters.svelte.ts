import type { ChangeFrame } from '../../../src/http/api/schemas/event.ts';
import type { FilterCounts } from '../../../src/http/api/schemas/filter.ts';
import type { Api } from '../api/client.ts';

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
  let timer: ReturnType<typeof setTimeout> | undefined;
  let askedAt = Number.NEGATIVE_INFINITY;

  async function ask(): Promise<void> {
    timer = undefined;
    askedAt = performance.now();
    try {
      counts = await api.filters();
    } catch {
      // Asked again with the next change.
    }
  }

  function refresh(): void {
    timer ??= setTimeout(() => void ask(), Math.max(0, askedAt + ASK_EVERY_MS - performance.now()));
  }

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
