const SNIPPET_BYTES = 200;
const SEARCH_TEXT_BYTES = 256 * 1024;
/** Every run of whitespace but a single space, which nearly all are and which stays. */
const BLANKS = /[^\S ]\s*| \s+/g;
/** What senders pad a preview with: soft hyphens, joiners, marks that show nothing. */
const INVISIBLE = /[\u00ad\u034f\u200b-\u200f\u2060]/;
const PADDING = /[ \u00ad\u034f\u200b-\u200f\u2060]+/g;

/** Text on one line: runs of whitespace, and of invisible characters with whitespace among them, are one space. */
export function collapse(text: string): string {
  const collapsed = text.replace(BLANKS, ' ').trim();
  if (!INVISIBLE.test(collapsed)) return collapsed;
  return collapsed.replace(PADDING, (run) => (run.includes(' ') ? ' ' : run)).trim();
}

/** The first 200 octets of collapsed text, whole characters, then `...` if there was more. */
export function toSnippet(collapsed: string): string {
  const start = cut(collapsed, SNIPPET_BYTES);
  return start.length < collapsed.length ? `${start.trimEnd()}...` : start;
}

/** The first 256 KB of UTF-8 of what search is to find. */
export function toSearchText(collapsed: string, links: readonly string[]): string {
  return cut(links.length === 0 ? collapsed : `${collapsed} ${links.join(' ')}`.trim(), SEARCH_TEXT_BYTES);
}

/** The longest start of `text` that takes at most `bytes` octets of UTF-8. */
function cut(text: string, bytes: number): string {
  if (text.length * 3 <= bytes) return text;
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(bytes));
  return text.slice(0, read);
}
