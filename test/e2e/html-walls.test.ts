import type { Browser, Frame, Page } from 'playwright-core';
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
/** For each thing that is waited for: a busy machine takes tens of seconds. */
const STEP_MS = 60_000;
/** So many cases are in one page: a page for each takes five times as long. */
const AT_ONCE = 20;

/** What is left of the walls, and what a reader does behind them. */
interface Siege extends FrameOptions {
  readonly toPage: (html: string) => string;
  /** Called when every frame is loaded. */
  readonly act: (page: Page, cases: readonly HostileHtml[]) => Promise<void>;
}

const WITHOUT_WALLS: Siege = {
  toPage: (html) => html,
  async act(page, cases) {
    await pressLinks(page, cases);
    await reparse(
      page,
      cases.filter(({ by }) => by === 'reparse'),
    );
  },
};

/** A case's frame. @throws {Error} if it isn't there yet: a case that is passed over would pass */
function frameOf(page: Page, name: string): Frame {
  const frame = page.frame(name);
  if (frame === null) throw new Error(`no frame has the name ${name}`);
  return frame;
}

/** What a reader may do: press what there is to be pressed. */
async function pressLinks(page: Page, cases: readonly HostileHtml[]): Promise<void> {
  for (const { name, html } of cases) {
    if (!html.includes('id="go"')) continue;
    for (const link of await frameOf(page, name).locator('#go').all()) await link.dispatchEvent('click');
  }
}

/** Each mail is written out as the browser read it, and read again. */
async function reparse(page: Page, cases: readonly HostileHtml[]): Promise<void> {
  for (const { name } of cases) {
    await frameOf(page, name).evaluate('document.body.innerHTML = document.body.innerHTML');
  }
}

function inGroups(cases: readonly HostileHtml[]): (readonly HostileHtml[])[] {
  return Array.from({ length: Math.ceil(cases.length / AT_ONCE) }, (_, at) =>
    cases.slice(at * AT_ONCE, (at + 1) * AT_ONCE),
  );
}

/** Opens cases in one page, and waits for `end` before it is closed. @returns what went wrong */
async function open(
  browser: Browser,
  cases: readonly HostileHtml[],
  { toPage, act, ...frames }: Siege,
  end: () => Promise<unknown>,
): Promise<readonly string[]> {
  const pages = new Map(cases.map(({ name, html }) => [name, toPage(`<!doctype html><p>Seen.</p>${html}`)]));
  await using site = await openFramedSite(pages, frames);
  await using watched = await openWatchedPage(browser, site.origin);
  watched.page.setDefaultTimeout(STEP_MS);
  await watched.page.goto(site.origin);
  await act(watched.page, cases);
  await end();
  return [...watched.complaints(), ...site.requests];
}

/** Opens the cases of these names without walls. Resolves when each that can has reached its canary. */
async function breakThrough(browser: Browser, names: readonly string[]): Promise<void> {
  await using canary = await openForeignSite('');
  const cases = hostileHtml(canary.origin).filter(({ name }) => names.includes(name));
  const missing = (): string[] => {
    const reached = new Set(canary.requests.map((request) => request.slice(1).replace(/\?.*$/, '')));
    return cases.filter(({ name, by }) => by !== 'never' && !reached.has(name)).map(({ name }) => name);
  };
  await open(browser, cases, WITHOUT_WALLS, () => expect.poll(missing, { timeout: STEP_MS, interval: 10 }).toEqual([]));
}

/**
 * Opens the cases behind what is left of the walls. Each page is watched until another, opened after it without walls,
 * has been left by all of the same cases: what they can do, they have done by then. That the network is at rest is no
 * such sign, and may never come.
 * @returns what went wrong
 */
async function besiege(cases: readonly HostileHtml[], siege: Siege): Promise<readonly string[]> {
  await using browser = await openBrowser();
  const complaints: string[] = [];
  for (const some of inGroups(cases)) {
    const names = some.map(({ name }) => name);
    complaints.push(...(await open(browser, some, siege, () => breakThrough(browser, names))));
  }
  return complaints;
}

test('without walls, every case reaches the canary', { timeout: TIMEOUT_MS }, async () => {
  await using browser = await openBrowser();
  const cases = hostileHtml('http://localhost').filter(({ by }) => by !== 'never');

  for (const some of inGroups(cases)) {
    await breakThrough(
      browser,
      some.map(({ name }) => name),
    );
  }

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
        await pressLinks(page, some);
        await reparse(page, some);
        await pressLinks(page, some);
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
    act: pressLinks,
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
      act: pressLinks,
    });

    // It lets pictures in, and a mail may put another page in its own place: that is what the other walls are for.
    expect(complaints.filter((complaint) => !complaint.startsWith('asked: '))).toEqual([]);
  },
);
