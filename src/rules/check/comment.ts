import type { MainCfEntry } from '../config/main-cf.ts';
import type { Octets } from '../octets.ts';

/** A comment that stands behind a value. */
export interface TrailingComment {
  /** Where its `#` is in the value. */
  readonly start: number;
  /** Where the line ends that it stands on. */
  readonly end: number;
}

const HASH_AFTER_BLANK = /(?:^|[ \t])#/g;

/**
 * The comments behind the values of an entry's lines. A `#` within braces or a word is none: it may be meant.
 */
export function findComments({ value, placeOf }: Pick<MainCfEntry, 'value' | 'placeOf'>): readonly TrailingComment[] {
  if (!value.includes('#')) return [];
  const comments: TrailingComment[] = [];
  let end = 0;
  for (const { index, 0: matched } of value.matchAll(HASH_AFTER_BLANK)) {
    const start = index + matched.length - 1;
    if (start < end || isWithinBraces(value, start)) continue;
    end = findLineEnd(value, start, placeOf);
    comments.push({ start, end });
  }
  return comments;
}

/** The value as it was meant: without comments and the white space before them. */
export function withoutComments(entry: Pick<MainCfEntry, 'value' | 'placeOf'>): Octets {
  const comments = findComments(entry);
  if (comments.length === 0) return entry.value;
  let meant = '';
  let from = 0;
  for (const { start, end } of comments) {
    meant += entry.value.slice(from, start).replace(/[ \t]+$/, '');
    from = end;
  }
  return (meant + entry.value.slice(from)).trim();
}

function isWithinBraces(value: Octets, offset: number): boolean {
  let depth = 0;
  for (let at = 0; at < offset; at++) {
    const char = value.charAt(at);
    if (char === '{') depth++;
    else if (char === '}' && depth > 0) depth--;
  }
  return depth > 0;
}

/** The first offset after `start` that stands on another line. */
function findLineEnd(value: Octets, start: number, placeOf: MainCfEntry['placeOf']): number {
  const { line } = placeOf(start);
  if (placeOf(value.length).line === line) return value.length;
  let [low, high] = [start, value.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (placeOf(middle).line === line) low = middle + 1;
    else high = middle;
  }
  return low;
}
