import type { Octets } from '../octets.ts';

/** A piece of a text. */
export interface Piece {
  readonly text: Octets;
  /** Where it begins in the whole. */
  readonly offset: number;
}

/** What separates the words of master.cf. */
const BLANKS = ' \t\r\n';

/** What separates the items of a list in main.cf. */
export const LIST_SEPARATORS = ', \t\r\n';

/**
 * Splits text at blanks, but not between `{` and the `}` that closes it; a `{` that nothing closes reaches to the end.
 * @param separators what counts as a blank; that of master.cf, unless it is {@link LIST_SEPARATORS}
 * @see Postfix's mystrtok(3), mystrtokq
 */
export function splitOutsideBraces(
  text: Octets,
  separators: typeof BLANKS | typeof LIST_SEPARATORS = BLANKS,
): readonly Piece[] {
  const pieces: Piece[] = [];
  if (!text.includes('{')) {
    const words = separators === BLANKS ? /[^ \t\r\n]+/g : /[^, \t\r\n]+/g;
    for (const { 0: word, index } of text.matchAll(words)) pieces.push({ text: word, offset: index });
    return pieces;
  }
  let start = -1;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (depth === 0 && separators.includes(char)) {
      if (start >= 0) pieces.push({ text: text.slice(start, at), offset: start });
      start = -1;
      continue;
    }
    if (start < 0) start = at;
    if (char === '{') depth++;
    else if (char === '}' && depth > 0) depth--;
  }
  if (start >= 0) pieces.push({ text: text.slice(start), offset: start });
  return pieces;
}

/** Whether blanks would take the text apart, unless it stood in braces. */
export function hasBlanks(text: Octets): boolean {
  return /[ \t\r\n]/.test(text);
}

/**
 * Takes the braces and the white space inside them away from a text that begins with `{`.
 * @returns with `fault` if the braces are wrong, in Postfix's words, and the text as if they weren't
 * @see Postfix's extpar(3)
 */
export function extractBraced(text: Octets): { readonly text: Octets; readonly fault?: string } {
  const end = findClosingBrace(text);
  if (end < 0) return { text: trimBlanks(text.slice(1)), fault: `missing '}' in "${text}"` };
  const inner = trimBlanks(text.slice(1, end));
  return end === text.length - 1 ? { text: inner } : { text: inner, fault: `syntax error after '}' in "${text}"` };
}

function findClosingBrace(text: Octets): number {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '{') depth++;
    else if (char === '}' && --depth === 0) return at;
  }
  return -1;
}

const SPACE = ' \t\n\v\f\r';

/** Text without white space at its ends, ASCII's alone. */
export function trimBlanks(text: Octets): Octets {
  let start = 0;
  let end = text.length;
  while (start < end && SPACE.includes(text.charAt(start))) start++;
  while (end > start && SPACE.includes(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}
