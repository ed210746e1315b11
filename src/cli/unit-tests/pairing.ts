/**
 * Gives each of `wanted` one of `found` that is its own, so that as many as can be have one: a wanted one that several
 * would fit leaves the others what fits nothing else.
 * @returns for each wanted one the index in `found`; undefined if none is left for it
 */
export function pairUp<W, F>(
  wanted: readonly W[],
  found: readonly F[],
  fits: (one: W, other: F) => boolean,
): readonly (number | undefined)[] {
  const choices = wanted.map((one) => found.flatMap((other, index) => (fits(one, other) ? [index] : [])));
  const ownerOf = new Map<number, number>();
  for (const start of wanted.keys()) giveOne(start, choices, ownerOf);
  const pairs = new Array<number | undefined>(wanted.length).fill(undefined);
  for (const [index, owner] of ownerOf) pairs[owner] = index;
  return pairs;
}

/** Finds one for `start`, if need be by giving its owner another, and so on. */
function giveOne(start: number, choices: readonly (readonly number[])[], ownerOf: Map<number, number>): void {
  const askedBy = new Map<number, number>();
  const asking = [start];
  for (let asker = asking.shift(); asker !== undefined; asker = asking.shift()) {
    for (const index of choices[asker] ?? []) {
      if (askedBy.has(index)) continue;
      askedBy.set(index, asker);
      const owner = ownerOf.get(index);
      if (owner !== undefined) {
        asking.push(owner);
        continue;
      }
      passOn(index, { askedBy, ownerOf, start });
      return;
    }
  }
}

/** Each asker on the way back takes what it asked for; what it had goes to the one before. */
function passOn(
  free: number,
  {
    askedBy,
    ownerOf,
    start,
  }: { readonly askedBy: ReadonlyMap<number, number>; readonly ownerOf: Map<number, number>; readonly start: number },
): void {
  const had = new Map([...ownerOf].map(([index, owner]) => [owner, index]));
  for (let index: number | undefined = free; index !== undefined;) {
    const asker = askedBy.get(index);
    if (asker === undefined) return;
    ownerOf.set(index, asker);
    index = asker === start ? undefined : had.get(asker);
  }
}
