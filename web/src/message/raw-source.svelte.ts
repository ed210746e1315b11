import type { Api } from '../api/client.ts';
import { addRawText, NO_LINES, type RawLines } from './raw-lines.ts';

/** The source of the open message, loaded piece by piece as one reads. */
export interface RawSource {
  readonly state: 'loading' | 'ready' | 'failed';
  readonly error: string;
  readonly lines: readonly string[];
  /** Octets loaded, and octets in all. */
  readonly loaded: number;
  readonly size: number;
  /** Begins with another message; for the same one, does nothing. */
  show(id: string): void;
  /** Loads the next piece, if there is one. */
  more(): void;
  /** Loads all that is left. */
  all(): void;
  retry(): void;
}

const PIECE_OCTETS = 512 * 1024;
const ALL_PIECE_OCTETS = 8 * 1024 * 1024;

/** @param api asked by ranges; a server without them sends the whole */
export function createRawSource(api: Api): RawSource {
  let id: string | undefined;
  let state = $state<RawSource['state']>('loading');
  let error = $state('');
  let text = $state.raw<RawLines>(NO_LINES);
  let loaded = $state(0);
  let size = $state(0);
  let decoder = new TextDecoder();
  let asked: AbortController | undefined;

  async function load(pieceOctets: number, untilEnd: boolean): Promise<void> {
    if (id === undefined || asked) return;
    const mine = new AbortController();
    asked = mine;
    try {
      do {
        const piece = await api.raw(id, { start: loaded, end: loaded + pieceOctets }, mine.signal);
        if (mine.signal.aborted) return;
        const fresh = piece.octets.subarray(loaded - piece.start);
        loaded += fresh.length;
        size = piece.size;
        const isLast = loaded >= size || fresh.length === 0;
        text = addRawText(text, decoder.decode(fresh, { stream: !isLast }));
        state = 'ready';
        if (isLast) break;
      } while (untilEnd);
    } catch (cause) {
      if (mine.signal.aborted) return;
      error = cause instanceof Error ? cause.message : String(cause);
      state = 'failed';
    } finally {
      if (asked === mine) asked = undefined;
    }
  }

  function begin(next: string): void {
    asked?.abort();
    asked = undefined;
    id = next;
    state = 'loading';
    error = '';
    text = NO_LINES;
    loaded = 0;
    size = 0;
    decoder = new TextDecoder();
    void load(PIECE_OCTETS, false);
  }

  return {
    get state() {
      return state;
    },
    get error() {
      return error;
    },
    get lines() {
      return text.lines;
    },
    get loaded() {
      return loaded;
    },
    get size() {
      return size;
    },
    show(next) {
      if (next !== id) begin(next);
    },
    more() {
      if (loaded < size) void load(PIECE_OCTETS, false);
    },
    all: () => void load(ALL_PIECE_OCTETS, true),
    retry() {
      if (id !== undefined) begin(id);
    },
  };
}
