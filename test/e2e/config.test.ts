import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { LOOKS, runAxe } from '../support/axe.ts';
import { openBrowser, openPage } from '../support/browser.ts';
import { startServing } from '../support/serving.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const MAIN_CF = `compatibility_level = 3.6
mydomain = acme.test
myhostname = mail.$mydomain
mydestination = $myhostname, localhost
message_size_limit = 10485760   # ten megabytes
virtual_alias_maps = texthash:/etc/postfix/virtual
inet_interfaces = all
`;
const MASTER_CF = `smtp inet n - n - - smtpd
submission inet n - n - - smtpd
  -o smtpd_tls_security_level=encrypt
`;

/** The program on a configuration of its own, with a change of main.cf at hand. */
async function serveConfiguration(mainCf = MAIN_CF) {
  const directory = await makeTemporaryDirectory();
  const write = (name: string, text: string) => writeFile(join(directory.path, name), text);
  await write('main.cf', mainCf);
  await write('master.cf', MASTER_CF);
  await write('virtual', 'ops@acme.test root\n');
  const program = await startServing(['--ephemeral', `--config=${directory.path}`]);
  return {
    url: program.url,
    writeMainCf: (text: string) => write('main.cf', text),
    removeMainCf: () => rm(join(directory.path, 'main.cf')),
    async [Symbol.asyncDispose]() {
      await program[Symbol.asyncDispose]();
      await directory[Symbol.asyncDispose]();
    },
  };
}

function row(page: Page, name: string) {
  return page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) });
}

test('g c leads to the configuration: a finding is on top, and leads to its line in the table', async () => {
  await using served = await serveConfiguration();
  await using browser = await openBrowser();
  const { page, errors } = await openPage(browser, served.url);
  await page.getByRole('navigation', { name: 'Views' }).waitFor();

  await page.keyboard.press('g');
  await page.keyboard.press('c');
  await page.getByRole('link', { name: 'main.cf:5 · message_size_limit' }).first().click();

  await expect.poll(() => new URL(page.url()).pathname).toBe('/config/message_size_limit');
  await row(page, 'message_size_limit').getByText('Mend:').first().waitFor();
  expect(await row(page, 'message_size_limit').textContent()).toContain('# ten megabytes');
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('message_size_limit');
  expect(errors).toEqual([]);
});

test('a value is shown with what sets it, and $name unfolds in place', async () => {
  await using served = await serveConfiguration();
  await using browser = await openBrowser();
  const { page, errors } = await openPage(browser, `${served.url}/config`);
  const destination = row(page, 'mydestination');

  await destination.getByRole('button', { name: 'What $myhostname stands for' }).click();
  await destination.getByRole('button', { name: 'What $mydomain stands for' }).click();

  expect((await destination.getByRole('cell').allTextContents()).map((text) => text.trim())).toEqual([
    expect.stringContaining('mail.acme.test, localhost'),
    'main.cf:4',
  ]);
  expect(await destination.textContent()).toContain('$myhostnamemail.$mydomainacme.test');
  expect(await row(page, 'inet_interfaces').textContent()).toContain('main.cf:7 is not followed here: all');
  expect(await row(page, 'smtpd_tls_security_level').textContent()).toContain('only for submission/inet');
  expect(errors).toEqual([]);
});

test('all parameters are one switch away, the filter narrows them, and both have a URL', async () => {
  await using served = await serveConfiguration();
  await using browser = await openBrowser();
  const { page, errors } = await openPage(browser, `${served.url}/config`);
  await row(page, 'mydomain').waitFor();
  expect(await row(page, 'virtual_alias_domains').count()).toBe(0);

  await page.getByText('All', { exact: true }).click();
  await row(page, 'virtual_alias_domains').waitFor();
  await page.keyboard.press('Escape');
  await page.goto(`${served.url}/config?all=1`);
  await row(page, 'virtual_alias_domains').waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('virtual_alias');

  await expect.poll(() => row(page, 'mydomain').count()).toBe(0);
  expect(new URL(page.url()).search).toBe('?all=1&find=virtual_alias');
  expect(errors).toEqual([]);
});

test('a change of main.cf is seen without loading the page again; one that is not taken says what stops it', async () => {
  await using served = await serveConfiguration();
  await using browser = await openBrowser();
  const { page, errors } = await openPage(browser, `${served.url}/config`);
  await row(page, 'mydomain').getByText('acme.test').waitFor();
  await page.getByRole('img', { name: /^Live/ }).waitFor();

  await served.writeMainCf(MAIN_CF.replace('acme.test', 'other.test'));
  await row(page, 'mydomain').getByText('other.test').waitFor();
  await served.writeMainCf(`${MAIN_CF}myorigin acme.test\n`);
  const banner = page.getByRole('heading', { name: /^Running on the configuration of .*; main\.cf:8 stops/ });
  await banner.waitFor();
  const kept = await row(page, 'mydomain').getByText('other.test').count();
  await served.writeMainCf(MAIN_CF);
  await banner.waitFor({ state: 'detached' });

  expect(kept).toBe(1);
  expect(errors).toEqual([]);
});

test('keys that change messages do nothing where no message is seen', async () => {
  await using served = await serveConfiguration();
  await using browser = await openBrowser();
  const { page, errors } = await openPage(browser, `${served.url}/config`);
  await row(page, 'mydomain').waitFor();

  for (const key of ['Delete', '#', 'Enter', 'u']) await page.keyboard.press(key);

  expect(new URL(page.url()).pathname).toBe('/config');
  expect(errors).toEqual([]);
});

test.for(LOOKS)(
  'axe finds nothing in the configuration at $width px, $colorScheme',
  { timeout: 120_000 },
  async ({ width, height, colorScheme }) => {
    await using served = await serveConfiguration();
    await using bare = await startServing(['--ephemeral']);
    await using browser = await openBrowser();
    // The page's own policy lets no foreign script in, and axe is one.
    const context = await browser.newContext({ viewport: { width, height }, colorScheme, bypassCSP: true });
    const found: string[] = [];
    const look = async (url: string) => {
      const page = await context.newPage();
      await page.goto(url, { waitUntil: 'networkidle' });
      await page.getByRole('heading', { name: 'Parameters' }).waitFor();
      const unfold = page.getByRole('button', { name: 'What $myhostname stands for' });
      if ((await unfold.count()) > 0) await unfold.first().click();
      found.push(...(await runAxe(page)).map((finding) => `${url}: ${finding}`));
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (overflow > 0) found.push(`${url}: scrolls sideways by ${overflow} px`);
      await page.close();
    };

    await look(`${bare.url}/config`);
    for (const path of ['/message_size_limit', '/nothing?all=1&find=virtual', '?find=nothing-is-like-this']) {
      await look(`${served.url}/config${path}`);
    }
    await served.removeMainCf();
    await expect
      .poll(async (): Promise<unknown> => await (await fetch(`${served.url}/api/v1/postfix/config`)).json())
      .toHaveProperty('rejected');
    await look(`${served.url}/config`);

    expect(found).toEqual([]);
  },
);
