/**
 * What a token of an address is: a word, a `"quoted word"`, a `[domain literal]`, a `(comment)`, or one character that
 * means something.
 */
export type AddressTokenKind = 'atom' | 'quoted' | 'literal' | 'comment' | AddressOperator;

/** A character that is a token of its own. */
export type AddressOperator = '|' | '%' | '!' | '<' | '>' | '@' | ',' | ';' | ':' | '.' | ')' | ']';

/** A token, and where it stands in the text. */
export interface AddressToken {
  readonly kind: AddressTokenKind;
  /** Without quotes and backslashes; a literal has its brackets, a comment is as written. */
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Reads the tokens of an RFC 822 address, or of a list of them. What isn't closed is read to the end; white space within
 * a token becomes a blank.
 * @param limit at most so many tokens; the rest is left out
 * @see RFC 822 §3.3; Postfix's tok822_scan(3)
 */
export function scanAddress(text: string, limit = Infinity): readonly AddressToken[] {
  const tokens: AddressToken[] = [];
  let at = 0;
  while (at < text.length && tokens.length < limit) {
    const start = at;
    const char = text.charAt(at);
    if (SPACE.includes(char)) {
      at += 1;
    } else if (char === '(') {
      at = findCommentEnd(text, at + 1);
      tokens.push({ kind: 'comment', value: text.slice(start, at), start, end: at });
    } else if (char === '[' || char === '"') {
      const { value, end } = readWord(text, at + 1, char === '[' ? LITERAL : QUOTED);
      at = Math.min(end + 1, text.length);
      if (char === '[') tokens.push({ kind: 'literal', value: `[${value}]`, start, end: at });
      else tokens.push({ kind: 'quoted', value, start, end: at });
    } else if (isOperator(char)) {
      at += 1;
      tokens.push({ kind: char, value: char, start, end: at });
    } else {
      const { value, end } = readWord(text, at, ATOM);
      at = end;
      tokens.push({ kind: NEEDS_QUOTES.test(value) ? 'quoted' : 'atom', value, start, end });
    }
  }
  return tokens;
}

/**
 * Tokens as text in internal form: quotes and backslashes are gone.
 * @param isSpaced whether words that stood apart stay apart, and a blank follows a comma
 * @see Postfix's tok822_internalize(3)
 */
export function toInternalText(tokens: readonly AddressToken[], isSpaced = true): string {
  let text = '';
  for (const [index, token] of tokens.entries()) {
    text += token.value;
    const next = tokens[index + 1];
    if (isSpaced && next !== undefined && wantsSpaceBetween(token.kind, next.kind)) text += ' ';
  }
  return text;
}

/** Whether a blank is written between two neighbours that stand outside of an address. */
export function wantsSpaceBetween(kind: AddressTokenKind | 'address', next: AddressTokenKind | 'address'): boolean {
  return kind === ',' || next === '<' || (isWord(kind) && isWord(next));
}

const SPACE = ' \t\r\n';
const OPERATORS = '|%!<>@,;:.)]';
const ATOM_END = `${SPACE}${OPERATORS}("[`;

/** Where a kind of word ends. */
interface WordEnds {
  readonly stops: string;
  /** By their codes, 1 for these, and for what is read otherwise than it is written. */
  readonly codes: Uint8Array;
}

function toWordEnds(stops: string): WordEnds {
  const codes = new Uint8Array(128);
  for (const char of `${stops}\\\t\r\n`) codes[char.charCodeAt(0)] = 1;
  return { stops, codes };
}

const ATOM = toWordEnds(ATOM_END);
const LITERAL = toWordEnds(']');
const QUOTED = toWordEnds('"');

/** A backslash may have put such a character into an atom. */
const NEEDS_QUOTES = /[\0- \x7f|%!()<>@,;:\\".[\]]/;

function isOperator(char: string): char is AddressOperator {
  return OPERATORS.includes(char);
}

function isWord(kind: AddressTokenKind | 'address'): boolean {
  return kind.length > 1;
}

/** Reads to one of `stops`; a backslash takes away the next character's meaning. */
function readWord(
  text: string,
  from: number,
  { stops, codes }: WordEnds,
): { readonly value: string; readonly end: number } {
  let at = from;
  // Mostly the word goes so far, and is in the text as it is.
  while (at < text.length && codes[text.charCodeAt(at)] !== 1) at += 1;
  let value = text.slice(from, at);
  while (at < text.length) {
    let char = text.charAt(at);
    if (char === '\\') {
      at += 1;
      if (at === text.length) break;
      char = text.charAt(at);
    } else if (stops.includes(char)) {
      break;
    }
    value += SPACE.includes(char) ? ' ' : char;
    at += 1;
  }
  return { value, end: at };
}

/** Behind the `)` that closes the comment opened before `from`; comments nest. */
function findCommentEnd(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at += 1) {
    const character = text[at];
    if (character === '\\') at += 1;
    else if (character === '(') depth += 1;
    else if (character === ')') depth -= 1;
    if (depth === 0) return at + 1;
  }
  return text.length;
}
