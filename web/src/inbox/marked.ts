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
