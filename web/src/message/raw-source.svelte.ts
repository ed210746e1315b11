import type { Api } from '../api/client.ts';
import { addOctets, NO_OCTETS, type RawOctets } from './raw-octets.ts';

/** The source of a message, loaded piece by piece as one reads. */
export interface RawSource {
  readonly state: 'loading' | 'ready' | 'failed';
  readonly error: string;
  /** What is loaded. */
  readonly octets: RawOctets;
  /** Octets in all; 0 until the first are there. */
  readonly size: number;
  readonly isWhole: boolean;
  /** Begins with another message; for the same one, does nothing. */
  show(id: string): void;
  /** Loads the next piece, if there is one. */
  more(): void;
  /** Resolves once `isEnough` of what is loaded, or all is, or it failed. */
  until(isEnough: (octets: RawOctets) => boolean): Promise<void>;
  retry(): void;
  /** Stops loading. */
  leave(): void;
}

const PIECE_OCTETS = 512 * 1024;
const LARGE_PIECE_OCTETS = 8 * 1024 * 1024;

/** @param api asked by ranges; a server without them sends the whole */
export function createRawSource(api: Pick<Api, 'raw'>): RawSource {
  let id: string | undefined;
  let state = $state<RawSource['state']>('loading');
  let error = $state('');
  let octets = $state.raw<RawOctets>(NO_OCTETS);
  let size = $state(0);
  let asked: { readonly abort: AbortController; readonly answer: Promise<void> } | undefined;
  const isWhole = $derived(state === 'ready' && octets.length >= size);

  async function load(pieceOctets: number, abort: AbortController): Promise<void> {
    if (id === undefined) return;
    const { signal } = abort;
    try {
      const start = octets.length;
      const piece = await api.raw(id, { start, end: start + pieceOctets }, signal);
      if (signal.aborted) return;
      const fresh = piece.octets.subarray(start - piece.start);
      // A message that became shorter was deleted and replaced: there is no more of it.
      size = fresh.length === 0 ? start : piece.size;
      octets = addOctets(octets, fresh);
      state = 'ready';
    } catch (cause) {
      if (signal.aborted) return;
      error = cause instanceof Error ? cause.message : String(cause);
      state = 'failed';
    } finally {
      if (asked?.abort === abort) asked = undefined;
    }
  }

  /** One request at a time; its answer is there, or failed, when this resolves. */
  function next(pieceOctets: number): Promise<void> {
    if (asked) return asked.answer;
    const abort = new AbortController();
    const answer = load(pieceOctets, abort);
    asked = { abort, answer };
    return answer;
  }

  function begin(wanted: string): void {
    asked?.abort.abort();
    asked = undefined;
    id = wanted;
    state = 'loading';
    error = '';
    octets = NO_OCTETS;
    size = 0;
    void next(PIECE_OCTETS);
  }

  return {
    get state() {
      return state;
    },
    get error() {
      return error;
    },
    get octets() {
      return octets;
    },
    get size() {
      return size;
    },
    get isWhole() {
      return isWhole;
    },
    show(wanted) {
      if (wanted !== id) begin(wanted);
    },
    more() {
      if (!isWhole && state === 'ready') void next(PIECE_OCTETS);
    },
    async until(isEnough) {
      const mine = id;
      while (id === mine && state !== 'failed' && !isWhole && !isEnough(octets)) await next(LARGE_PIECE_OCTETS);
    },
    retry() {
      if (id !== undefined) begin(id);
    },
    leave: () => asked?.abort.abort(),
  };
}
