import type { DialogueLine } from './session.ts';

/** What is kept of a session's dialogue. */
const MAX_DIALOGUE_BYTES = 256 * 1024;

/** How much of a session's dialogue is kept so far. */
export interface DialogueSize {
  readonly bytes: number;
  readonly truncated: boolean;
}

/** A dialogue of which nothing is kept yet. */
export const EMPTY_DIALOGUE: DialogueSize = { bytes: 0, truncated: false };

/** How much of a dialogue the lines take up. */
export function dialogueBytes(lines: readonly DialogueLine[]): number {
  return lines.reduce((bytes, { text }) => bytes + Buffer.byteLength(text), 0);
}

/** The dialogue's size with lines of so many bytes; undefined if {@link limitDialogue} must cut them. */
export function growDialogue(size: DialogueSize, bytes: number): DialogueSize | undefined {
  const grown = size.bytes + bytes;
  return size.truncated || grown > MAX_DIALOGUE_BYTES ? undefined : { bytes: grown, truncated: false };
}

/**
 * Cuts what is to be appended to a dialogue to the room that is left: 256 KB of text a session, then one line that says
 * so, then nothing.
 */
export function limitDialogue(
  size: DialogueSize,
  lines: readonly DialogueLine[],
): { readonly lines: readonly DialogueLine[]; readonly size: DialogueSize } {
  if (size.truncated) return { lines: [], size };
  let bytes = size.bytes;
  for (const [index, line] of lines.entries()) {
    bytes += Buffer.byteLength(line.text);
    if (bytes > MAX_DIALOGUE_BYTES) {
      const note: DialogueLine = {
        atMs: line.atMs,
        from: 'note',
        text: `(the dialogue is longer than ${MAX_DIALOGUE_BYTES / 1024} KB: the rest was not kept)`,
      };
      return { lines: [...lines.slice(0, index), note], size: { bytes: MAX_DIALOGUE_BYTES, truncated: true } };
    }
  }
  return { lines, size: { bytes, truncated: false } };
}
