import type { IntakeShare } from './intake-budget.ts';

/** The content of a message while it comes in. */
export interface Content {
  /** Octets seen, kept or not. */
  readonly sizeBytes: number;
  /** More than the limit came: nothing of it is kept. */
  readonly tooBig: boolean;
  /** Appends octets. They aren't copied yet: leave them alone. */
  add(octets: Buffer): void;
  /** How many lines that are kept end with a bare LF. */
  countBareNewlines(): number;
  /** How many octets are kept since the last line end. */
  countPartialLine(): number;
  /** All octets, in memory of their own that can be handed over to another thread. Call it once, at the end. */
  take(): Uint8Array;
}

const LF = 0x0a;
const CR = 0x0d;
/** Of pieces smaller than this on average, so many are joined to one: each has a cost of its own. */
const PIECES_TO_JOIN = 512;
const SMALL_PIECE_BYTES = 1024;

/**
 * Gathers content by reference, so that each octet is copied once (twice, where it comes in tiny pieces).
 * @param limitBytes message_size_limit; 0 for none
 * @param share where the memory taken is counted
 */
export function openContent(limitBytes: number, share: IntakeShare): Content {
  let pieces: Buffer[] = [];
  let joinedPieces = 0;
  let joinedBytes = 0;
  let sizeBytes = 0;
  let tooBig = false;

  const joinSmallPieces = () => {
    if (sizeBytes - joinedBytes < PIECES_TO_JOIN * SMALL_PIECE_BYTES) {
      pieces.push(Buffer.concat(pieces.splice(joinedPieces)));
    }
    joinedPieces = pieces.length;
    joinedBytes = sizeBytes;
  };
  return {
    get sizeBytes() {
      return sizeBytes;
    },
    countBareNewlines() {
      let count = 0;
      let before = 0;
      for (const piece of pieces) {
        for (let at = piece.indexOf(LF); at >= 0; at = piece.indexOf(LF, at + 1)) {
          if ((at === 0 ? before : piece[at - 1]) !== CR) count += 1;
        }
        before = piece.at(-1) ?? before;
      }
      return count;
    },
    countPartialLine() {
      let count = 0;
      for (const piece of pieces.toReversed()) {
        const lineFeed = piece.lastIndexOf(LF);
        count += piece.length - 1 - lineFeed;
        if (lineFeed >= 0) break;
      }
      return count;
    },
    get tooBig() {
      return tooBig;
    },
    add(octets) {
      sizeBytes += octets.length;
      if (tooBig) return;
      if (limitBytes > 0 && sizeBytes > limitBytes) {
        tooBig = true;
        pieces = [];
        share[Symbol.dispose]();
        return;
      }
      share.hold(octets.length);
      pieces.push(octets);
      if (pieces.length - joinedPieces >= PIECES_TO_JOIN) joinSmallPieces();
    },
    take() {
      const whole = Buffer.allocUnsafeSlow(sizeBytes);
      let at = 0;
      for (const piece of pieces) at += piece.copy(whole, at);
      pieces = [];
      return whole;
    },
  };
}
