// Which lines differ between two texts.
import { toLines } from './python/text.ts';

/** Beyond so many pairs of lines, what lies between the first and the last difference is shown as it is. */
const MOST_PAIRS = 4_000_000;

/** `- line` for what is only in `expected`, `+ line` for what is only in `got`, written as JSON writes it. */
export function diffLines(expected: string, got: string): readonly string[] {
  const [before, after] = [toLines(expected), toLines(got)];
  const most = Math.min(before.length, after.length);
  let [start, tail] = [0, 0];
  while (start < most && before[start] === after[start]) start += 1;
  while (tail < most - start && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  const left = before.slice(start, before.length - tail);
  const right = after.slice(start, after.length - tail);
  const kept = left.length * right.length > MOST_PAIRS ? [] : commonLines(left, right);
  const out: string[] = [];
  let [l, r] = [0, 0];
  for (const [i, j] of [...kept, [left.length, right.length] as const]) {
    out.push(
      ...left.slice(l, i).map((line) => `- ${show(line)}`),
      ...right.slice(r, j).map((line) => `+ ${show(line)}`),
    );
    [l, r] = [i + 1, j + 1];
  }
  return out;
}

/** A longest common subsequence: the places of its lines in both. */
function commonLines(left: readonly string[], right: readonly string[]): readonly (readonly [number, number])[] {
  const width = right.length + 1;
  const lengths = new Uint32Array((left.length + 1) * width);
  const at = (i: number, j: number): number => lengths[i * width + j] ?? 0;
  for (let i = left.length - 1; i >= 0; i -= 1) {
    for (let j = right.length - 1; j >= 0; j -= 1) {
      lengths[i * width + j] = left[i] === right[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const places: [number, number][] = [];
  for (let i = 0, j = 0; i < left.length && j < right.length;) {
    if (left[i] === right[j]) places.push([i++, j++]);
    else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
    else j += 1;
  }
  return places;
}

/** Newlines at the end are plain to see when they are missing. */
function show(line: string): string {
  return JSON.stringify(line);
}
