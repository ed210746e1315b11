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
