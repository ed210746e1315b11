import type { Content } from './content.ts';

/**
 * The octets that a client sends, pulled as lines or as content, whichever the dialogue asks for next. How they were cut
 * into chunks makes no difference. When a read answers "more", all that was fed is used up: feed the next chunk.
 */
export interface OctetStream {
  /** Whether octets are left of what was fed. */
  readonly hasOctets: boolean;
  /** Gives the next chunk, once the one before is used up. It isn't copied. */
  feed(chunk: Buffer): void;
  /**
   * A command line: one character an octet, without its line end (CRLF or a bare LF, with any further CR before it). What
   * exceeds the limit is skipped, as Postfix does.
   * @returns undefined: more octets are needed
   */
  readLine(): string | undefined;
  /**
   * Moves the content of DATA to `content`, dot-stuffing removed: one dot is dropped from every line that begins after
   * CRLF or a bare LF, but for the line that is the end. Only CRLF.CRLF ends it (the first CRLF may be that of the DATA
   * command); anything laxer lets a client smuggle in a second message.
   * @returns whether the end was reached; false: more octets are needed
   * @see RFC 5321 §4.5.2; postconf(5), smtpd_forbid_bare_newline = yes
   */
  readData(content: Content): boolean;
}

const DOT = 0x2e;
const CR = 0x0d;
const LF = 0x0a;
const LF_DOT = Buffer.from('\n.');
const LONE_CR = Buffer.from('\r');
const NOTHING = Buffer.alloc(0);

/** Where in DATA the next octet stands. `dot-cr`: the CR isn't content yet. */
type DataState = 'after-crlf' | 'after-lf' | 'in-line' | 'dot' | 'dot-cr';

/**
 * Opens a stream that nothing was fed to yet.
 * @param lineLimit line_length_limit, in octets
 */
export function openOctetStream(lineLimit: number): OctetStream {
  let chunk: Buffer = NOTHING;
  let at = 0;
  let beforeChunk = 0; // the octet before the chunk's first
  let line = '';
  let state: DataState = 'after-crlf';

  const readLine = (): string | undefined => {
    const lineFeed = chunk.indexOf(LF, at);
    const end = lineFeed < 0 ? chunk.length : lineFeed;
    const room = lineLimit - line.length;
    if (room > 0) line += chunk.toString('latin1', at, Math.min(end, at + room));
    if (lineFeed < 0) {
      at = end;
      return undefined;
    }
    at = end + 1;
    const whole = line;
    line = '';
    let length = whole.length;
    while (length > 0 && whole.charCodeAt(length - 1) === CR) length -= 1;
    return length === whole.length ? whole : whole.slice(0, length);
  };

  const readData = (content: Content): boolean => {
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
            state = state === 'after-crlf' ? 'dot' : 'in-line';
          } else {
            state = 'in-line';
          }
          break;
        case 'dot':
          if (chunk[at] === CR) {
            at += 1;
            state = 'dot-cr';
          } else {
            state = 'in-line';
          }
          break;
        case 'dot-cr':
          if (chunk[at] === LF) {
            at += 1;
            state = 'after-crlf';
            return true;
          }
          if (at === 0) content.add(LONE_CR);
          state = 'in-line';
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
    keepTo(state === 'dot-cr' ? at - 1 : at);
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
    readLine,
    readData,
  };
}
