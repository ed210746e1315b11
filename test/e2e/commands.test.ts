import { expect, test } from 'vitest';
import { startPostfixture } from '../../src/index.ts';
import { sendAsApp } from '../support/app-mail.ts';
import { openBrowser, openPage } from '../support/browser.ts';
import { row } from '../support/inbox-page.ts';

test.for([
  { typed: 'configuration', to: '/config', why: 'a view' },
  { typed: 'myhostname', to: '/config/myhostname?all=1', why: 'a parameter' },
  { typed: 'ada@example', to: '/?q=rcpt%3Aada%40example.com', why: 'an address that was seen' },
  { typed: 'unread', to: '/?q=is%3Aunread', why: 'a ready-made search' },
  { typed: 'like nothing else', to: '/?q=like+nothing+else', why: 'else a search' },
])('the palette leads by "$typed" to $to: $why', async ({ typed, to }) => {
  await using postfixture = await startPostfixture();
  await using browser = await openBrowser();
  await sendAsApp(postfixture.smtp, { subject: 'Hello', text: 'x' });
  const { page, errors } = await openPage(browser, postfixture.http.url);
  await row(page, 'Hello').waitFor();

  const parameters = page.waitForResponse((response) => response.url().includes('/postfix/config'));
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').waitFor();
  await parameters;
  await page.keyboard.type(typed);
  await page.getByRole('dialog').getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');

  await expect.poll(() => page.url().replace(postfixture.http.url, '')).toBe(to);
  expect(errors).toEqual([]);
});

test('single keys do nothing while somebody types, and can be turned off for good', async () => {
  await using postfixture = await startPostfixture();
  await using browser = await openBrowser();
  await sendAsApp(postfixture.smtp, { subject: 'Hello', text: 'x' });
  const { page, errors } = await openPage(browser, postfixture.http.url);
  await row(page, 'Hello').waitFor();

  await page.keyboard.press('/');
  await page.keyboard.type('g c');
  const typed = await page.getByRole('textbox', { name: 'Search mail' }).inputValue();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await page.getByRole('checkbox', { name: 'Single-key shortcuts' }).uncheck();
  await page.keyboard.press('Escape');
  await page.reload();
  await row(page, 'Hello').waitFor();
  await page.keyboard.press('?');
  await page.keyboard.press('x');
  await page.keyboard.press('Control+a');
  await page.getByText('1 selected').waitFor();

  expect(typed).toBe('g c');
  expect(await page.getByRole('dialog').count()).toBe(0);
  expect(errors).toEqual([]);
});

test('follow opens what comes, until a key is pressed', async () => {
  await using postfixture = await startPostfixture();
  await using browser = await openBrowser();
  await sendAsApp(postfixture.smtp, { subject: 'First', text: 'x' });
  const { page, errors } = await openPage(browser, postfixture.http.url);
  await row(page, 'First').waitFor();

  await page.keyboard.press('f');
  await page.getByRole('heading', { name: 'First' }).waitFor();
  await sendAsApp(postfixture.smtp, { subject: 'Second', text: 'x' });
  await page.getByRole('heading', { name: 'Second' }).waitFor();
  await page.keyboard.press('f');
  await page.getByText('Following').waitFor({ state: 'detached' });
  await sendAsApp(postfixture.smtp, { subject: 'Third', text: 'x' });
  await row(page, 'Third').waitFor();

  expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('Second');
  expect(errors).toEqual([]);
});

test('the desktop is told of what came while the page is hidden, once, and only if the reader wants it', async () => {
  await using postfixture = await startPostfixture();
  await using browser = await openBrowser();
  await sendAsApp(postfixture.smtp, { subject: 'Before', text: 'x' });
  const { page, errors } = await openPage(browser, 'about:blank');
  await page.clock.install();
  // Headless Chromium has no desktop to show it on, and is never hidden.
  await page.addInitScript(`
    window.notes = [];
    window.Notification = class {
      static permission = 'granted';
      static requestPermission = async () => 'granted';
      constructor(title, { body }) { window.notes.push(title + ' / ' + body); }
      close() {}
    };
    Object.defineProperty(document, 'hidden', { get: () => window.isHidden === true });
  `);
  await page.goto(postfixture.http.url);
  await row(page, 'Before').waitFor();
  const notes = (): Promise<unknown> => page.evaluate('window.notes');

  await page.evaluate('window.isHidden = true');
  await sendAsApp(postfixture.smtp, { subject: 'Unasked', text: 'x' });
  await row(page, 'Unasked').waitFor();
  await page.clock.fastForward(3000);
  const unasked = await notes();
  await page.keyboard.press('?');
  await page.getByRole('checkbox', { name: 'Tell the desktop' }).check();
  await page.keyboard.press('Escape');
  for (const subject of ['Asked 1', 'Asked 2', 'Asked 3']) await sendAsApp(postfixture.smtp, { subject, text: 'x' });
  await row(page, 'Asked 3').waitFor();
  await page.clock.fastForward(3000);

  expect(unasked).toEqual([]);
  expect(await notes()).toEqual(['3 new messages / to ada@example.com']);
  expect(errors).toEqual([]);
});

test('a test mail is sent by a button', async () => {
  await using postfixture = await startPostfixture();
  await using browser = await openBrowser();
  const { page, errors } = await openPage(browser, postfixture.http.url);

  await page.getByRole('button', { name: 'Send me a test mail' }).click();

  await row(page, 'It works').waitFor();
  expect(errors).toEqual([]);
});
