import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sendAsApp } from '../support/app-mail.ts';
import { openBrowser, openPage } from '../support/browser.ts';
import { row } from '../support/inbox-page.ts';
import { startServing } from '../support/serving.ts';

/** A place of the page, and the ways that lead there. */
interface Place {
  /** `ID` stands for the message's. */
  readonly path: string;
  /** What is on show there, and nowhere near. */
  readonly shown: (page: Page) => Locator;
  /** Where both ways begin. @default '/' */
  readonly from?: string;
  readonly byKeys: (page: Page) => Promise<void>;
  readonly byPointer: (page: Page) => Promise<void>;
}

const SUBJECT = 'Order 7';
const CONFIGURATION = [
  '-o',
  'transport_maps=inline:{{bob@example.com=error:bob has left the company}}',
  // Else smtpd refuses what can only bounce.
  '-o',
  'smtpd_reject_unlisted_recipient=no',
];

const keys =
  (...names: readonly string[]) =>
  async (page: Page) => {
    for (const name of names) await page.keyboard.press(name);
  };
/** Reached by Tab, in the end; then Enter. */
const enter = (find: (page: Page) => Locator) => async (page: Page) => {
  await find(page).focus();
  await page.keyboard.press('Enter');
};
const click = (find: (page: Page) => Locator) => async (page: Page) => find(page).click();
const rail = (page: Page) => page.getByRole('navigation', { name: 'Views' });
const view = (page: Page, name: string | RegExp) => rail(page).getByRole('link', { name });
const panel = (page: Page) => page.getByRole('tabpanel');
const frame = (page: Page) => page.frameLocator('iframe');

const TABS: readonly (readonly [name: string, shown: (page: Page) => Locator])[] = [
  ['HTML', (page) => frame(page).getByText('Seven apples, in HTML.')],
  ['Text', (page) => panel(page).getByText('Seven apples, as text.')],
  ['Headers', (page) => panel(page).getByText('Acme <app@acme.test>').first()],
  ['Raw', (page) => panel(page).getByText(`Subject: ${SUBJECT}`)],
  ['Parts', (page) => panel(page).getByText('text/html', { exact: true })],
  ['Journey', (page) => panel(page).getByText('bob has left the company', { exact: true })],
  ['Session', (page) => panel(page).getByText('RCPT TO:<bob@example.com>').first()],
  ['Checks', (page) => panel(page).getByText('What may go wrong')],
];

const PLACES: readonly Place[] = [
  {
    path: '/',
    from: '/connect',
    shown: (page) => page.getByText('No message is open'),
    byKeys: keys('g', 'i'),
    byPointer: click((page) => view(page, /^Inbox/)),
  },
  {
    path: '/?q=is%3Aunread',
    shown: (page) => row(page, 'Never opened'),
    byKeys: async (page) => {
      await page.keyboard.press('/');
      await page.keyboard.type('is:unread');
      await page.keyboard.press('Enter');
    },
    byPointer: click((page) => page.getByRole('link', { name: /^Unread/ })),
  },
  {
    path: '/view/ID',
    shown: (page) => page.getByRole('heading', { level: 1, name: SUBJECT }),
    byKeys: keys('j', 'Enter'),
    byPointer: click((page) => row(page, SUBJECT)),
  },
  ...TABS.map(([name, shown], at): Place => ({
    path: `/view/ID/${name.toLowerCase()}`,
    from: name === 'HTML' ? '/view/ID/text' : '/view/ID/html',
    shown,
    byKeys: keys(String(at + 1)),
    byPointer: click((page) => page.getByRole('tab', { name: new RegExp(`^${name}`) })),
  })),
  {
    path: '/view/ID/html?w=360&dark=1',
    from: '/view/ID/html',
    shown: (page) => page.locator('iframe[src*="dark=1"]'),
    byKeys: keys('w', 'd'),
    byPointer: async (page) => {
      await page.getByRole('radiogroup', { name: 'Width' }).getByText('360').click();
      await page.getByRole('button', { name: 'Dark client' }).click();
    },
  },
  {
    path: '/view/ID/raw#L3',
    from: '/view/ID/raw',
    shown: (page) => page.locator('.line.selected'),
    byKeys: async (page) => {
      await page.getByLabel('Go to line').focus();
      await page.keyboard.type('3');
      await page.keyboard.press('Enter');
    },
    byPointer: click((page) => page.locator('[data-line="3"]')),
  },
  {
    path: '/view/ID/parts#2',
    from: '/view/ID/parts',
    shown: (page) => page.locator('[aria-current=true]').filter({ hasText: 'text/html' }),
    byKeys: enter((page) => page.getByRole('link', { name: 'Link to 2' })),
    byPointer: click((page) => page.getByRole('link', { name: 'Link to 2' })),
  },
  {
    path: '/view/ID/journey?rcpt=bob%40example.com',
    from: '/view/ID/html',
    shown: (page) => page.locator('[aria-current=true]').filter({ hasText: 'bob has left the company' }),
    byKeys: keys(']', ']'),
    byPointer: click((page) => page.getByRole('button', { name: /would bounce/ })),
  },
  {
    path: '/config',
    shown: (page) => page.getByRole('heading', { name: 'Parameters' }),
    byKeys: keys('g', 'c'),
    byPointer: click((page) => view(page, 'Config')),
  },
  {
    path: '/config/catch_ephemeral',
    from: '/config',
    shown: (page) => page.getByRole('row').filter({ hasText: 'Keeps everything in memory' }),
    byKeys: enter((page) => page.getByRole('link', { name: 'catch_ephemeral', exact: true })),
    byPointer: click((page) => page.getByRole('link', { name: 'catch_ephemeral', exact: true })),
  },
  {
    path: '/connect',
    shown: (page) => page.getByRole('heading', { name: 'Connect' }),
    byKeys: keys('g', 'n'),
    byPointer: click((page) => view(page, 'Connect')),
  },
];

