import type { Octets } from '../octets.ts';

/** A word of a structured header. `special`: one character that separates. */
export interface HeaderWord {
  readonly kind: 'word' | 'quoted' | 'special';
  /** Without quotes and backslashes. */
  readonly value: Octets;
}

/** More words than that mean nothing to Postfix: `boundary`, `=`, `value`. */
const WORDS_A_PARAMETER = 3;

const TOKEN =
  /[ \t\r\n]+|(?<comment>\()|"(?<quoted>(?:\\[^]|[^"\\])*)(?:"|\\?$)|(?<special>[)<>@,;:\\/[\]?=\0-\x08\x0b\x0c\x0e-\x1f\x7f])|(?<word>[^\0-\x20\x7f()<>@,;:\\"/[\]?=]+)/y;

/**
 * Reads a structured header: what stands between semicolons, each with its first three words. Comments are left out.
 * @see RFC 2045 §5.1; Postfix's header_token(3)
 */
export function readParameters(value: Octets): readonly (readonly HeaderWord[])[] {
  const parameters: (readonly HeaderWord[])[] = [];
  let words: HeaderWord[] = [];
  const add = (word: HeaderWord) => {
    if (words.length < WORDS_A_PARAMETER) words.push(word);
  };
  const token = new RegExp(TOKEN);
  for (let match = token.exec(value); match !== null; match = token.exec(value)) {
    const { comment, quoted, special, word } = match.groups ?? {};
    if (comment !== undefined) {
      token.lastIndex = skipComment(value, token.lastIndex);
    } else if (quoted !== undefined) {
      add({ kind: 'quoted', value: unquote(quoted) });
    } else if (special === ';') {
      parameters.push(words);
      words = [];
    } else if (special !== undefined) {
      add({ kind: 'special', value: special });
    } else if (word !== undefined) {
      add({ kind: 'word', value: word });
    }
    if (token.lastIndex >= value.length) break;
  }
  return words.length === 0 ? parameters : [...parameters, words];
}

const SPACE_OR_COMMENT = /[ \t\r\n]+|\(/y;
const PLAIN_WORD = /[^\0-\x20\x7f()<>@,;:\\".[\]]+/y;

/** The first word of a header, behind comments; undefined if something else comes first. */
export function readFirstWord(value: Octets): Octets | undefined {
  let at = 0;
  const space = new RegExp(SPACE_OR_COMMENT);
  for (let match = space.exec(value); match !== null; match = space.exec(value)) {
    at = match[0] === '(' ? skipComment(value, space.lastIndex) : space.lastIndex;
    space.lastIndex = at;
  }
  const word = new RegExp(PLAIN_WORD);
  word.lastIndex = at;
  return word.exec(value)?.[0];
}

/** Folded lines are put together; what a backslash stands before is itself. */
function unquote(text: Octets): Octets {
  return text.replaceAll(/[ \t\r]*\n|\\([^]?)/g, (_, escaped: string | undefined) => escaped ?? '');
}

function skipComment(text: Octets, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at += 1) {
    const char = text[at];
    if (char === '\\') at += 1;
    else if (char === '(') depth += 1;
    else if (char === ')') depth -= 1;
    if (depth === 0) return at + 1;
  }
  return text.length;
}
