import { createTransport } from 'nodemailer';
import { expect, test } from 'vitest';
import { startPostfixture, type Postfixture } from '../../src/index.ts';
import { sendAsApp, type Mail } from '../support/app-mail.ts';
import { openBrowser, openPage } from '../support/browser.ts';
import { startServing } from '../support/serving.ts';

/** Sends one mail as an app would. @returns its queue ID, once it is parsed */
async function send(postfixture: Postfixture, mail: Mail): Promise<string> {
  const id = await sendAsApp(postfixture.smtp, mail);
  await postfixture.waitFor({ subject: String(mail.subject) });
  return id;
}

test('the head says in a sentence where the mail would go, and leads to its journey', async () => {
  await using postfixture = await startPostfixture();
  await using browser = await openBrowser();
  const id = await send(postfixture, { subject: 'Where to', text: 'x' });
  const { page, errors } = await openPage(browser, `${postfixture.http.url}/view/${id}`);

  await page.getByRole('button', { name: /ada@example\.com would be relayed to example\.com/ }).click();

  await page.getByRole('group', { name: 'Journey' }).getByText('ada@example.com').first().waitFor();
  expect(new URL(page.url()).pathname).toBe(`/view/${id}/journey`);
  expect(new URL(page.url()).searchParams.get('rcpt')).toBe('ada@example.com');
  expect(errors).toEqual([]);
});

test('a code and the first link have a copy button; a mail without text shows what its HTML says', async () => {
  await using postfixture = await startPostfixture();
  await using browser = await openBrowser();
  const html = '<p>Your code is <b>482913</b>.</p><a href="https://acme.test/reset">Reset</a>';
  const id = await send(postfixture, { subject: 'Only HTML', html });
  const { page, errors } = await openPage(browser, `${postfixture.http.url}/view/${id}/text`);

  await page.getByRole('button', { name: 'Copy the code 482913' }).waitFor();

  await page.getByRole('button', { name: 'Copy https://acme.test/reset' }).waitFor();
  await page.getByText('No text part').waitFor();
  await page.getByRole('tabpanel').getByText('Your code is 482913.').waitFor();
  expect(errors).toEqual([]);
});

test('the source opens at the lines that the address names, and they can be chosen by number', async () => {
  await using postfixture = await startPostfixture();
  await using browser = await openBrowser();
  const text = Array.from({ length: 5000 }, (_, line) => `line of text ${line}`).join('\n');
  const id = await send(postfixture, { subject: 'Long', text });
  const { page, errors } = await openPage(browser, `${postfixture.http.url}/view/${id}/raw#L3000-L3002`);

  const selected = page.locator('.line.selected');
  await selected.nth(2).waitFor();
  expect(await selected.count()).toBe(3);
  await page.getByLabel('Go to line').fill('2');
  await page.getByLabel('Go to line').press('Enter');

  await page.waitForURL('**/raw#L2');
  await selected.nth(1).waitFor({ state: 'detached' });
  await selected.waitFor();
  expect(errors).toEqual([]);
});

test('find goes through all of the source, also what isn’t loaded, and round and round', async () => {
  await using postfixture = await startPostfixture();
  await using browser = await openBrowser();
  const filler = 'nothing to see in this line\n'.repeat(60_000);
  const id = await send(postfixture, { subject: 'Deep', text: `Needle one\n${filler}NEEDLE two\n` });
  const { page, errors } = await openPage(browser, `${postfixture.http.url}/view/${id}/raw`);
  const find = page.getByLabel('Find in the source');

  await find.fill('needle');
  await page.getByText('1 of 2', { exact: true }).waitFor();
  await find.press('Enter');

  await page.locator('.line.found').getByText('NEEDLE').waitFor();
  await page.getByText('2 of 2', { exact: true }).waitFor();
  await find.press('Enter');
  await page.getByText('1 of 2', { exact: true }).waitFor();
  await find.fill('haystack');
  await page.getByText('Not found').waitFor();
  expect(errors).toEqual([]);
});

test('each octet of the source can be shown', async () => {
  await using postfixture = await startPostfixture();
  await using browser = await openBrowser();
  const id = await send(postfixture, { subject: 'Octets', text: 'a\tb' });
  const { page, errors } = await openPage(browser, `${postfixture.http.url}/view/${id}/raw`);

  await page.getByLabel('Show all octets').check();

  await page.locator('.line').filter({ hasText: 'aTABbCRLF' }).waitFor();
  expect(errors).toEqual([]);
});

test('parts that are HTML or SVG are shown as source; the address names a part', async () => {
  await using postfixture = await startPostfixture();
  await using browser = await openBrowser();
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>document.title="run"</script></svg>';
  const id = await send(postfixture, {
    subject: 'Parts',
    text: 'x',
    attachments: [{ filename: 'a.svg', content: svg, contentType: 'image/svg+xml' }],
  });
  const { page, errors } = await openPage(browser, `${postfixture.http.url}/view/${id}/parts#2`);

  const part = page.locator('[aria-current=true]').filter({ hasText: 'image/svg+xml' });
  await part.getByText('Source').click();

  await part.getByText('<script>document.title="run"</script>').waitFor();
  expect(await page.title()).not.toBe('run');
  expect(errors).toEqual([]);
});

