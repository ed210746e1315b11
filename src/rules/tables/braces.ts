import { extractBraced, LIST_SEPARATORS, splitOutsideBraces } from '../config/braces.ts';
import type { Octets } from '../octets.ts';

/** How long the text in balanced braces is that `text` begins with, braces included; 0 if there is none. @see balpar(3) */
export function measureBraces(text: Octets): number {
  let level = 0;
  for (let index = 0; index < text.length; index++) {
    const character = text.charAt(index);
    if (character === '{') level++;
    else if (character === '}') level--;
    if (level === 0) return character === '}' ? index + 1 : 0;
  }
  return 0;
}

/** What is between the braces that `text` begins and ends with; undefined if it doesn't, or if there is nothing. */
export function unwrapBraces(text: Octets): Octets | undefined {
  return text.length > 2 && measureBraces(text) === text.length ? text.slice(1, -1) : undefined;
}

/** What is between braces, without white space at its ends; or what is wrong, in Postfix's words. @see extpar(3) */
export function extractBraces(text: Octets): { readonly text: Octets } | { readonly fault: string } {
  if (!text.startsWith('{')) return { fault: `no '{' at start of text in "${text}"` };
  const { text: inner, fault } = extractBraced(text);
  return fault === undefined ? { text: inner } : { fault };
}

/** Splits at commas and white space, but not between braces. @see mystrtokq(3) */
export function splitItems(text: Octets): readonly Octets[] {
  return splitOutsideBraces(text, LIST_SEPARATORS).map((piece) => piece.text);
}
