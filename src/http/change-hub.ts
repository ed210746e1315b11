import type { Log } from '../log.ts';
import type { Change } from '../store/changes.ts';
import type { CommitNumber, Store } from '../store/store.ts';

/** Hands every change of the store on, at once, to whoever listens: one loop for all. */
export interface ChangeHub extends AsyncDisposable {
  /** The last change that was handed on; what a new listener hears has a greater number. */
  readonly seq: CommitNumber;
  /** @param listener mustn't throw */
  subscribe(listener: (change: Change) => void): Disposable;
}

/** Starts to follow the changes of `store`, from now on. */
export function openChangeHub(store: Store, log: Log): ChangeHub {
  const listeners = new Set<(change: Change) => void>();
  const stop = new AbortController();
  let seq = store.head();

  const follow = async (): Promise<void> => {
    for await (const change of store.changes(seq, { signal: stop.signal })) {
      seq = change.seq;
      for (const listener of listeners) listener(change);
    }
  };
  const following = follow().catch((error: unknown) => {
    if (!stop.signal.aborted) log.error({ err: error }, 'the changes of the store cannot be followed any more');
  });

  return {
    get seq() {
      return seq;
    },
    subscribe(listener) {
      listeners.add(listener);
      return { [Symbol.dispose]: () => void listeners.delete(listener) };
    },
    async [Symbol.asyncDispose]() {
      stop.abort();
      await following;
    },
  };
}
