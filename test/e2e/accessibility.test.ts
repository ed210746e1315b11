import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { startPostfixture, type Postfixture } from '../../src/index.ts';
import { sendAsApp, sendMany } from '../support/app-mail.ts';
import { LOOKS, runAxe } from '../support/axe.ts';
import { openBrowser } from '../support/browser.ts';

async function sendMails({ smtp }: Postfixture, count: number): Promise<string> {
  let id = '';
  for (let index = 0; index < count; index += 1) {
    id = await sendAsApp(smtp, {
      to: ['ada@example.com', 'grace@example.com'],
      subject: `Message ${index}`,
      text: 'Hello https://acme.test/ 123456',
      html: '<p lang="en">Hello <a href="https://acme.test/">Acme</a></p>',
      attachments: [{ filename: 'terms.txt', content: 'All rights.' }],
    });
  }
  return id;
}

/** What axe finds, and whether the page is wider than the window. @param what of the page is meant */
async function findFaults(page: Page, what: string): Promise<readonly string[]> {
  const faults = (await runAxe(page)).map((finding) => `${what}: ${finding}`);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  return overflow > 0 ? [...faults, `${what}: scrolls sideways by ${overflow} px`] : faults;
}

/** What the list and the frame show after some keys. */
const STATES = [
  { what: 'selection', keys: ['j', 'x', 'Shift+ArrowDown'], ready: 'text=2 selected' },
  { what: 'notice', keys: ['j', '#'], ready: 'text=1 message deleted' },
  { what: 'palette', keys: ['Control+k'], ready: 'dialog [role=option]' },
  { what: 'key sheet', keys: ['?'], ready: 'dialog' },
  { what: 'follow', keys: ['f'], ready: 'text=Following' },
] as const;

test.for(LOOKS)(
  'axe finds nothing at $width px, $colorScheme',
  { timeout: 60_000 },
  async ({ width, height, colorScheme }) => {
    await using empty = await startPostfixture();
    await using postfixture = await startPostfixture();
    await using browser = await openBrowser();
    const id = await sendMails(postfixture, 3);
    await postfixture.waitFor({ subject: 'Message 2' });
    // The page's own policy lets no foreign script in, and axe is one.
    const context = await browser.newContext({ viewport: { width, height }, colorScheme, bypassCSP: true });
    const urls = [
      `${empty.http.url}/`,
      `${postfixture.http.url}/`,
      `${postfixture.http.url}/connect`,
      `${postfixture.http.url}/?q=nothing-is-like-this`,
      ...['html', 'text', 'headers', 'raw', 'parts#2', 'journey?rcpt=ada@example.com', 'session', 'checks'].map(
        (tab) => `${postfixture.http.url}/view/${id}/${tab}`,
      ),
    ];
    const found: string[] = [];
    for (const url of urls) {
      const page = await context.newPage();
      await page.goto(url, { waitUntil: 'networkidle' });
      found.push(...(await findFaults(page, new URL(url).pathname)));
      await page.close();
    }

    expect(found).toEqual([]);
  },
);

test.for(LOOKS)(
  'axe finds nothing in what keys bring up at $width px, $colorScheme',
  { timeout: 60_000 },
  async ({ width, height, colorScheme }) => {
    await using postfixture = await startPostfixture();
    await using browser = await openBrowser();
    await sendMails(postfixture, 3);
    const context = await browser.newContext({ viewport: { width, height }, colorScheme, bypassCSP: true });
    const found: string[] = [];

    for (const { keys, ready, what } of STATES) {
      const page = await context.newPage();
      await page.goto(postfixture.http.url, { waitUntil: 'networkidle' });
      for (const key of keys) await page.keyboard.press(key);
      await page.locator(ready).first().waitFor();
      found.push(...(await findFaults(page, what)));
      await page.close();
    }

    expect(found).toEqual([]);
  },
);

test(
  'axe finds nothing among 10,000 messages: at their top, at their end, beside one of them',
  { timeout: 300_000 },
  async () => {
    await using postfixture = await startPostfixture();
    await using browser = await openBrowser();
    await sendMany(postfixture.smtp, 10_000);
    const found: string[] = [];

    for (const { width, height, colorScheme } of LOOKS) {
      const context = await browser.newContext({ viewport: { width, height }, colorScheme, bypassCSP: true });
      const page = await context.newPage();
      await page.goto(postfixture.http.url);
      await page.locator('[role=option][aria-setsize="10000"] .subject').first().waitFor();
      found.push(...(await findFaults(page, `top, ${width} ${colorScheme}`)));
      await page.keyboard.press('G');
      await page.locator('[role=option][aria-posinset="10000"] .subject').waitFor();
      found.push(...(await findFaults(page, `end, ${width} ${colorScheme}`)));
      await page.keyboard.press('Enter');
      await page.getByRole('tab', { selected: true }).waitFor();
      found.push(...(await findFaults(page, `message, ${width} ${colorScheme}`)));
      await context.close();
    }

    expect(found).toEqual([]);
  },
);
