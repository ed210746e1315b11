// Numbers that look random, and are the same for the same seed.

/** A source of choices. */
export interface Random {
  /** A whole number from 0 to below `limit`. */
  below(limit: number): number;
  /** One of them. @throws {RangeError} if there are none */
  pick<T>(items: readonly T[]): T;
  /** Some of them, at least `min` and at most `max`; one may come more than once. */
  some<T>(items: readonly T[], min: number, max: number): readonly T[];
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
    some: (items, min, max) => Array.from({ length: min + below(max - min + 1) }, () => pick(items)),
    chance: (percent) => below(100) < percent,
  };
}
