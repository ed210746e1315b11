import { createTransport } from 'nodemailer';
import { expect, test } from 'vitest';
import { startPostfixture, type Postfixture } from '../../src/index.ts';
import { LOOKS, runAxe } from '../support/axe.ts';
import { openBrowser } from '../support/browser.ts';

async function sendMails({ smtp }: Postfixture, count: number): Promise<string> {
  const transport = createTransport({ ...smtp, ignoreTLS: true, pool: true });
  let response = '';
  for (let index = 0; index < count; index += 1) {
    const answer = await transport.sendMail({
      from: 'Acme <app@acme.test>',
      to: ['ada@example.com', 'grace@example.com'],
      subject: `Message ${index}`,
      text: 'Hello https://acme.test/ 123456',
      html: '<p lang="en">Hello <a href="https://acme.test/">Acme</a></p>',
      attachments: [{ filename: 'terms.txt', content: 'All rights.' }],
    });
    response = answer.response;
  }
  transport.close();
  return response.slice(response.lastIndexOf(' ') + 1);
}

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
      found.push(...(await runAxe(page)).map((finding) => `${new URL(url).pathname}: ${finding}`));
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (overflow > 0) found.push(`${new URL(url).pathname}: scrolls sideways by ${overflow} px`);
      await page.close();
    }

    expect(found).toEqual([]);
  },
);
