import { expect, test } from 'vitest';
import { startPostfixture } from '../../src/index.ts';
import { sendAsApp } from '../support/app-mail.ts';
import { openBrowser } from '../support/browser.ts';
import { openForeignSite } from '../support/foreign-site.ts';
import { hostileHtml } from '../support/hostile-html.ts';
import { openWatchedPage } from '../support/watched-page.ts';

const MARK = 'The text of the mail is seen.';

test.for(['view/ID/html', 'view/ID.html'])(
  'the HTML of a mail, shown at /%s, reaches nobody, runs nothing and takes the page nowhere',
  { timeout: 240_000 },
  async (path) => {
    await using postfixture = await startPostfixture();
    await using canary = await openForeignSite('');
    await using browser = await openBrowser();
    await using watched = await openWatchedPage(browser, postfixture.http.url);
    const { page } = watched;

    const left: string[] = [];
    for (const { name, html } of hostileHtml(canary.origin)) {
      const id = await sendAsApp(postfixture.smtp, { subject: 'Hostile', html: `<p>${MARK}</p>${html}` });
      const url = `${postfixture.http.url}/${path.replace('ID', id)}`;
      await page.goto(url);
      await (path.endsWith('.html') ? page : page.frameLocator('iframe')).getByText(MARK).first().waitFor();
      if (page.url() !== url) left.push(name);
    }
    await page.waitForLoadState('networkidle');

    expect(left).toEqual([]);
    expect(watched.complaints().filter((complaint) => !complaint.startsWith('went to: '))).toEqual([]);
    expect(canary.requests).toEqual([]);
  },
);

test('a part that is HTML, SVG or a script is never shown as a page of the inbox’s origin', async () => {
  await using postfixture = await startPostfixture();
  await using browser = await openBrowser();
  const active = [
    'evil.html text/html',
    'evil.svg image/svg+xml',
    'evil.js text/javascript',
    'evil.xml text/xml',
    'evil.pdf application/pdf',
  ];
  await sendAsApp(postfixture.smtp, {
    subject: 'Parts',
    text: 'x',
    attachments: active.map((part) => {
      const [filename = '', contentType = ''] = part.split(' ');
      return {
        filename,
        contentType,
        content:
          '<svg xmlns="http://www.w3.org/2000/svg"><script>fetch("/api/v1/messages",{method:"DELETE"})</script></svg>',
      };
    }),
  });
  const { id } = await postfixture.waitFor({ subject: 'Parts' });
  const page = await browser.newPage();

  for (const [index, part] of active.entries()) {
    const url = `${postfixture.http.url}/api/v1/message/${id}/part/${index + 2}`;
    await page.goto(postfixture.http.url);
    const download = page.waitForEvent('download');
    await page.evaluate((target) => void window.open(target, '_self'), url);
    await (await download).cancel();
    const { headers } = await fetch(url);
    expect(headers.get('content-disposition'), part).toMatch(/^attachment/);
    expect(headers.get('content-security-policy'), part).toContain('sandbox');
  }

  expect(await postfixture.messages()).toHaveLength(1);
});
