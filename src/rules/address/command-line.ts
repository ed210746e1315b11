/** A word of a command line. */
export interface CommandWord {
  readonly text: string;
  /** A quote or an angle bracket is never closed. */
  readonly unclosed: boolean;
}

/**
 * Splits an SMTP command line into words, as Postfix does. White space separates, but not inside `"…"` and `<…>`; a
 * backslash takes away the next character's meaning. After `from:` and `to:` a word ends, so that `MAIL FROM:<a@b>` and
 * `MAIL FROM: <a@b>` are the same.
 * @param line without its line end
 * @see RFC 5321 §4.1.1; Postfix's smtpd_token(3)
 */
export function splitCommandLine(line: string): readonly CommandWord[] {
  const words: CommandWord[] = [];
  let start = -1; // of the word that is being read; -1 between words
  let unclosed = false;
  let at = 0;
  const end = () => {
    if (start >= 0) words.push({ text: line.slice(start, at), unclosed });
    start = -1;
    unclosed = false;
  };
  while (at < line.length) {
    const code = line.charCodeAt(at);
    if (isSpace(code)) {
      end();
      at += 1;
      continue;
    }
    if (start < 0) start = at;
    if (code === LESS_THAN || code === QUOTE) {
      const close = findClose(line, at + 1, code === QUOTE ? QUOTE : GREATER_THAN);
      unclosed ||= close < 0;
      at = close < 0 ? line.length : close + 1;
    } else {
      at = Math.min(at + (code === BACKSLASH ? 2 : 1), line.length);
      if (code === COLON && isPathKeyword(line, start, at)) end();
    }
  }
  end();
  return words;
}

const QUOTE = 0x22;
const COLON = 0x3a;
const LESS_THAN = 0x3c;
const GREATER_THAN = 0x3e;
const BACKSLASH = 0x5c;

/** C's isspace(3). */
function isSpace(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d);
}

/** The index of the character that closes what was opened before `from`, or -1. Brackets nest, and hold quotes. */
function findClose(line: string, from: number, closing: number): number {
  const open = [closing];
  for (let at = from; at < line.length; at += 1) {
    const code = line.charCodeAt(at);
    const wanted = open.at(-1);
    if (code === BACKSLASH) {
      at += 1;
    } else if (code === wanted) {
      open.pop();
      if (open.length === 0) return at;
    } else if (code === QUOTE) {
      open.push(QUOTE);
    } else if (code === LESS_THAN && wanted === GREATER_THAN) {
      open.push(GREATER_THAN);
    }
  }
  return -1;
}

function isPathKeyword(line: string, start: number, end: number): boolean {
  if (end - start > 5) return false;
  const word = line.slice(start, end).toLowerCase();
  return word === 'from:' || word === 'to:';
}
