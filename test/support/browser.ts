import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';

/** Without these Chromium asks hosts on the network for updates of itself. */
const QUIET = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-gpu',
  '--disable-quic',
  '--disable-sync',
  '--no-first-run',
];

/**
 * Opens the system's Chromium, headless.
 * @param args further arguments of Chromium's
 * @throws {Error} naming the command that installs it
 */
export async function openBrowser(args: readonly string[] = []): Promise<Browser & AsyncDisposable> {
  const executablePath = (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => ['chromium', 'chromium-browser', 'google-chrome'].map((name) => join(folder, name)))
    .find((path) => existsSync(path));
  if (executablePath === undefined) throw new Error('no Chromium on the PATH: run "npm run test:all"');
  // As root, as in a container, Chromium has no sandbox of its own.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath, args: [...QUIET, ...sandbox, ...args] });
}

/** Opens a page. @returns what fails in its scripts, too: `errors` is to stay empty */
export async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; errors: Error[] }> {
  const page = await browser.newPage(options);
  const errors: Error[] = [];
  page.on('pageerror', (error) => errors.push(error));
  await page.goto(url);
  return { page, errors };
}
