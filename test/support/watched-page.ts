import type { Browser, Page, Request } from 'playwright-core';

/** A page of the browser, and what it did that nobody wants of a mail. */
export interface WatchedPage extends AsyncDisposable {
  readonly page: Page;
  /** What went wrong so far, in words: a script that ran, a request elsewhere, an error, a page that was left. */
  readonly complaints: () => readonly string[];
}

/** Opens a page that may ask nobody but `origin`, and is to stay at the address that it is first sent to. */
export async function openWatchedPage(browser: Browser, origin: string): Promise<WatchedPage> {
  const page = await browser.newPage();
  const complaints: string[] = [];
  const addresses = new Set<string>();
  page.on('console', (message) => {
    if (message.text().startsWith('ran:')) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  const note = (request: Request): void => {
    const url = request.url();
    const isBlocked = request.failure()?.errorText === 'csp';
    if (/^https?:/.test(url) && !url.startsWith(`${origin}/`) && !isBlocked) complaints.push(`asked: ${url}`);
  };
  page.on('requestfinished', note);
  page.on('requestfailed', note);
  page.on('popup', (popup) => complaints.push(`popup: ${popup.url()}`));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('framenavigated', (frame) => {
    if (frame === page.mainFrame()) addresses.add(frame.url().replace(/#.*$/, ''));
  });
  return {
    page,
    complaints: () => [...complaints, ...[...addresses].slice(1).map((address) => `went to: ${address}`)],
    [Symbol.asyncDispose]: () => page.close(),
  };
}
