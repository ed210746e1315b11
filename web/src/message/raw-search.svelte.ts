import { findInOctets, type Found } from './octet-search.ts';
import type { RawSource } from './raw-source.svelte.ts';

/** A search in the source of a message. */
export interface RawSearch {
  /** What is looked for, trimmed of nothing. */
  readonly needle: string;
  readonly isSearching: boolean;
  /** Undefined while nothing was looked for. */
  readonly found: Found | undefined;
  /** Which of them is on show, from 0. */
  readonly current: number;
  /** Looks for a text in all of the source, which is loaded for it. The one before is given up. */
  look(needle: string): Promise<void>;
  /** Goes on by so many, round and round. */
  step(by: number): void;
  leave(): void;
}

const NONE: Found = { at: [], isCut: false };

/** @param onshow called when another place is to be shown @param onshow.offset of its first octet */
export function createRawSearch(raw: RawSource, onshow: (offset: number) => void): RawSearch {
  let needle = $state('');
  let isSearching = $state(false);
  let found = $state.raw<Found | undefined>();
  let current = $state(0);
  let running: AbortController | undefined;

  function show(index: number): void {
    current = index;
    const offset = found?.at[index];
    if (offset !== undefined) onshow(offset);
  }

  return {
    get needle() {
      return needle;
    },
    get isSearching() {
      return isSearching;
    },
    get found() {
      return found;
    },
    get current() {
      return current;
    },
    async look(wanted) {
      if (wanted === needle && (found || isSearching)) return;
      running?.abort();
      needle = wanted;
      found = undefined;
      if (wanted === '') return;
      const mine = new AbortController();
      running = mine;
      isSearching = true;
      try {
        const places = await findInOctets(loadedPieces(raw), wanted, { pause: takeBreath, signal: mine.signal });
        found = raw.state === 'failed' ? NONE : places;
        show(0);
      } catch (cause) {
        if (!mine.signal.aborted) throw cause;
      } finally {
        if (running === mine) isSearching = false;
      }
    },
    step(by) {
      const count = found?.at.length ?? 0;
      if (count > 0) show((current + by + count) % count);
    },
    leave: () => running?.abort(),
  };
}

/** Every piece, as it comes. */
async function* loadedPieces(raw: RawSource): AsyncGenerator<Uint8Array> {
  for (let index = 0; ; index += 1) {
    await raw.until(({ pieces }) => pieces.length > index);
    const piece = raw.octets.pieces[index];
    if (piece === undefined) return;
    yield piece;
  }
}

/** Lets the browser do what waits: paint, take keys. A promise alone wouldn't. */
function takeBreath(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
