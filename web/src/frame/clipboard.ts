import type { Strings } from '../strings/strings.ts';
import { formatRoute } from './routes.ts';
import type { Notices } from './notices.svelte.ts';

/** Copies `text`, and says whether that worked. */
export async function copyText(
  text: string,
  { notices, strings }: { readonly notices: Notices; readonly strings: Strings },
): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    notices.say(strings.frame.copied);
  } catch {
    // Refused, or not a secure context: the page is read from another machine over http.
    notices.fail(strings.frame.copyFailed);
  }
}

/** Copies the link of a message, whatever is searched for and whichever tab is on show. */
export function copyLink(id: string, parts: { readonly notices: Notices; readonly strings: Strings }): Promise<void> {
  const path = formatRoute({ view: 'message', query: '', id, tab: undefined, width: undefined });
  return copyText(`${location.origin}${path}`, parts);
}
