import type { Output } from './context.ts';

/** Opens `url` in the user's browser. That it can't is a note, no failure: the server runs. */
export async function openInbox(url: string, stderr: Output): Promise<void> {
  const note = (error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    stderr.write(`postfixture: can't open a browser (${reason}): open ${url} yourself\n`);
  };
  try {
    const { default: open } = await import('open');
    const browser = await open(url);
    // Without a browser the opener is started, and fails later.
    browser.on('error', note);
  } catch (error) {
    note(error);
  }
}
