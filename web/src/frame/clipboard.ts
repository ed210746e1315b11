import type { Strings } from '../strings/strings.ts';
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
