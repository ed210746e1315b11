import axe, { type AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

/** The sizes and colours that pages are looked at in. */
export const LOOKS = [
  { width: 1280, height: 800, colorScheme: 'light' },
  { width: 1280, height: 800, colorScheme: 'dark' },
  { width: 390, height: 844, colorScheme: 'light' },
  { width: 390, height: 844, colorScheme: 'dark' },
] as const;

/** What axe finds in a page, of a context with `bypassCSP`. A mail in a frame is its sender's. */
export async function runAxe(page: Page): Promise<string[]> {
  await page.addScriptTag({ content: axe.source });
  const { violations } = await page.evaluate<AxeResults>(`axe.run({ exclude: [['iframe']] })`);
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}
