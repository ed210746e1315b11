import { expect, test } from 'vitest';
import { startPostfixture } from '../../src/index.ts';
import { sendAsApp, sendMany } from '../support/app-mail.ts';
import { openBrowser, openPage } from '../support/browser.ts';
import { row } from '../support/inbox-page.ts';

const PHONE = { viewport: { width: 390, height: 600 }, hasTouch: true, isMobile: true } as const;

test('messages are selected by keys, deleted together, and back after Undo', async () => {
  await using postfixture = await startPostfixture();
  await using browser = await openBrowser();
  for (const subject of ['One', 'Two', 'Three']) await sendAsApp(postfixture.smtp, { subject, text: 'x' });
  const { page, errors } = await openPage(browser, postfixture.http.url);
  await row(page, 'One').waitFor();

  for (const key of ['j', 'x', 'Shift+ArrowDown']) await page.keyboard.press(key);
  const selected = await page.getByRole('option', { selected: true }).count();
  await page.getByRole('button', { name: 'Delete (2)' }).click();
  await expect.poll(() => page.getByRole('option').count()).toBe(1);
  await page.keyboard.press('z');

  await row(page, 'Three').waitFor();
  expect(selected).toBe(2);
  expect(await page.getByRole('option').count()).toBe(3);
  expect((await postfixture.messages()).map(({ subject }) => subject).toSorted()).toEqual(['One', 'Three', 'Two']);
  expect(errors).toEqual([]);
});

test('what is selected is marked as unread, and tagged beside the tags it has', async () => {
  await using postfixture = await startPostfixture();
  await using browser = await openBrowser();
  await sendAsApp(postfixture.smtp, { subject: 'Old tag', text: 'x', headers: { 'X-Tags': 'old' } });
  await sendAsApp(postfixture.smtp, { subject: 'No tag', text: 'x' });
  const { page, errors } = await openPage(browser, postfixture.http.url);
  await row(page, 'Old tag').waitFor();

  await row(page, 'No tag').click({ modifiers: ['Control'] });
  await row(page, 'Old tag').click({ modifiers: ['Shift'] });
  await page.getByRole('button', { name: 'Read', exact: true }).click();
  await page.getByRole('link', { name: 'Unread 0' }).waitFor();
  await page.keyboard.press('Control+a');
  await page.getByRole('button', { name: 'Tag …' }).click();
  await page.keyboard.type('new');
  await page.keyboard.press('Enter');

  await page.getByRole('link', { name: 'new 2' }).waitFor();
  await page.getByRole('link', { name: 'old 1' }).click();
  await expect.poll(() => page.getByRole('option').count()).toBe(1);
  expect(new URL(page.url()).searchParams.get('q')).toBe('tag:"old"');
  expect(errors).toEqual([]);
});

test('many tags are folded behind one button; the one that is searched for stays in sight', async () => {
  await using postfixture = await startPostfixture();
  await using browser = await openBrowser();
  for (const tag of ['billing', 'deploy', 'staging']) {
    await sendAsApp(postfixture.smtp, { subject: tag, text: 'x', headers: { 'X-Tags': tag } });
  }
  const { page, errors } = await openPage(browser, postfixture.http.url);
  const tags = page.getByRole('button', { name: 'Tags 3' });
  await tags.waitFor();
  const folded = await page.getByRole('link', { name: 'deploy 1' }).count();

  await tags.click();
  await page.getByRole('link', { name: 'deploy 1' }).click();
  await tags.click();

  await page.getByRole('link', { name: 'billing 1' }).waitFor({ state: 'detached' });
  expect(folded).toBe(0);
  expect(await page.getByRole('link', { name: 'deploy 1' }).getAttribute('aria-current')).toBe('true');
  expect(await row(page, 'deploy').count()).toBe(1);
  expect(errors).toEqual([]);
});

test('all that is listed is deleted, what isn’t loaded too, but not what came since', async () => {
  await using postfixture = await startPostfixture();
  await using browser = await openBrowser();
  await sendMany(postfixture.smtp, 130);
  const { page, errors } = await openPage(browser, postfixture.http.url);
  await page.getByRole('option').first().waitFor();

  await page.keyboard.press('Control+a');
  await page.getByRole('button', { name: 'Delete (130)' }).click();
  await expect.poll(() => page.getByRole('option').count()).toBe(0);
  await sendAsApp(postfixture.smtp, { subject: 'Late', text: 'x' });
  await row(page, 'Late').waitFor();
  const deleted = page.waitForResponse((response) => response.request().method() === 'DELETE');
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pagehide')));
  await deleted;

  await expect.poll(() => postfixture.messages()).toHaveLength(1);
  await expect.poll(() => page.getByRole('option').count()).toBe(1);
  await page.getByRole('link', { name: 'All 1' }).waitFor();
  expect(errors).toEqual([]);
});

test('Delete all wants to be pressed twice', async () => {
  await using postfixture = await startPostfixture();
  await using browser = await openBrowser();
  await sendAsApp(postfixture.smtp, { subject: 'Only', text: 'x' });
  const { page, errors } = await openPage(browser, postfixture.http.url);
  await row(page, 'Only').waitFor();

  await page.getByRole('button', { name: 'Delete all' }).click();
  const afterOne = await page.getByRole('option').count();
  await page.getByRole('button', { name: 'Press again: delete 1' }).click();
  await expect.poll(() => page.getByRole('option').count()).toBe(0);
  await page.getByRole('button', { name: 'Undo' }).click();

  await row(page, 'Only').waitFor();
  expect(afterOne).toBe(1);
  expect(errors).toEqual([]);
});

