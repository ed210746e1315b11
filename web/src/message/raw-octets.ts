/** The octets of a message as far as they are loaded, and where its lines begin. */
export interface RawOctets {
  readonly pieces: readonly Uint8Array[];
  /** Octets in all. */
  readonly length: number;
  /** The offset of each line's first octet; what follows the last line feed is a line if there is something. */
  readonly starts: readonly number[];
}

/** Nothing loaded yet. */
export const NO_OCTETS: RawOctets = { pieces: [], length: 0, starts: [] };

const LF = 0x0a;

/** With the next piece behind it. Lines end with LF. */
export function addOctets(before: RawOctets, piece: Uint8Array): RawOctets {
  if (piece.length === 0) return before;
  const fresh: number[] = [];
  if (before.length === 0 || before.pieces.at(-1)?.at(-1) === LF) fresh.push(before.length);
  for (let at = piece.indexOf(LF); at >= 0 && at + 1 < piece.length; at = piece.indexOf(LF, at + 1)) {
    fresh.push(before.length + at + 1);
  }
  return {
    pieces: [...before.pieces, piece],
    length: before.length + piece.length,
    starts: before.starts.concat(fresh),
  };
}

/** Octets `start` … `end` (exclusive), as far as they are loaded. */
export function sliceOctets({ pieces }: RawOctets, start: number, end: number): Uint8Array {
  const found: Uint8Array[] = [];
  let from = 0;
  for (const piece of pieces) {
    const to = from + piece.length;
    if (to > start && from < end)
      found.push(piece.subarray(Math.max(0, start - from), Math.min(piece.length, end - from)));
    if (to >= end) break;
    from = to;
  }
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  const whole = new Uint8Array(found.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of found) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** The octets of a line, its line end included. @param line from 0 */
export function lineOctets(raw: RawOctets, line: number): Uint8Array {
  return sliceOctets(raw, raw.starts[line] ?? raw.length, raw.starts[line + 1] ?? raw.length);
}

/** The line, from 0, that an octet is in. */
export function lineAt({ starts }: RawOctets, offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