let program: Awaited<ReturnType<typeof startServing>>;
let browser: Awaited<ReturnType<typeof openBrowser>>;
let id: string;

beforeAll(async () => {
  program = await startServing(['--ephemeral', ...CONFIGURATION]);
  browser = await openBrowser();
  const smtp = { host: 'localhost', port: program.smtpPort };
  await sendAsApp(smtp, { subject: 'Never opened', text: 'x' });
  id = await sendAsApp(smtp, {
    subject: SUBJECT,
    to: ['ada@example.com', 'bob@example.com'],
    text: 'Seven apples, as text.',
    html: '<p>Seven apples, in HTML.</p>',
  });
  // Parsed, and with a verdict.
  await fetch(`${program.url}/api/v1/wait?query=verdict:bounced&timeout=10`);
}, 60_000);

afterAll(async () => {
  await browser[Symbol.asyncDispose]();
  await program[Symbol.asyncDispose]();
});

/** Opens the page at a path; its list is loaded, and the message with its tab if it is one. */
async function openAt(path: string) {
  const opened = await openPage(browser, `${program.url}${path.replace('ID', id)}`);
  await rail(opened.page).getByRole('img', { name: /^Live/ }).waitFor();
  // Until a tab is there it has no keys.
  if (path.startsWith('/view/ID/html')) await frame(opened.page).getByText('Seven apples, in HTML.').waitFor();
  return opened;
}

const placeOf = (page: Page): string => page.url().slice(program.url.length).replace(id, 'ID');

test.for(PLACES)('$path is reached by its URL, and reloading keeps it', async ({ path, shown }) => {
  const { page, errors } = await openAt(path);
  await shown(page).waitFor();

  await page.reload();

  await shown(page).waitFor();
  expect(placeOf(page)).toBe(path);
  expect(errors).toEqual([]);
  await page.close();
});

test.for(PLACES)('$path is reached by the keyboard alone', async ({ path, from = '/', shown, byKeys }) => {
  const { page, errors } = await openAt(from);

  await byKeys(page);

  await shown(page).waitFor();
  expect(placeOf(page)).toBe(path);
  expect(errors).toEqual([]);
  await page.close();
});

test.for(PLACES)(
  '$path is reached by the pointer alone, and Back leads away',
  async ({ path, from = '/', ...ways }) => {
    const { page, errors } = await openAt(from);

    await ways.byPointer(page);

    await ways.shown(page).waitFor();
    expect(placeOf(page)).toBe(path);
    await page.goBack();
    expect(placeOf(page)).not.toBe(path);
    expect(errors).toEqual([]);
    await page.close();
  },
);

test('/view/latest becomes the address of the newest message', async () => {
  const { page, errors } = await openAt('/view/latest');

  await page.waitForURL(`${program.url}/view/${id}`);

  await page.getByRole('heading', { level: 1, name: SUBJECT }).waitFor();
  expect(errors).toEqual([]);
  await page.close();
});

test('a message that is not there says so, and leads to the inbox', async () => {
  const { page, errors } = await openAt('/view/4hT3NoSuchz1');

  await page.getByRole('link', { name: 'Go to the inbox' }).click();

  await page.getByText('No message is open').waitFor();
  expect(placeOf(page)).toBe('/');
  expect(errors).toEqual([]);
  await page.close();
});

test('the sheet of keys opens by its key and by its button, wherever one is', async () => {
  const { page, errors } = await openAt('/config');
  const sheet = page.getByRole('dialog', { name: 'Keyboard and settings' });

  await page.keyboard.press('?');
  await sheet.waitFor();
  await page.keyboard.press('Escape');
  await sheet.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Keyboard and settings' }).click();

  await sheet.waitFor();
  expect(placeOf(page)).toBe('/config');
  expect(errors).toEqual([]);
  await page.close();
});

test('a newcomer finds why bob bounced in two clicks', async () => {
  const { page, errors } = await openAt('/');

  await row(page, SUBJECT).click();
  await page.getByRole('button', { name: /would bounce/ }).click();

  const bob = panel(page).locator('[aria-current=true]').filter({ hasText: 'bob@example.com' });
  await bob.getByText('bob has left the company', { exact: true }).waitFor();
  expect(await bob.getByText('transport_maps', { exact: true }).count()).toBeGreaterThan(0);
  expect(errors).toEqual([]);
  await page.close();
});