test('the session shows the dialogue, what was refused, and leads to the other mail of the same session', async () => {
  await using postfixture = await startPostfixture();
  await using browser = await openBrowser();
  const transport = createTransport({ ...postfixture.smtp, ignoreTLS: true, pool: true, maxConnections: 1 });
  const mail = { from: 'app@acme.test', to: 'ada@example.com', text: 'x' };
  const { response } = await transport.sendMail({ ...mail, subject: 'First' });
  await transport.sendMail({ ...mail, subject: 'Second' });
  transport.close();
  const id = response.slice(response.lastIndexOf(' ') + 1);
  const { page, errors } = await openPage(browser, `${postfixture.http.url}/view/${id}/session`);

  await page.getByText('MAIL FROM:<app@acme.test>').first().waitFor();
  await page.getByText('3 commands sent at once').first().waitFor();
  await page.getByRole('link', { name: 'Second' }).click();

  await page.getByRole('heading', { name: 'Second' }).waitFor();
  await page.getByRole('link', { name: 'First' }).waitFor();
  expect(errors).toEqual([]);
});

test('checks say why and how to mend, and ask nobody for links unless they are told to', async () => {
  await using postfixture = await startPostfixture();
  await using browser = await openBrowser();
  const html =
    '<p style="display:flex">Hi <img src="https://acme.test/x.png"></p><a href="https://acme.test/">Acme</a>';
  const id = await send(postfixture, { subject: 'Checked', html });
  const { page, errors } = await openPage(browser, `${postfixture.http.url}/view/${id}`);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));

  await page.getByRole('tab', { name: /Checks\s*2/ }).click();

  await page.getByText('HTML, but no text part').waitFor();
  await page.getByText('Send multipart/alternative with both.').waitFor();
  await page.getByRole('link', { name: 'display:flex' }).waitFor();
  await page.getByRole('button', { name: 'Ask for each link' }).waitFor();
  expect(asked.filter((url) => url.includes('link-check'))).toEqual([]);
  expect(errors).toEqual([]);
});

test('headers that Postfix would rewrite are marked, with before, after and the rule', async () => {
  await using program = await startServing([
    '--ephemeral',
    '-o',
    'sender_canonical_maps=inline:{app@acme.test=no-reply@acme.test}',
  ]);
  await using browser = await openBrowser();
  const id = await sendAsApp({ host: 'localhost', port: program.smtpPort }, { subject: 'Rewritten', text: 'x' });
  const { page, errors } = await openPage(browser, `${program.url}/view/${id}/headers`);

  await page.getByText('Postfix would rewrite it').waitFor();

  await page.getByText('From: Acme <app@acme.test>').waitFor();
  await page.getByText('From: Acme <no-reply@acme.test>').waitFor();
  await page.getByText('sender_canonical_maps').first().waitFor();
  expect(errors).toEqual([]);
});

test('a tab that is chosen is in sight on a narrow screen, and the page stays where it is', async () => {
  await using postfixture = await startPostfixture();
  await using browser = await openBrowser();
  const recipients = Array.from({ length: 30 }, (_, n) => `r${n}@example.com`);
  const id = await send(postfixture, { subject: 'Narrow', text: 'x', to: recipients });
  const page = await browser.newPage({ viewport: { width: 390, height: 600 } });

  await page.goto(`${postfixture.http.url}/view/${id}/journey?rcpt=r25@example.com`);

  const row = page.locator('[aria-current=true]').filter({ hasText: 'r25@example.com' });
  await expect.poll(async () => (await row.boundingBox())?.y ?? 1e6, { timeout: 15_000 }).toBeLessThan(600);
  const box = await page.getByRole('tab', { selected: true }).boundingBox();
  expect((box?.x ?? 1e6) + (box?.width ?? 0)).toBeLessThanOrEqual(390);
  expect(await page.evaluate(() => document.querySelector('main')?.getBoundingClientRect().top)).toBe(0);
});

test('of a mail that is huge the first part is shown, and all of it on demand', { timeout: 60_000 }, async () => {
  await using postfixture = await startPostfixture();
  await using browser = await openBrowser();
  const id = await send(postfixture, {
    subject: 'Huge',
    text: 'A line of text.\n'.repeat(80_000),
    headers: Object.fromEntries(Array.from({ length: 600 }, (_, n) => [`X-Field-${n}`, `value ${n}`])),
    attachments: Array.from({ length: 250 }, (_, n) => ({ filename: `${n}.txt`, content: `part ${n}` })),
  });
  const { page, errors } = await openPage(browser, `${postfixture.http.url}/view/${id}/text`);

  await page.getByRole('button', { name: 'Show all (1.2 MB)' }).waitFor();
  await page.getByRole('tab', { name: /^Headers/ }).click();
  await page.getByRole('button', { name: /^Show all \(60\d\)/ }).click();
  await page.getByText('value 599', { exact: true }).waitFor();
  await page.getByRole('tab', { name: /^Parts/ }).click();
  await page.getByRole('button', { name: /^Show all \(25\d\)/ }).click();

  await page.getByText('249.txt').waitFor();
  expect(errors).toEqual([]);
});

test('a message that is deleted elsewhere stays, and one that is not there is told of', async () => {
  await using postfixture = await startPostfixture();
  await using browser = await openBrowser();
  const id = await send(postfixture, { subject: 'Short-lived', text: 'Still to be read.' });
  const { page, errors } = await openPage(browser, `${postfixture.http.url}/view/${id}/text`);
  await page.getByRole('tabpanel').getByText('Still to be read.').waitFor();

  await postfixture.clear();

  await page.getByText('Deleted in another window.').waitFor();
  expect(await page.getByRole('tabpanel').getByText('Still to be read.').count()).toBe(1);
  await page.reload();
  await page.getByText(`Message ${id} is not here: deleted, or from another data directory.`).waitFor();
  expect(errors).toEqual([]);
});
