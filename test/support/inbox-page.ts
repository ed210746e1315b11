import { createTransport } from 'nodemailer';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import type { Postfixture } from '../../src/index.ts';

type Mail = Parameters<ReturnType<typeof createTransport>['sendMail']>[0];

/** Sends one mail as an app would. @returns its queue ID */
export async function send({ smtp }: Pick<Postfixture, 'smtp'>, mail: Mail): Promise<string> {
  const transport = createTransport({ ...smtp, ignoreTLS: true });
  const { response } = await transport.sendMail({ from: 'Acme <app@acme.test>', to: 'ada@example.com', ...mail });
  transport.close();
  return response.slice(response.lastIndexOf(' ') + 1);
}

/** Opens a page. @returns what fails in its scripts, too */
export async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; errors: Error[] }> {
  const page = await browser.newPage(options);
  const errors: Error[] = [];
  page.on('pageerror', (error) => errors.push(error));
  await page.goto(url);
  return { page, errors };
}

/** The rows of the list with this subject. */
export function row(page: Page, subject: string): Locator {
  return page.getByRole('option').filter({ hasText: subject });
}

/** Sends so many mails, `Mail 0` first, over a few connections. They may be listed in another order. */
export async function sendMany({ smtp }: Pick<Postfixture, 'smtp'>, count: number): Promise<void> {
  const transport = createTransport({ ...smtp, ignoreTLS: true, pool: true, maxMessages: Number.POSITIVE_INFINITY });
  await Promise.all(
    Array.from({ length: count }, (_, index) =>
      transport.sendMail({ from: 'app@acme.test', to: 'ada@example.com', subject: `Mail ${index}`, text: 'x' }),
    ),
  );
  transport.close();
}
