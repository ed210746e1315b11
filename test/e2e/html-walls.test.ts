import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { htmlPolicy } from '../../src/http/security-headers.ts';
import { filterHtml } from '../../src/message/html/filter-html.ts';
import { fillGaps } from '../../src/message/html/filtered-html.ts';
import { openBrowser } from '../support/browser.ts';
import { openForeignSite } from '../support/foreign-site.ts';
import { hostileHtml, type HostileHtml } from '../support/hostile-html.ts';
import { openWatchedPage } from '../support/watched-page.ts';

const MARK = 'The text of the mail is seen.';
const TIMEOUT_MS = 180_000;
/** So many pages are open at once: with more the browser never comes to rest. */
const LANES = 6;

/** Does for every case what `visit` does, a few at once. @returns what it answered, by name, where it is not empty */
async function visitAll(
  cases: readonly HostileHtml[],
  visit: (hostile: HostileHtml) => Promise<readonly string[]>,
): Promise<Readonly<Record<string, readonly string[]>>> {
  const found = new Map<string, readonly string[]>();
  const waiting = cases.values();
  const lanes = Array.from({ length: LANES }, async () => {
    for (const hostile of waiting) {
      const complaints = await visit(hostile);
      if (complaints.length > 0) found.set(hostile.name, complaints);
    }
  });
  await Promise.all(lanes);
  return Object.fromEntries(found);
}

/** What a reader may do: press what there is to be pressed. Not all of it can be seen in every mail. */
async function pressLinks(page: Page): Promise<void> {
  for (const link of await page.locator('#go').all()) await link.dispatchEvent('click');
}

async function reparse(page: Page): Promise<void> {
  // The page's own reading of what it holds, written out and read again.
  await page.evaluate('document.body.innerHTML = document.body.innerHTML');
}

const withMark = ({ html }: HostileHtml): string => `<!doctype html><p>${MARK}</p>${html}`;

test('without walls, every case runs or reaches the canary', { timeout: TIMEOUT_MS }, async () => {
  await using browser = await openBrowser();
  await using canary = await openForeignSite('');
  const cases = hostileHtml(canary.origin).filter(({ by }) => by !== 'never');

  const missed = await visitAll(cases, async (hostile) => {
    await using site = await openForeignSite(withMark(hostile));
    await using watched = await openWatchedPage(browser, site.origin);
    const { page, complaints } = watched;
    await page.goto(site.origin, { waitUntil: 'commit' });
    if (hostile.by === 'click') await pressLinks(page);
    if (hostile.by === 'reparse') await reparse(page);
    await canary.requested(`/${hostile.name}`);
    await expect.poll(complaints).not.toEqual([]);
    return [];
  });

  expect(missed).toEqual({});
});

test(
  'wall 1, the filter, holds alone: on a page that allows everything, even read twice',
  { timeout: TIMEOUT_MS },
  async () => {
    await using browser = await openBrowser();
    await using canary = await openForeignSite('');

    const broken = await visitAll(hostileHtml(canary.origin), async (hostile) => {
      const filtered = filterHtml(withMark(hostile));
      await using site = await openForeignSite(filtered.doctype + fillGaps(filtered, () => undefined));
      await using watched = await openWatchedPage(browser, site.origin);
      const { page, complaints } = watched;
      await page.goto(site.origin);
      await page.getByText(MARK).waitFor();
      await pressLinks(page);
      await reparse(page);
      await pressLinks(page);
      await page.waitForLoadState('networkidle');
      return [...complaints(), ...site.requests];
    });

    expect(broken).toEqual({});
    expect(canary.requests).toEqual([]);
  },
);

test('wall 2, the policy, holds alone: around HTML as it was sent', { timeout: TIMEOUT_MS }, async () => {
  await using browser = await openBrowser();
  await using canary = await openForeignSite('');

  const broken = await visitAll(hostileHtml(canary.origin), async (hostile) => {
    await using site = await openForeignSite(withMark(hostile), {
      'Content-Security-Policy': htmlPolicy([]),
      'X-DNS-Prefetch-Control': 'off',
    });
    await using watched = await openWatchedPage(browser, site.origin);
    const { page, complaints } = watched;
    await page.goto(site.origin);
    await page.getByText(MARK).waitFor();
    await pressLinks(page);
    await page.waitForLoadState('networkidle');
    return complaints();
  });

  expect(broken).toEqual({});
  expect(canary.requests).toEqual([]);
});

test(
  'wall 3, the frame, holds alone: HTML as it was sent runs nothing and takes the page nowhere',
  { timeout: TIMEOUT_MS },
  async () => {
    await using browser = await openBrowser();
    await using canary = await openForeignSite('');

    const broken = await visitAll(hostileHtml(canary.origin), async (hostile) => {
      await using mail = await openForeignSite(withMark(hostile));
      await using site = await openForeignSite(
        `<iframe sandbox="allow-popups allow-popups-to-escape-sandbox" referrerpolicy="no-referrer" src="${mail.origin}"></iframe>`,
      );
      await using watched = await openWatchedPage(browser, site.origin);
      const { page, complaints } = watched;
      await page.goto(site.origin);
      await page.waitForLoadState('networkidle');
      // It lets pictures in, and a mail may put another page in its own place: that is what the other walls are for.
      return complaints().filter((complaint) => !complaint.startsWith('asked:'));
    });

    expect(broken).toEqual({});
  },
);
