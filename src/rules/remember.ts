import type { Octets } from './octets.ts';

/** The same function, which finds each thing out but once. What it throws it throws again. */
export function remember<T>(find: (asked: Octets) => T): (asked: Octets) => T {
  const known = new Map<Octets, { readonly found: T }>();
  return (asked) => {
    const before = known.get(asked);
    if (before !== undefined) return before.found;
    const found = find(asked);
    known.set(asked, { found });
    return found;
  };
}

/** What was found out for the keys that were asked last. It holds but so much, whoever asks for whatever. */
export interface Memory<T> {
  get(key: Octets): T | undefined;
  set(key: Octets, found: T): void;
}

/** Programs write to the same few addresses; and those of one message are asked for again while it is decided. */
const MOST_KNOWN = 500;
const LONGEST_KNOWN = 640;

/** Opens one in which nothing is known. */
export function openMemory<T>(): Memory<T> {
  const known = new Map<Octets, T>();
  return {
    get: (key) => known.get(key),
    set(key, found) {
      if (key.length > LONGEST_KNOWN) return;
      if (known.size >= MOST_KNOWN) known.clear();
      known.set(key, found);
    },
  };
}
