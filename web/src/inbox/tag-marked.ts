import type { MarkedParts } from './marked.ts';

/** Gives them a tag, or takes it away; those they have beside it stay. */
export async function tagMarked(
  { api, inbox, marks, notices, strings }: MarkedParts,
  tag: string,
  isAdded: boolean,
): Promise<void> {
  try {
    const isMarked = inbox.rows.map((row) => marks.has(row));
    const rows = (await inbox.loadRows(isMarked.indexOf(true), isMarked.lastIndexOf(true) + 1)).filter((row) =>
      marks.has(row),
    );
    const byTags = new Map<string, { readonly tags: readonly string[]; readonly ids: string[] }>();
    for (const { ID, Tags } of rows) {
      const others = Tags.filter((other) => other.toLowerCase() !== tag.toLowerCase());
      const tags = isAdded ? [...others, tag] : others;
      const key = JSON.stringify(tags);
      const group = byTags.get(key) ?? { tags, ids: [] };
      group.ids.push(ID);
      byTags.set(key, group);
    }
    for (const { ids, tags } of byTags.values()) await api.setTags(ids, tags);
    marks.clear();
  } catch (cause) {
    notices.fail(strings.marked.notTagged, cause);
  }
}
