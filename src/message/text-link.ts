/** Control, zero-width and bidi characters end it: no browser takes them, and what is seen wouldn't be what is meant. */
const LINK = /https?:\/\/[^\s<>"'`\\^{|}\u0000-\u001f\u200b-\u200f\u202a-\u202e\u2066-\u2069]{1,2048}/gi;
/** What ends a sentence, not a link. */
const PUNCTUATION = '.,;:!?)]*_';

/** http and https links in plain text, in order, each once, at most `limit`. */
export function findTextLinks(text: string, limit: number): readonly string[] {
  const found = new Set<string>();
  for (const [match] of text.matchAll(LINK)) {
    let end = match.length;
    while (PUNCTUATION.includes(match.charAt(end - 1))) end -= 1;
    found.add(match.slice(0, end));
    if (found.size >= limit) break;
  }
  return [...found];
}