test('of many messages few rows are there, the first load is small, and G leads to the oldest', async () => {
  await using postfixture = await startPostfixture();
  await using browser = await openBrowser();
  await sendAsApp(postfixture.smtp, { subject: 'The oldest', text: 'x' });
  await sendMany(postfixture.smtp, 300);
  const { page, errors } = await openPage(browser, 'about:blank');
  const first = page.waitForResponse((response) => response.url().includes('/api/v1/messages'));
  await page.goto(postfixture.http.url);
  const firstLoad = (await (await first).body()).byteLength;
  await page.getByRole('option').first().waitFor();

  await page.keyboard.press('G');
  await row(page, 'The oldest').waitFor();

  expect(firstLoad).toBeLessThanOrEqual(100 * 1024);
  expect(await page.getByRole('option').count()).toBeLessThanOrEqual(60);
  expect(await page.locator('[aria-activedescendant=row-300]').count()).toBe(1);
  expect(errors).toEqual([]);
});

test('new mail doesn’t move what is looked at; a pill tells of it and leads to it', async () => {
  await using postfixture = await startPostfixture();
  await using browser = await openBrowser();
  await sendMany(postfixture.smtp, 60);
  const { page, errors } = await openPage(browser, postfixture.http.url);
  await page.getByRole('option').first().waitFor();
  await page.getByRole('listbox', { name: 'Messages' }).evaluate((list) => list.scrollTo(0, 1000));
  await page.locator('#row-25').waitFor();
  const anchor = page.locator('#row-20 .subject');
  const before = { subject: await anchor.textContent(), place: await anchor.boundingBox() };

  for (const subject of ['New 1', 'New 2', 'New 3']) await sendAsApp(postfixture.smtp, { subject, text: 'x' });
  await page.getByRole('button', { name: '3 new' }).waitFor();
  const after = page.locator('#row-23 .subject');

  expect({ subject: await after.textContent(), place: await after.boundingBox() }).toEqual(before);
  await page.getByRole('button', { name: '3 new' }).click();
  await row(page, 'New 3').waitFor();
  await expect.poll(() => page.getByRole('button', { name: '3 new' }).count()).toBe(0);
  expect(errors).toEqual([]);
});

test('on a phone Back returns to the place in the list', async () => {
  await using postfixture = await startPostfixture();
  await using browser = await openBrowser();
  await sendMany(postfixture.smtp, 60);
  const { page, errors } = await openPage(browser, postfixture.http.url, PHONE);
  await page.getByRole('option').first().waitFor();
  const list = page.getByRole('listbox', { name: 'Messages', includeHidden: true });
  await list.evaluate((element) => element.scrollTo(0, 1120));
  await page.locator('#row-24').waitFor();

  // Not by a finger: while the list is moving, it takes none.
  await page.locator('#row-24').dispatchEvent('click');
  await page.getByRole('heading', { level: 1 }).waitFor();
  const whileReading = await list.isVisible();
  await page.goBack();
  await page.locator('#row-24').waitFor();

  expect(whileReading).toBe(false);
  expect(await list.evaluate((element) => element.scrollTop)).toBe(1120);
  expect(errors).toEqual([]);
});

test('sender first is a setting that is kept', async () => {
  await using postfixture = await startPostfixture();
  await using browser = await openBrowser();
  await sendAsApp(postfixture.smtp, { subject: 'Hello', text: 'x' });
  const { page, errors } = await openPage(browser, postfixture.http.url);
  await row(page, 'Hello').waitFor();
  const recipientFirst = await page.getByRole('option', { name: /to ada@example\.com, Hello/ }).count();

  await page.keyboard.press('?');
  await page.getByRole('checkbox', { name: 'Rows name the sender' }).check();
  await page.reload();

  await page.getByRole('option', { name: /from Acme, Hello/ }).waitFor();
  expect(recipientFirst).toBe(1);
  expect(errors).toEqual([]);
});

test('the keys [ and ] lead from one recipient’s journey to the next', async () => {
  await using postfixture = await startPostfixture();
  await using browser = await openBrowser();
  const id = await sendAsApp(postfixture.smtp, { subject: 'Two', to: 'ada@example.com, grace@example.com', text: 'x' });
  const { page, errors } = await openPage(browser, `${postfixture.http.url}/view/${id}?w=600&dark=1`);
  await page.getByRole('tab', { name: 'Text' }).waitFor();
  await page.getByRole('tabpanel').getByText('x').waitFor();

  const walk: (string | null)[] = [];
  for (const key of [']', ']', ']', '[']) {
    await page.keyboard.press(key);
    walk.push(new URL(page.url()).searchParams.get('rcpt'));
  }

  expect(walk).toEqual(['ada@example.com', 'grace@example.com', 'grace@example.com', 'ada@example.com']);
  expect(new URL(page.url()).search).toBe('?w=600&dark=1&rcpt=ada%40example.com');
  expect(errors).toEqual([]);
});

test('at 320 px nothing is wider than the window', async () => {
  await using postfixture = await startPostfixture();
  await using browser = await openBrowser();
  await sendAsApp(postfixture.smtp, { subject: 'Narrow', text: 'x' });
  const { page, errors } = await openPage(browser, 'about:blank', { viewport: { width: 320, height: 640 } });
  const wider: string[] = [];
  const measure = async (what: string): Promise<void> => {
    if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)) wider.push(what);
  };

  for (const path of ['/connect', '/config', '/view/latest', '/']) {
    await page.goto(`${postfixture.http.url}${path}`, { waitUntil: 'networkidle' });
    await measure(path);
  }
  await page.keyboard.press('Control+a');
  await page.getByRole('button', { name: 'Delete (1)' }).waitFor();
  await measure('selection');

  expect(wider).toEqual([]);
  expect(errors).toEqual([]);
});
