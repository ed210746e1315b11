import type { Octets } from '../octets.ts';
import type { Edit, EditScript } from './edit-script.ts';

/** Writes an edit script, from the first octet to the last. */
export interface EditWriter {
  /**
   * Lines become other lines. Where they are the same, nothing is written down.
   * @param octets with CRLF after each line; empty: the lines are gone
   */
  replace(start: number, end: number, octets: Octets): void;
  /** All that wasn't named stays. */
  finish(): EditScript;
}

const CR = 13;
const LF = 10;
/** Where there is one stray line end there are many: so much is replaced as a whole. */
const STRAY_BLOCK_BYTES = 65_536;

/**
 * Starts an edit script. What stays has CRLF after each line in the end, and no other CR or LF: Postfix takes a lone LF
 * for a line end and stores a lone CR as a space (cleanup_replace_stray_cr_lf).
 */
export function openEditWriter(raw: Buffer): EditWriter {
  const edits: Edit[] = [];
  let open: { readonly start: number; end: number; readonly pieces: Octets[] } | undefined;
  let at = 0;
  const close = () => {
    if (open === undefined) return;
    edits.push({ start: open.start, end: open.end, octets: Buffer.from(open.pieces.join(''), 'latin1') });
    open = undefined;
  };
  const write = (start: number, end: number, octets: Octets) => {
    if (open?.end === start) {
      open.end = end;
      open.pieces.push(octets);
    } else {
      close();
      open = { start, end, pieces: [octets] };
    }
  };
  const keepTo = (end: number) => {
    for (let stray = findStray(raw, at, end); stray < end; stray = findStray(raw, at, end)) {
      const line = raw.indexOf(LF, Math.min(stray + STRAY_BLOCK_BYTES, end - 1));
      const blockEnd = line < 0 || line >= end ? end : line + 1;
      write(stray, blockEnd, mendLineEnds(raw.toString('latin1', stray, blockEnd)));
      at = blockEnd;
    }
    at = end;
  };
  return {
    replace(start, end, octets) {
      keepTo(start);
      at = end;
      if (raw.toString('latin1', start, end) !== octets) write(start, end, octets);
    },
    finish() {
      const lacksLineEnd = at < raw.length && raw[raw.length - 1] !== LF;
      keepTo(raw.length);
      if (lacksLineEnd) write(raw.length, raw.length, '\r\n');
      close();
      return edits;
    },
  };
}

/** The first CR or LF that isn't of a CRLF; `end` if there is none. */
function findStray(raw: Buffer, from: number, end: number): number {
  for (let at = from; at < end; at += 1) {
    const octet = raw[at];
    if (octet === LF) return at;
    if (octet === CR) {
      if (raw[at + 1] !== LF) return at;
      at += 1;
    }
  }
  return end;
}

function mendLineEnds(text: Octets): Octets {
  return text.replaceAll(/\r+\n?|\n/g, (found) => (found.endsWith('\n') ? '\r\n' : ' '.repeat(found.length)));
}
