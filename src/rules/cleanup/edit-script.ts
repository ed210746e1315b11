/**
 * The queued form of a message: the raw octets plus these edits, in ascending order and without overlap. Each replaces
 * the raw octets from `start` to `end` (exclusive) with `octets`; `start === end` inserts.
 */
export type EditScript = readonly Edit[];

/** One change. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly octets: Uint8Array;
}

/** The raw octets with the edits made. Without edits the same array, not a copy. */
export function applyEdits(raw: Uint8Array, edits: EditScript): Uint8Array {
  if (edits.length === 0) return raw;
  const pieces: Uint8Array[] = [];
  let at = 0;
  for (const { start, end, octets } of edits) {
    pieces.push(raw.subarray(at, start), octets);
    at = end;
  }
  pieces.push(raw.subarray(at));
  return Buffer.concat(pieces);
}

/** How many octets there are with the edits made. */
export function measureEdited(raw: Uint8Array, edits: EditScript): number {
  return edits.reduce((size, { start, end, octets }) => size + octets.byteLength - (end - start), raw.byteLength);
}
