import { foldAscii } from './raw-line.ts';

/** What was found in a piece of octets. */
export interface Found {
  /** Offsets of the first octets, ascending. */
  readonly at: readonly number[];
  /** There are more: at most {@link FOUND_MAX} are listed. */
  readonly isCut: boolean;
}

/** So many places are listed. */
export const FOUND_MAX = 10_000;

/** One character an octet: then offsets in the text are offsets of octets, and the engine's own search can be used. */
const LATIN1 = new TextDecoder('windows-1252');
/** So much is searched in one go: some milliseconds. */
const STEP_OCTETS = 512 * 1024;

/**
 * Finds each place of a text in octets; upper and lower case of ASCII are the same, as where a line is shown.
 * @param pieces that follow each other; a place may reach from one into the next
 * @param pause is awaited now and then, so that the page stays alive
 * @param signal aborts the search: it rejects
 */
export async function findInOctets(
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  needle: string,
  { pause, signal }: { readonly pause: () => Promise<void>; readonly signal: AbortSignal },
): Promise<Found> {
  const wanted = foldAscii(LATIN1.decode(new TextEncoder().encode(needle)));
  // Quick, but it takes halves of characters for letters, and finds too much: each place is looked at again.
  const loose = wanted.toLowerCase();
  const at: number[] = [];
  if (wanted === '') return { at, isCut: false };
  let tail = '';
  let offset = 0;
  for await (const piece of pieces) {
    for (let stepAt = 0; stepAt < piece.length; stepAt += STEP_OCTETS) {
      signal.throwIfAborted();
      const step = piece.subarray(stepAt, stepAt + STEP_OCTETS);
      const text = tail + LATIN1.decode(step);
      const folded = text.toLowerCase();
      const start = offset - tail.length;
      // What reaches over the joint was found with the piece before.
      let from = Math.max(0, (at.at(-1) ?? -Infinity) + wanted.length - start);
      for (let found = folded.indexOf(loose, from); found >= 0; found = folded.indexOf(loose, from)) {
        from = found + 1;
        if (foldAscii(text.slice(found, found + wanted.length)) !== wanted) continue;
        if (at.length === FOUND_MAX) return { at, isCut: true };
        at.push(start + found);
        from = found + wanted.length;
      }
      offset += step.length;
      tail = wanted.length > 1 ? text.slice(-(wanted.length - 1)) : '';
      await pause();
    }
  }
  return { at, isCut: false };
}
