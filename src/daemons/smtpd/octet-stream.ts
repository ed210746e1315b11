import type { Content } from './content.ts';

/** What is made of lines that end with a bare LF. @see postconf(5), smtpd_forbid_bare_newline */
export type BareNewlines = 'no' | 'normalize' | 'reject';

/** A line of the dialogue: one character an octet, without its line end. */
export interface OctetLine {
  readonly octets: string;
  /** It ended with a bare LF. */
  readonly isBare: boolean;
  /** It was longer than the limit; the rest is skipped. */
  readonly isCut: boolean;
}

/**
 * The octets that a client sends, pulled as lines or as content, whichever the dialogue asks for next. How they were cut
 * into chunks makes no difference. When a read answers "more", all that was fed is used up: feed the next chunk.
 */
export interface OctetStream {
  /** Whether octets are left of what was fed. */
  readonly hasOctets: boolean;
  /** Gives the next chunk, once the one before is used up. It isn't copied. */
  feed(chunk: Buffer): void;
  /** The beginning of what is left of what was fed, without using it up. */
  peek(maxOctets: number): Buffer;
  /**
   * A line, up to CRLF or a bare LF, with any further CR before it. What exceeds the limit is skipped, as Postfix does.
   * @param limit in octets
   * @returns undefined: more octets are needed
   */
  readLine(limit: number): OctetLine | undefined;
  /**
   * Moves the content of DATA to `content`, dot-stuffing removed: one dot is dropped from every line that begins after
   * CRLF or a bare LF, but for the line that is the end. Only CRLF.CRLF ends it (the first CRLF may be that of the DATA
   * command); anything laxer lets a client smuggle in a second message. A lone dot with other line ends is dropped with
   * its line, as Postfix does.
   * @param bareNewlines with `no`, every lone dot ends it, whatever the line ends
   * @returns whether the end was reached; false: more octets are needed
   * @see RFC 5321 §4.5.2; postconf(5), smtpd_forbid_bare_newline
   */
  readData(content: Content, bareNewlines: BareNewlines): boolean;
  /**
   * Moves at most so many octets to `content`, as they are.
   * @param content undefined: they are dropped
   * @returns how many there were
   */
  readOctets(content: Content | undefined, maxOctets: number): number;
}

const DOT = 0x2e;
const CR = 0x0d;
const LF = 0x0a;
const LF_DOT = Buffer.from('\n.');
const NOTHING = Buffer.alloc(0);
/** So many CR may follow a lone dot: more make a line of it, so that they needn't be remembered. */
const MAX_HELD_CRS = 1024;

/** Where in DATA the next octet stands. `dot`: behind a dot that began a line, and the CR behind that. */
type DataState = 'after-crlf' | 'after-lf' | 'in-line' | 'dot';

/** Opens a stream that nothing was fed to yet. */
export function openOctetStream(): OctetStream {
  let chunk: Buffer = NOTHING;
  let at = 0;
  let beforeChunk = 0; // the octet before the chunk's first
  let line = '';
  let isCut = false;
  let state: DataState = 'after-crlf';
  /** Whether the dot came after CRLF. */
  let isAfterCrlf = true;
  /** CRs behind the dot: they aren't content yet. */
  let heldCrs = 0;
  /** Of these, how many came in chunks before. */
  let heldBefore = 0;

  const readLine = (limit: number): OctetLine | undefined => {
    const lineFeed = chunk.indexOf(LF, at);
    const end = lineFeed < 0 ? chunk.length : lineFeed;
    const room = limit - line.length;
    isCut ||= end - at > room;
    if (room > 0) line += chunk.toString('latin1', at, Math.min(end, at + room));
    if (lineFeed < 0) {
      at = end;
      return undefined;
    }
    const isBare = octetBefore(lineFeed) !== CR;
    at = end + 1;
    let length = line.length;
    while (length > 0 && line.charCodeAt(length - 1) === CR) length -= 1;
    const read = { octets: length === line.length ? line : line.slice(0, length), isBare, isCut };
    line = '';
    isCut = false;
    return read;
  };

  const isAfterCrlfDotCr = () => isAfterCrlf && heldCrs === 1;
  const readData = (content: Content, bareNewlines: BareNewlines): boolean => {
    const isLax = bareNewlines === 'no';
    const mostCrs = isLax ? MAX_HELD_CRS : 1;
    let kept = at; // octets before this one are in the content, or dropped
    const keepTo = (end: number) => {
      if (end > kept) content.add(chunk.subarray(kept, end));
    };
    while (at < chunk.length) {
      switch (state) {
        case 'after-crlf':
        case 'after-lf':
          if (chunk[at] === DOT) {
            keepTo(at);
            at += 1;
            kept = at;
            isAfterCrlf = state === 'after-crlf';
            heldCrs = heldBefore = 0;
            state = 'dot';
          } else {
            state = 'in-line';
          }
          break;
        case 'dot':
          if (chunk[at] === CR && heldCrs < mostCrs) {
            heldCrs += 1;
            at += 1;
          } else if (chunk[at] === LF && (isLax || isAfterCrlfDotCr())) {
            at += 1;
            state = 'after-crlf';
            return true;
          } else if (chunk[at] === LF && bareNewlines === 'normalize') {
            at += 1;
            kept = at;
            state = heldCrs > 0 ? 'after-crlf' : 'after-lf';
          } else {
            if (heldBefore > 0) content.add(Buffer.alloc(heldBefore, CR));
            state = 'in-line';
          }
          break;
        case 'in-line': {
          const lineFeed = chunk.indexOf(LF_DOT, at);
          if (lineFeed >= 0) {
            state = octetBefore(lineFeed) === CR ? 'after-crlf' : 'after-lf';
            at = lineFeed + 1;
          } else {
            at = chunk.length;
            if (chunk[at - 1] === LF) state = octetBefore(at - 1) === CR ? 'after-crlf' : 'after-lf';
          }
          break;
        }
      }
    }
    keepTo(state === 'dot' ? at - (heldCrs - heldBefore) : at);
    heldBefore = heldCrs;
    return false;
  };

  const octetBefore = (index: number) => (index > 0 ? chunk[index - 1] : beforeChunk);

  return {
    get hasOctets() {
      return at < chunk.length;
    },
    feed(next) {
      beforeChunk = chunk[chunk.length - 1] ?? beforeChunk;
      chunk = next;
      at = 0;
    },
    peek: (maxOctets) => chunk.subarray(at, at + maxOctets),
    readLine,
    readData,
    readOctets(content, maxOctets) {
      const end = Math.min(chunk.length, at + maxOctets);
      const octets = chunk.subarray(at, end);
      if (octets.length > 0) content?.add(octets);
      at = end;
      return octets.length;
    },
  };
}
