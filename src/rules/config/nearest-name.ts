/**
 * The one of `known` that `name` most likely stands for: by the number of letters mistyped, else one that is made of
 * the same words (`smtp_port` for `catch_smtp_port`). Of equals the first.
 * @returns undefined if nothing is near
 */
export function findNearestName(name: string, known: Iterable<string>): string | undefined {
  const candidates = [...known];
  // A third of the letters: beyond that a suggestion is a guess.
  let least = Math.max(1, Math.floor(name.length / 3)) + 1;
  let nearest: string | undefined;
  for (const candidate of candidates) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance < least) {
      least = distance;
      nearest = candidate;
    }
  }
  return nearest ?? candidates.find((candidate) => sharesWords(wordsOf(name), wordsOf(candidate)));
}

/**
 * How many letters must be put in, taken out, changed, or swapped with their neighbour to make `a` of `b`
 * (Damerau–Levenshtein, in the form where no part is edited twice).
 */
export function editDistance(a: string, b: string): number {
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = a[i - 1] === b[j - 1] ? 0 : 1;
      const swapped =
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(beforeLast, j - 2) + 1 : Infinity;
      row.push(Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + changed, swapped));
    }
    beforeLast = last;
    last = row;
  }
  return at(last, b.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Infinity;
}

function wordsOf(name: string): ReadonlySet<string> {
  return new Set(name.toLowerCase().split(/[^a-z0-9]+/));
}

/** Whether one of them has every word of the other. */
function sharesWords(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const [few, many] = a.size < b.size ? [a, b] : [b, a];
  return [...few].every((word) => many.has(word));
}
