import type { Message, MessageSummary } from '../../../src/http/api/schemas/message.ts';
import type { Api } from '../api/client.ts';

/** Messages fetched before they are asked for: those beside the one that is read. */
export interface Prefetch {
  /** These are likely to be opened next: fetches what isn't there, and drops all else. */
  want(rows: readonly MessageSummary[]): void;
  /** The message, if it was fetched or is on its way; then it is no longer kept. */
  take(id: string): Promise<Message> | undefined;
  /** It has changed: what was fetched is out of date. */
  drop(id: string): void;
}

/** A larger one may be in vain, and isn't shown in an instant anyway. */
const SIZE_MAX = 512 * 1024;

/** Peeks: none is marked as read. */
export function createPrefetch(api: Pick<Api, 'message'>): Prefetch {
  const fetched = new Map<string, { readonly answer: Promise<Message>; readonly abort: () => void }>();

  function drop(id: string): void {
    fetched.get(id)?.abort();
    fetched.delete(id);
  }

  return {
    want(rows) {
      const wanted = rows.filter(({ Size, Parse }) => Size <= SIZE_MAX && Parse.State !== 'pending');
      for (const id of [...fetched.keys()]) if (!wanted.some(({ ID }) => ID === id)) drop(id);
      for (const { ID } of wanted) {
        if (fetched.has(ID)) continue;
        const controller = new AbortController();
        const answer = api.message(ID, controller.signal, { peek: true });
        const entry = { answer, abort: () => controller.abort() };
        fetched.set(ID, entry);
        // Dropped and wanted again meanwhile, it is another one that is kept.
        answer.catch(() => fetched.get(ID) === entry && fetched.delete(ID));
      }
    },
    take(id) {
      const answer = fetched.get(id)?.answer;
      fetched.delete(id);
      return answer;
    },
    drop,
  };
}
