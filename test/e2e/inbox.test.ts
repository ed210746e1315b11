import { expect, test } from 'vitest';
import { startPostfixture } from '../../src/index.ts';
import { sendAsApp } from '../support/app-mail.ts';
import { openBrowser, openPage } from '../support/browser.ts';
import { row } from '../support/inbox-page.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

test('an empty inbox says where to send mail, and the first mail replaces it without a reload', async () => {
  await using postfixture = await startPostfixture();
  await using browser = await openBrowser();
  const { page, errors } = await openPage(browser, postfixture.http.url);
  await page.getByText(`localhost:${postfixture.smtp.port}`).first().waitFor();

  await sendAsApp(postfixture.smtp, { subject: 'It works', text: 'Hello.' });

  await row(page, 'It works').waitFor();
  await expect.poll(() => page.title()).toContain('(1)');
  expect(errors).toEqual([]);
});

test('an opened mail shows its HTML in a frame, and its envelope, text, headers and source under URLs of their own', async () => {
  await using postfixture = await startPostfixture();
  await using browser = await openBrowser();
  const id = await sendAsApp(postfixture.smtp, {
    subject: 'Reset your password',
    bcc: 'audit@acme.test',
    text: 'Your code is 271828.',
    html: '<p>Your code is <b>271828</b>, in HTML.</p>',
  });
  const { page, errors } = await openPage(browser, postfixture.http.url);

  await row(page, 'Reset your password').click();
  await page.frameLocator('iframe').getByText('in HTML').waitFor();
  expect(new URL(page.url()).pathname).toMatch(new RegExp(`^/view/${id}`));
  await page.getByRole('tab', { name: 'Text' }).click();
  await page.getByRole('tabpanel').getByText('Your code is 271828.').waitFor();
  expect(new URL(page.url()).pathname).toBe(`/view/${id}/text`);
  await page.getByRole('tab', { name: 'Headers' }).click();
  await page.getByRole('tabpanel').getByText('Acme <app@acme.test>').first().waitFor();
  await page.getByRole('tab', { name: 'Raw' }).click();
  await page.getByRole('tabpanel').getByText('Subject: Reset your password').waitFor();
  await page.reload();
  const tabAfterReload = await page.getByRole('tab', { selected: true }).textContent();
  await page.goBack();

  expect(tabAfterReload?.trim()).toBe('Raw');
  expect(new URL(page.url()).pathname).toBe('/');
  expect(errors).toEqual([]);
});

test('a page that was cut off catches up: nothing is lost and nothing shown twice', async () => {
  await using directory = await makeTemporaryDirectory();
  await using browser = await openBrowser();
  const first = await startPostfixture({ data: directory.path });
  const ports = { smtpPort: first.smtp.port, httpPort: first.http.port };
  await sendAsApp(first.smtp, { subject: 'Before', text: 'x' });
  const { page, errors } = await openPage(browser, first.http.url);
  await row(page, 'Before').waitFor();

  await first.close();
  await using second = await startPostfixture({ data: directory.path, ...ports });
  await sendAsApp(second.smtp, { subject: 'After', text: 'x' });

  await row(page, 'After').waitFor();
  expect(await page.getByRole('option').count()).toBe(2);
  expect(errors).toEqual([]);
});

test('a deleted mail is gone from the list and, when Undo is over, from the server', async () => {
  await using postfixture = await startPostfixture();
  await using browser = await openBrowser();
  const id = await sendAsApp(postfixture.smtp, { subject: 'Unwanted', text: 'x' });
  await sendAsApp(postfixture.smtp, { subject: 'Wanted', text: 'x' });
  const { page, errors } = await openPage(browser, `${postfixture.http.url}/view/${id}`);
  await page.getByRole('heading', { name: 'Unwanted' }).waitFor();
  const deleted = page.waitForResponse((response) => response.request().method() === 'DELETE');

  await page.keyboard.press('Delete');
  await expect.poll(() => row(page, 'Unwanted').count()).toBe(0);
  await deleted;

  expect((await postfixture.messages()).map(({ subject }) => subject)).toEqual(['Wanted']);
  expect(errors).toEqual([]);
});

test('search narrows the list to what matches, and has a URL', async () => {
  await using postfixture = await startPostfixture();
  await using browser = await openBrowser();
  for (const subject of ['Invoice 42', 'Welcome']) {
    await sendAsApp(postfixture.smtp, { subject, text: 'x' });
    await postfixture.waitFor({ subject });
  }
  const { page, errors } = await openPage(browser, `${postfixture.http.url}/?q=subject:invoice`);

  await row(page, 'Invoice 42').waitFor();

  expect(await page.getByRole('option').count()).toBe(1);
  expect(errors).toEqual([]);
});

test('a mail that cannot be parsed is listed, and its source is shown with the reason', async () => {
  await using postfixture = await startPostfixture({ parseTimeLimit: 1 });
  await using browser = await openBrowser();
  const id = await sendAsApp(postfixture.smtp, {
    subject: 'Too much',
    text: 'x',
    attachments: Array.from({ length: 300 }, (_, n) => ({ filename: `${n}.bin`, content: Buffer.alloc(20_000, n) })),
  });
  const { parseFailure } = await postfixture.waitFor({ subject: 'Too much' });
  const { page, errors } = await openPage(browser, `${postfixture.http.url}/view/${id}`);

  await page
    .getByText(parseFailure ?? 'no reason')
    .first()
    .waitFor();

  expect(parseFailure).toContain('longer than');
  await page.getByText('Subject: Too much').first().waitFor();
  expect(errors).toEqual([]);
});
