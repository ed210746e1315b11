import type { Octets } from '../octets.ts';
import type { EntryIndex, EntryIndexOptions } from './entry-index.ts';
import { foldKey } from './fold-key.ts';

interface Entry {
  readonly key: Octets;
  /** Undefined while nobody has asked: it stands in the text. */
  value: Octets | undefined;
  readonly valueStart: number;
  readonly valueEnd: number;
  line: number;
}

/** Makes an empty index of a text that isn't long: it is read at once, by what the engine does itself. */
export function createSmallIndex(text: Octets, { foldsCase }: EntryIndexOptions): EntryIndex {
  const numbers = new Map<Octets, number>();
  const entries: Entry[] = [];
  const mustFold = foldsCase && /[A-Z]/.test(text);

  const add = (entry: Entry): number => {
    const known = numbers.get(entry.key);
    if (known !== undefined) return known;
    numbers.set(entry.key, entries.length);
    return entries.push(entry) - 1;
  };

  return {
    get size() {
      return entries.length;
    },
    addPlace({ keyStart, keyEnd, valueStart, valueEnd }, line) {
      const key = text.slice(keyStart, keyEnd);
      return add({ key: mustFold ? foldKey(key, false) : key, value: undefined, valueStart, valueEnd, line });
    },
    addText: (key, value, line) => add({ key, value, valueStart: 0, valueEnd: 0, line }),
    replace(number, value, line) {
      const entry = entries[number];
      if (entry) Object.assign(entry, { value, line });
    },
    find: (key) => numbers.get(key),
    getKey: (number) => entries[number]?.key ?? '',
    getValue(number) {
      const entry = entries[number];
      if (entry === undefined) return '';
      return (entry.value ??= text.slice(entry.valueStart, entry.valueEnd));
    },
    getLine: (number) => entries[number]?.line ?? 0,
  };
}
