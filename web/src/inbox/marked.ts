import type { App } from '../app.ts';
import type { Selection } from '../api/client.ts';
import { toQuery } from './found.ts';

/** What can be done with all that is marked. Afterwards nothing is marked. */
export type MarkedParts = Pick<App, 'api' | 'inbox' | 'marks' | 'reader' | 'notices' | 'strings'>;

/** Deletes them, with time to undo. */
export function deleteMarked({ marks, reader }: MarkedParts): void {
  const { which } = marks;
  marks.clear();
  reader.remove(which);
}

/** Marks them as read or unread. */
export async function readMarked({ api, inbox, marks, notices, strings }: MarkedParts, read: boolean): Promise<void> {
  const { which } = marks;
  const selection: Selection = 'ids' in which ? which : { query: toQuery(which.found) };
  marks.clear();
  try {
    await api.setRead(selection, read);
    if ('found' in which) inbox.reload();
  } catch (cause) {
    notices.fail(strings.list.notChanged, cause);
  }
}

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
    notices.fail(strings.list.notTagged, cause);
  }
}
