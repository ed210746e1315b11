// Numbers that look random, and are the same for the same seed.

/** A source of choices. */
export interface Random {
  /** A whole number from 0 to below `limit`. */
  below(limit: number): number;
  /** One of them. @throws {RangeError} if there are none */
  pick<T>(items: readonly T[]): T;
  /** At least `min` and at most `max` of what `make` makes. */
  times<T>(min: number, max: number, make: () => T): readonly T[];
  /** True in `percent` of 100 cases. */
  chance(percent: number): boolean;
}

/** @param seed a whole number @see mulberry32, by Tommy Ettinger */
export function openRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  const pick = <T>(items: readonly T[]): T => {
    if (items.length === 0) throw new RangeError('there is nothing to choose from');
    return items[below(items.length)] as T;
  };
  return {
    below,
    pick,
    times: (min, max, make) => Array.from({ length: min + below(max - min + 1) }, make),
    chance: (percent) => below(100) < percent,
  };
}
