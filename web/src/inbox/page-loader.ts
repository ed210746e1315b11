import type { MessagesSummary } from '../../../src/http/api/schemas/message.ts';
import { PAGE_ROWS } from './first-page.ts';

/** Fetches the rows that come into sight, page by page. */
export interface PageLoader {
  /** Rows `start` … `end` (exclusive) are in sight: asks for the pages that miss any of them, and for no other. */
  ensure(start: number, end: number): void;
  /** Wants nothing any more. */
  cancel(): void;
}

/** While the scroll bar is dragged, pages that only pass by aren't asked for. */
const SETTLE_MS = 60;
/** The page didn't fit, as rows have moved: the changes that moved them are on their way. */
const AGAIN_MS = 150;
const RETRY_MS = 2000;

/** @param options.place takes a page in; false: it doesn't fit, ask again */
export function createPageLoader(options: {
  readonly load: (start: number, limit: number, signal: AbortSignal) => Promise<MessagesSummary>;
  readonly place: (page: MessagesSummary) => boolean;
  readonly isMissing: (index: number) => boolean;
}): PageLoader {
  const asked = new Map<number, AbortController>();
  let inSight = { start: 0, end: 0 };
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function loadPage(page: number): Promise<void> {
    const mine = new AbortController();
    asked.set(page, mine);
    try {
      const answer = await options.load(page * PAGE_ROWS, PAGE_ROWS, mine.signal);
      if (mine.signal.aborted) return;
      asked.delete(page);
      if (!options.place(answer)) loadInSight(AGAIN_MS);
    } catch {
      if (mine.signal.aborted) return;
      asked.delete(page);
      loadInSight(RETRY_MS);
    }
  }

  function loadInSight(delayMs: number): void {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const wanted = new Set<number>();
      for (let i = inSight.start; i < inSight.end; i++) if (options.isMissing(i)) wanted.add(Math.floor(i / PAGE_ROWS));
      for (const [page, request] of asked) {
        if (wanted.has(page)) continue;
        request.abort();
        asked.delete(page);
      }
      for (const page of wanted) if (!asked.has(page)) void loadPage(page);
    }, delayMs);
  }

  return {
    ensure(start, end) {
      inSight = { start, end };
      loadInSight(SETTLE_MS);
    },
    cancel() {
      clearTimeout(timer);
      for (const request of asked.values()) request.abort();
      asked.clear();
      inSight = { start: 0, end: 0 };
    },
  };
}
