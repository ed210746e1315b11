import type { Octets } from '../octets.ts';
import type { EntryIndex, EntryIndexOptions, EntryPlace } from './entry-index.ts';
import { foldKey } from './fold-key.ts';

interface LooseEntry {
  readonly key: Octets;
  readonly value: Octets;
}

/** Numbers kept of each entry: key start, key end, value start, value end, line. */
const FIELDS = 5;
/** Of an entry that doesn't stand in the text. */
const NOWHERE: EntryPlace = { keyStart: -1, keyEnd: -1, valueStart: 0, valueEnd: 0 };
/** Numbers of each slot. */
const PAIR = 2;
const FNV_BASIS = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/**
 * Makes an empty index of a long text. Keys and values are kept as offsets, and hashed into a table of numbers: no
 * object is made for an entry until it is asked for, so that a million take some 40 octets each beside their text.
 */
export function createLargeIndex(text: Octets, { foldsCase }: EntryIndexOptions): EntryIndex {
  const loose = new Map<number, LooseEntry>();
  let fields = new Int32Array(FIELDS * 1024);
  // By open addressing, at most half full. Of a slot the first number is where the key begins in the text, + 1; -1 of a
  // loose entry, 0 if it is free. The second has the entry's number in its lower bits, above them those of the hash.
  // Memory decides how fast this is: the hash keeps from looking at other entries, and that the key's place is here
  // lets its text and its fields be fetched at once.
  let slots = new Int32Array(8192);
  /** The bits of a slot that number the entry. */
  let numberMask = toNumberMask(slots);
  let size = 0;

  const codeAt = (index: number): number => {
    const code = text.charCodeAt(index);
    return foldsCase && code >= 65 && code <= 90 ? code + 32 : code;
  };
  const field = (entry: number, which: number): number => fields[entry * FIELDS + which] ?? 0;
  const findLoose = (entry: number): LooseEntry | undefined => (loose.size === 0 ? undefined : loose.get(entry));

  function hashPlace(start: number, end: number): number {
    let hash = FNV_BASIS;
    for (let index = start; index < end; index++) hash = Math.imul(hash ^ codeAt(index), FNV_PRIME);
    return scatter(hash);
  }
  function hashEntry(entry: number): number {
    const other = findLoose(entry);
    // A value that was replaced is loose, and its key still stands in the text.
    return field(entry, 0) < 0 ? hashKey(other?.key ?? '') : hashPlace(field(entry, 0), field(entry, 1));
  }
  function hasKey(entry: number, start: number, key: Octets): boolean {
    if (start < 0) return findLoose(entry)?.key === key;
    if (field(entry, 1) - start !== key.length) return false;
    for (let index = 0; index < key.length; index++) if (codeAt(start + index) !== key.charCodeAt(index)) return false;
    return true;
  }

  /** The slot that has the entry with this key, or a free one. */
  function findSlot(hash: number, key: Octets): number {
    const last = slots.length - PAIR;
    let slot = (hash * PAIR) & last;
    for (let place = slots[slot] ?? 0; place !== 0; place = slots[slot] ?? 0) {
      const packed = slots[slot + 1] ?? 0;
      if (((packed ^ hash) & ~numberMask) === 0 && hasKey(packed & numberMask, place < 0 ? -1 : place - 1, key)) break;
      slot = (slot + PAIR) & last;
    }
    return slot;
  }
  function findFreeSlot(hash: number): number {
    const last = slots.length - PAIR;
    let slot = (hash * PAIR) & last;
    while (slots[slot] !== 0) slot = (slot + PAIR) & last;
    return slot;
  }
  function setSlot(slot: number, entry: number, hash: number): void {
    slots[slot] = field(entry, 0) < 0 ? -1 : field(entry, 0) + 1;
    slots[slot + 1] = (hash & ~numberMask) | entry;
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
    if ((size + 1) * FIELDS > fields.length) fields = grow(fields);
    if (size * PAIR * 2 < slots.length) return;
    slots = new Int32Array(slots.length * 2);
    numberMask = toNumberMask(slots);
    for (let entry = 0; entry < size; entry++) {
      const hash = hashEntry(entry);
      setSlot(findFreeSlot(hash), entry, hash);
    }
  }
  /** @returns the entry that has the key: a new one, unless there is one */
  function add(hash: number, key: Octets, place: EntryPlace, line: number): number {
    makeRoom();
    const slot = findSlot(hash, key);
    if (slots[slot] !== 0) return (slots[slot + 1] ?? 0) & numberMask;
    setFields(size, line, place);
    if (place === NOWHERE) loose.set(size, { key, value: '' });
    setSlot(slot, size, hash);
    return size++;
  }
  const getKey = (entry: number): Octets => {
    const key = field(entry, 0) < 0 ? (findLoose(entry)?.key ?? '') : text.slice(field(entry, 0), field(entry, 1));
    return foldsCase ? foldKey(key, false) : key;
  };

  return {
    get size() {
      return size;
    },
    addPlace(place, line) {
      const key = text.slice(place.keyStart, place.keyEnd);
      return add(hashPlace(place.keyStart, place.keyEnd), foldsCase ? foldKey(key, false) : key, place, line);
    },
    addText(key, value, line) {
      const before = size;
      const entry = add(hashKey(key), key, NOWHERE, line);
      if (size > before) loose.set(entry, { key, value });
      return entry;
    },
    replace(entry, value, line) {
      loose.set(entry, { key: getKey(entry), value });
      fields[entry * FIELDS + 4] = line;
    },
    find(key) {
      const slot = findSlot(hashKey(key), key);
      return slots[slot] === 0 ? undefined : (slots[slot + 1] ?? 0) & numberMask;
    },
    getKey,
    getValue: (entry) => findLoose(entry)?.value ?? text.slice(field(entry, 2), field(entry, 3)),
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

/** At most half of the slots are taken, and so no entry's number is greater than this. */
function toNumberMask(slots: Int32Array): number {
  return slots.length / PAIR / 2 - 1;
}

function grow(numbers: Int32Array): Int32Array<ArrayBuffer> {
  const more = new Int32Array(numbers.length * 2);
  more.set(numbers);
  return more;
}
