import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { htmlPolicy } from '../../src/http/security-headers.ts';
import { filterHtml } from '../../src/message/html/filter-html.ts';
import { fillGaps } from '../../src/message/html/filtered-html.ts';
import { openBrowser } from '../support/browser.ts';
import { openForeignSite } from '../support/foreign-site.ts';
import { openFramedSite, type FrameOptions } from '../support/framed-site.ts';
import { hostileHtml, type HostileHtml } from '../support/hostile-html.ts';
import { openWatchedPage } from '../support/watched-page.ts';

const TIMEOUT_MS = 300_000;
/** So many cases are in one page: with more the browser never comes to rest. */
const AT_ONCE = 20;

/** What a reader may do: press what there is to be pressed. */
async function pressLinks(page: Page, cases: readonly HostileHtml[]): Promise<void> {
  for (const { name, html } of cases) {
    if (!html.includes('id="go"')) continue;
    for (const link of (await page.frame(name)?.locator('#go').all()) ?? []) await link.dispatchEvent('click');
  }
}

/** Each mail is written out as the browser read it, and read again. */
async function reparse(page: Page, cases: readonly HostileHtml[]): Promise<void> {
  for (const { name } of cases) {
    await page.frame(name)?.evaluate('document.body.innerHTML = document.body.innerHTML');
  }
}

/** Opens the cases behind what is left of the walls. @returns what went wrong */
async function besiege(
  cases: readonly HostileHtml[],
  {
    toPage,
    act,
    ...frames
  }: FrameOptions & {
    readonly toPage: (html: string) => string;
    readonly act: (page: Page, cases: readonly HostileHtml[]) => Promise<void>;
  },
): Promise<readonly string[]> {
  await using browser = await openBrowser();
  const complaints: string[] = [];
  for (let at = 0; at < cases.length; at += AT_ONCE) {
    const some = cases.slice(at, at + AT_ONCE);
    const pages = new Map(some.map(({ name, html }) => [name, toPage(`<!doctype html><p>Seen.</p>${html}`)]));
    await using site = await openFramedSite(pages, frames);
    await using watched = await openWatchedPage(browser, site.origin);
    await watched.page.goto(site.origin, { waitUntil: 'commit' });
    await act(watched.page, some);
    complaints.push(...watched.complaints(), ...site.requests);
  }
  return complaints;
}

/** Until nothing more is asked for: what a mail does, it has done by then. */
const rest = (page: Page): Promise<void> => page.waitForLoadState('networkidle');

test('without walls, every case reaches the canary', { timeout: TIMEOUT_MS }, async () => {
  await using canary = await openForeignSite('');
  const cases = hostileHtml(canary.origin).filter(({ by }) => by !== 'never');

  await besiege(cases, {
    toPage: (html) => html,
    async act(page, some) {
      await page.waitForLoadState('domcontentloaded');
      // Not the whole page: some of its frames lead elsewhere, and are never loaded.
      for (const { name, by } of some) if (by !== 'load') await page.frame(name)?.waitForLoadState('domcontentloaded');
      await pressLinks(page, some);
      await reparse(
        page,
        some.filter(({ by }) => by === 'reparse'),
      );
      await Promise.all(some.map(({ name }) => canary.requested(`/${name}`)));
    },
  });

  expect(cases.length).toBeGreaterThan(80);
});

test(
  'wall 1, the filter, holds alone: in a page that allows everything, even read twice',
  { timeout: TIMEOUT_MS },
  async () => {
    await using canary = await openForeignSite('');

    const complaints = await besiege(hostileHtml(canary.origin), {
      toPage(html) {
        const filtered = filterHtml(html);
        return filtered.doctype + fillGaps(filtered, () => undefined);
      },
      async act(page, some) {
        await page.waitForLoadState();
        await pressLinks(page, some);
        await reparse(page, some);
        await pressLinks(page, some);
        await rest(page);
      },
    });

    expect(complaints).toEqual([]);
    expect(canary.requests).toEqual([]);
  },
);

test('wall 2, the policy, holds alone: around HTML as it was sent', { timeout: TIMEOUT_MS }, async () => {
  await using canary = await openForeignSite('');

  const complaints = await besiege(hostileHtml(canary.origin), {
    headers: { 'Content-Security-Policy': htmlPolicy([]), 'X-DNS-Prefetch-Control': 'off' },
    toPage: (html) => html,
    async act(page, some) {
      await page.waitForLoadState();
      await pressLinks(page, some);
      await rest(page);
    },
  });

  expect(complaints).toEqual([]);
  expect(canary.requests).toEqual([]);
});

test(
  'wall 3, the frame, holds alone: HTML as it was sent runs nothing and takes the page nowhere',
  { timeout: TIMEOUT_MS },
  async () => {
    await using canary = await openForeignSite('');

    const complaints = await besiege(hostileHtml(canary.origin), {
      attributes: 'sandbox="allow-popups allow-popups-to-escape-sandbox" referrerpolicy="no-referrer"',
      toPage: (html) => html,
      async act(page, some) {
        await page.waitForLoadState();
        await pressLinks(page, some);
        await rest(page);
      },
    });

    // It lets pictures in, and a mail may put another page in its own place: that is what the other walls are for.
    expect(complaints.filter((complaint) => !complaint.startsWith('asked: '))).toEqual([]);
  },
);
