/** Brings tags into the form in which they are kept: without NUL, trimmed, each once, sorted; empty ones left out. */
export function normaliseTags(tags: readonly string[]): readonly string[] {
  return [...new Set(tags.map((tag) => tag.replaceAll('\0', '').trim()).filter((tag) => tag !== ''))].sort();
}

/** Whether two normalised lists are the same. */
export function sameTags(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((tag, index) => tag === b[index]);
}

/** The tags after `tag` was renamed `to`, or taken away. */
export function replaceTag(tags: readonly string[], tag: string, to: string | undefined): readonly string[] {
  return normaliseTags(tags.flatMap((one) => (one !== tag ? [one] : to === undefined ? [] : [to])));
}
