const LINK = /https?:\/\/[^\s<>"'`\\^{|}]{1,2048}/gi;
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
