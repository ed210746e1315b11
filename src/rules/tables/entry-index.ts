import type { Octets } from '../octets.ts';
import { createLargeIndex } from './large-entry-index.ts';
import { createSmallIndex } from './small-entry-index.ts';

/** Where an entry's key and value stand in the text that is indexed. */
export interface EntryPlace {
  readonly keyStart: number;
  readonly keyEnd: number;
  readonly valueStart: number;
  readonly valueEnd: number;
}

/** Entries by key, in the order in which they were added. */
export interface EntryIndex {
  readonly size: number;
  /**
   * Adds an entry that stands in the indexed text, unless its key is known.
   * @param line in the file
   * @returns the entry that has the key: a new one if it is `size - 1` afterwards and wasn't before
   */
  addPlace(place: EntryPlace, line: number): number;
  /** Adds an entry that doesn't stand so in the text: its lines were joined, its key was folded. */
  addText(key: Octets, value: Octets, line: number): number;
  /** Gives an entry another value. */
  replace(entry: number, value: Octets, line: number): void;
  /** @returns undefined if no entry has the key */
  find(key: Octets): number | undefined;
  getKey(entry: number): Octets;
  getValue(entry: number): Octets;
  /** 0 where it isn't known. */
  getLine(entry: number): number;
}

/** How entries are indexed. */
export interface EntryIndexOptions {
  /** Whether ASCII letters of keys in the text count as small ones; what is asked for is folded. */
  readonly foldsCase: boolean;
}

/** Texts of more octets than this are indexed without an object for each entry. */
const LARGE = 2 ** 20;

/** Makes an empty index of entries in `text`. */
export function createEntryIndex(text: Octets, options: EntryIndexOptions): EntryIndex {
  return text.length > LARGE ? createLargeIndex(text, options) : createSmallIndex(text, options);
}
