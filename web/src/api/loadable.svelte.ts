import { ApiError } from './client.ts';

/** Something of the server's that is shown by its key: only the last one asked for is of interest. */
export interface Loadable<T> {
  readonly state: 'none' | 'loading' | 'ready' | 'missing' | 'failed';
  readonly key: string | undefined;
  /** Of `key`; undefined until it is ready. */
  readonly value: T | undefined;
  /** The server's words. */
  readonly error: string;
  /** Asks for another one; for the same one, does nothing. */
  show(key: string | undefined): void;
  retry(): void;
}

/** @param load asks the server; its signal is aborted when the answer isn't wanted any more */
export function createLoadable<T>(load: (key: string, signal: AbortSignal) => Promise<T>): Loadable<T> {
  let key = $state<string | undefined>();
  let state = $state<Loadable<T>['state']>('none');
  let value = $state.raw<T | undefined>();
  let error = $state('');
  let asked: AbortController | undefined;

  async function ask(wanted: string | undefined): Promise<void> {
    asked?.abort();
    key = wanted;
    value = undefined;
    error = '';
    state = wanted === undefined ? 'none' : 'loading';
    if (wanted === undefined) return;
    const mine = new AbortController();
    asked = mine;
    try {
      const answer = await load(wanted, mine.signal);
      if (mine.signal.aborted) return;
      value = answer;
      state = 'ready';
    } catch (cause) {
      if (mine.signal.aborted) return;
      error = cause instanceof Error ? cause.message : String(cause);
      state = cause instanceof ApiError && cause.status === 404 ? 'missing' : 'failed';
    }
  }

  return {
    get state() {
      return state;
    },
    get key() {
      return key;
    },
    get value() {
      return value;
    },
    get error() {
      return error;
    },
    show(wanted) {
      if (wanted !== key) void ask(wanted);
    },
    retry: () => void ask(key),
  };
}
