import type { Output } from './context.ts';

/** Opens `url` in the user's browser. That it can't is a note, no failure: the server runs. */
export async function openInbox(url: string, stderr: Output): Promise<void> {
  const note = (reason: string) =>
    stderr.write(`postfixture: can't open a browser (${reason}): open ${url} yourself\n`);
  try {
    const { default: open } = await import('open');
    const opener = await open(url);
    // On a machine without a browser the opener starts, and then gives up.
    opener.once('exit', (status) => {
      if (status !== 0 && status !== null) note(`its opener exits ${status}`);
    });
  } catch (error) {
    note(error instanceof Error ? error.message : String(error));
  }
}
