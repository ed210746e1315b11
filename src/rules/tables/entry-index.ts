import type { Octets } from '../octets.ts';
import { foldKey } from './fold-key.ts';

/** Where an entry's key and value stand in the text that is indexed. */
export interface EntryPlace {
  readonly keyStart: number;
  readonly keyEnd: number;
  readonly valueStart: number;
  readonly valueEnd: number;
}

/** Entries by key, in the order in which they were added. A million take some 30 octets each beside their text. */
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

interface LooseEntry {
  readonly key: Octets;
  readonly value: Octets;
}

/** Numbers kept of each entry: key start, key end, value start, value end, line. */
const FIELDS = 5;
/** Of an entry that doesn't stand in the text. */
const NOWHERE: EntryPlace = { keyStart: 0, keyEnd: 0, valueStart: 0, valueEnd: 0 };
const FNV_BASIS = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/**
 * Makes an empty index of entries in `text`. Keys and values are kept as offsets, and hashed into a table of numbers:
 * no object is made for an entry until it is asked for.
 * @param options.foldsCase whether ASCII letters of keys in the text count as small ones; what is asked for is folded
 */
export function createEntryIndex(text: Octets, { foldsCase }: { readonly foldsCase: boolean }): EntryIndex {
  const loose = new Map<number, LooseEntry>();
  let fields = new Int32Array(FIELDS * 1024);
  // Pairs of entry number + 1 and hash of its key, by open addressing; 0 is a free slot. At most half is full. The hash
  // is there so that no other entry's fields, far away in memory, need be looked at.
  let slots = new Int32Array(8192);
  let size = 0;

  const codeAt = (index: number): number => {
    const code = text.charCodeAt(index);
    return foldsCase && code >= 65 && code <= 90 ? code + 32 : code;
  };
  const field = (entry: number, which: number): number => fields[entry * FIELDS + which] ?? 0;

  function hashPlace(start: number, end: number): number {
    let hash = FNV_BASIS;
    for (let index = start; index < end; index++) hash = Math.imul(hash ^ codeAt(index), FNV_PRIME);
    return scatter(hash);
  }
  const findLoose = (entry: number): LooseEntry | undefined => (loose.size === 0 ? undefined : loose.get(entry));

  function samePlace(entry: number, start: number, end: number): boolean {
    const other = findLoose(entry);
    if (other !== undefined) return other.key.length === end - start && sameText(other.key, start);
    const from = field(entry, 0);
    if (field(entry, 1) - from !== end - start) return false;
    for (let index = start; index < end; index++) if (codeAt(index) !== codeAt(from + index - start)) return false;
    return true;
  }
  function sameText(key: Octets, start: number): boolean {
    // Mostly the text has no capitals, and then this is all.
    if (text.startsWith(key, start)) return true;
    if (!foldsCase) return false;
    for (let index = 0; index < key.length; index++) if (codeAt(start + index) !== key.charCodeAt(index)) return false;
    return true;
  }
  function sameKey(entry: number, key: Octets): boolean {
    const other = findLoose(entry);
    if (other !== undefined) return other.key === key;
    const start = field(entry, 0);
    return field(entry, 1) - start === key.length && sameText(key, start);
  }

  /** The slot that has an entry with this hash for which `isSame`, or a free one. */
  function findSlot(hash: number, isSame: (entry: number) => boolean): number {
    const mask = slots.length - 1;
    let slot = (hash * 2) & mask;
    for (let taken = slots[slot] ?? 0; taken !== 0; taken = slots[slot] ?? 0) {
      if (slots[slot + 1] === hash && isSame(taken - 1)) break;
      slot = (slot + 2) & mask;
    }
    return slot;
  }
  /** @returns the entry of that slot */
  function take(slot: number, hash: number, line: number, place: EntryPlace): number {
    const taken = slots[slot] ?? 0;
    if (taken !== 0) return taken - 1;
    if ((size + 1) * FIELDS > fields.length) fields = grow(fields);
    setFields(size, line, place);
    slots[slot] = ++size;
    slots[slot + 1] = hash;
    return size - 1;
  }
  function setFields(entry: number, line: number, place: EntryPlace): void {
    const first = entry * FIELDS;
    fields[first] = place.keyStart;
    fields[first + 1] = place.keyEnd;
    fields[first + 2] = place.valueStart;
    fields[first + 3] = place.valueEnd;
    fields[first + 4] = line;
  }
  function makeRoom(): void {
    if (size * 4 < slots.length) return;
    const before = slots;
    slots = new Int32Array(before.length * 2);
    for (let slot = 0; slot < before.length; slot += 2) {
      const [taken = 0, hash = 0] = [before[slot], before[slot + 1]];
      if (taken === 0) continue;
      const free = findSlot(hash, () => false);
      slots[free] = taken;
      slots[free + 1] = hash;
    }
  }

  return {
    get size() {
      return size;
    },
    addPlace(place, line) {
      makeRoom();
      const { keyStart, keyEnd } = place;
      const hash = hashPlace(keyStart, keyEnd);
      return take(
        findSlot(hash, (entry) => samePlace(entry, keyStart, keyEnd)),
        hash,
        line,
        place,
      );
    },
    addText(key, value, line) {
      makeRoom();
      const hash = hashKey(key);
      const before = size;
      const slot = findSlot(hash, (entry) => sameKey(entry, key));
      const entry = take(slot, hash, line, NOWHERE);
      if (size > before) loose.set(entry, { key, value });
      return entry;
    },
    replace(entry, value, line) {
      const key = this.getKey(entry);
      setFields(entry, line, NOWHERE);
      loose.set(entry, { key, value });
    },
    find(key) {
      const taken = slots[findSlot(hashKey(key), (entry) => sameKey(entry, key))] ?? 0;
      return taken === 0 ? undefined : taken - 1;
    },
    getKey(entry) {
      const key = loose.get(entry)?.key ?? text.slice(field(entry, 0), field(entry, 1));
      return foldsCase ? foldKey(key, false) : key;
    },
    getValue: (entry) => loose.get(entry)?.value ?? text.slice(field(entry, 2), field(entry, 3)),
    getLine: (entry) => field(entry, 4),
  };
}

function hashKey(key: Octets): number {
  let hash = FNV_BASIS;
  for (let index = 0; index < key.length; index++) hash = Math.imul(hash ^ key.charCodeAt(index), FNV_PRIME);
  return scatter(hash);
}

/** Lets all bits of a hash have a say in the lowest ones, which choose the slot. */
function scatter(hash: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return mixed ^ (mixed >>> 13);
}

function grow(numbers: Int32Array): Int32Array<ArrayBuffer> {
  const more = new Int32Array(numbers.length * 2);
  more.set(numbers);
  return more;
}
