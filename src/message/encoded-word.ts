import { decodeText, hexDigit } from './part.ts';

interface EncodedWord {
  readonly charset: string;
  readonly encoding: 'b' | 'q';
  readonly text: string;
  /** Where it starts and what follows it. */
  readonly start: number;
  readonly end: number;
}

/** Charset (an RFC 2231 language after `*` is dropped) and encoding, at the `=?` where it is tried. */
const OPENING = /=\?([^?*\s]{1,64})(?:\*[^?\s]{0,64})?\?([BbQq])\?/y;
const BLANK = /^[ \t\r\n]*$/;

/**
 * Decodes every encoded word in `text`, which is unfolded and Unicode already (see `decodeOctets`). Blanks between
 * two of them vanish; characters that a mailer cut in two are put together; what can't be decoded stays as it is.
 * Tolerates what mailers do: blanks and `?` inside, words inside quotes, words over 75 octets.
 * @see RFC 2047 §6, RFC 2231 §5
 */
export function decodeEncodedWords(text: string): string {
  if (!text.includes('=?')) return text;
  let decoded = '';
  let from = 0;
  let run: EncodedWord[] = [];
  for (const word of encodedWords(text)) {
    const between = text.slice(from, word.start);
    const adjacent = run.length > 0 && BLANK.test(between);
    if (!adjacent || !isSameCode(run, word)) {
      decoded += decodeRun(run) + (adjacent ? '' : between);
      run = [];
    }
    run.push(word);
    from = word.end;
  }
  return decoded + decodeRun(run) + text.slice(from);
}

/**
 * The offset after the encoded word that starts at `start`, or -1 if none does: an address list doesn't split there.
 */
export function encodedWordEnd(text: string, start: number): number {
  OPENING.lastIndex = start;
  const opening = OPENING.exec(text);
  if (!opening) return -1;
  const textStart = start + opening[0].length;
  // A word of an address list is short; the bound keeps a list of unclosed ones linear.
  const rest = text.slice(textStart, textStart + 1000);
  const close = rest.indexOf('?=');
  const inner = rest.indexOf('=?');
  return close < 0 || (inner >= 0 && inner < close - 1) ? -1 : textStart + close + 2;
}

function* encodedWords(text: string): Generator<EncodedWord> {
  let close = -1;
  for (let start = text.indexOf('=?'); start >= 0;) {
    OPENING.lastIndex = start;
    const opening = OPENING.exec(text);
    let next = start + 2;
    if (opening) {
      const textStart = start + opening[0].length;
      if (close < textStart) close = text.indexOf('?=', textStart);
      if (close < 0) return;
      const inner = text.indexOf('=?', textStart);
      // Another word opens before this one closes: this one is broken, that one may be whole.
      if (inner < 0 || inner >= close - 1) {
        const [, charset = '', encoding] = opening;
        next = close + 2;
        yield {
          charset,
          encoding: encoding === 'B' || encoding === 'b' ? 'b' : 'q',
          text: text.slice(textStart, close),
          start,
          end: next,
        };
      }
    }
    start = text.indexOf('=?', next);
  }
}

function isSameCode(run: readonly EncodedWord[], word: EncodedWord): boolean {
  const last = run.at(-1);
  return last?.encoding === word.encoding && last.charset.toLowerCase() === word.charset.toLowerCase();
}

function decodeRun(run: readonly EncodedWord[]): string {
  const [first] = run;
  if (!first) return '';
  const pieces: Buffer[] = [];
  if (first.encoding === 'q') {
    for (const { text } of run) pieces.push(decodeQ(text));
  } else {
    // Some mailers cut the base64 text anywhere: what isn't whole is carried into the next word.
    let carried = '';
    for (const { text } of run) {
      carried += text;
      if (carried.length % 4 !== 0 && !carried.endsWith('=')) continue;
      pieces.push(Buffer.from(carried, 'base64'));
      carried = '';
    }
    pieces.push(Buffer.from(carried, 'base64'));
  }
  return decodeText(Buffer.concat(pieces), first.charset);
}

function decodeQ(text: string): Buffer {
  const source = Buffer.from(text, 'utf8');
  let length = 0;
  for (let i = 0; i < source.length; i += 1) {
    const octet = source[i] ?? 0;
    let out = octet === 0x5f ? 0x20 : octet;
    if (octet === 0x3d) {
      const high = hexDigit(source[i + 1]);
      const low = hexDigit(source[i + 2]);
      if (high >= 0 && low >= 0) {
        out = high * 16 + low;
        i += 2;
      }
    }
    source[length] = out;
    length += 1;
  }
  return source.subarray(0, length);
}
