import { expect, test } from 'vitest';
import { startPostfixture, type Postfixture } from '../../src/index.ts';
import { sendAsApp } from '../support/app-mail.ts';
import { openBrowser } from '../support/browser.ts';

async function send({ smtp }: Pick<Postfixture, 'smtp'>, subject: string): Promise<string> {
  return await sendAsApp(smtp, {
    to: ['ada@example.com', 'grace@example.com'],
    subject,
    text: 'こんにちは。',
    html: '<p>こんにちは。</p>',
  });
}

test('a browser that asks for Japanese is answered in Japanese, and loads no English', async () => {
  await using postfixture = await startPostfixture();
  await using browser = await openBrowser();
  const id = await send(postfixture, 'パスワードの再設定');
  await postfixture.waitFor({ subject: 'パスワードの再設定' });
  const page = await browser.newPage({ locale: 'ja-JP' });
  const scripts: string[] = [];
  page.on('response', async (response) => {
    if (response.url().endsWith('.js')) scripts.push(await response.text());
  });

  await page.goto(`${postfixture.http.url}/view/${id}/headers`, { waitUntil: 'networkidle' });

  await page.getByRole('tab', { name: 'ヘッダー' }).waitFor();
  await page.getByRole('link', { name: '受信トレイ' }).first().waitFor();
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('ja');
  expect(scripts.join('')).toContain('受信トレイ');
  expect(scripts.join('')).not.toContain('Search or filter');
});

test('the language that is chosen on the sheet of keys stays, whatever the browser asks for', async () => {
  await using postfixture = await startPostfixture();
  await using browser = await openBrowser();
  const page = await browser.newPage({ locale: 'en-US' });
  await page.goto(`${postfixture.http.url}/config`);
  await page.getByRole('heading', { level: 1, name: 'Configuration' }).waitFor();

  await page.keyboard.press('?');
  await page.getByLabel('言語').selectOption('日本語');
  await page.getByRole('heading', { level: 1, name: '設定' }).waitFor();
  await page.reload();

  await page.getByRole('heading', { level: 2, name: 'パラメーター' }).waitFor();
  expect(new URL(page.url()).pathname).toBe('/config');
  await page.keyboard.press('?');
  await page.getByLabel('Language').selectOption('ブラウザーに合わせる');
  await page.getByRole('heading', { level: 1, name: 'Configuration' }).waitFor();
});

test.for([{ width: 1280 }, { width: 390 }])('Japanese fits at $width px', async ({ width }) => {
  await using postfixture = await startPostfixture();
  await using browser = await openBrowser();
  const id = await send(postfixture, 'パスワードの再設定');
  await postfixture.waitFor({ subject: 'パスワードの再設定' });
  const page = await browser.newPage({ locale: 'ja-JP', viewport: { width, height: 800 } });
  const cut: string[] = [];

  for (const path of ['/', '/connect', '/config', `/view/${id}/headers`, `/view/${id}/journey`]) {
    await page.goto(postfixture.http.url + path, { waitUntil: 'networkidle' });
    const found = await page.evaluate(() => {
      const wide = document.documentElement.scrollWidth > innerWidth ? ['the page'] : [];
      // What is a label of one line: a second one would push the rest away, and a cut one can't be read.
      const labels = [...document.querySelectorAll<HTMLElement>('.rail a, .rail button, [role=tab], .bar nav a')];
      return [
        ...wide,
        ...labels
          .filter((label) => label.scrollWidth > label.clientWidth || label.clientHeight > 48)
          .map((label) => label.innerText),
      ];
    });
    cut.push(...found.map((what) => `${path}: ${what}`));
  }

  expect(cut).toEqual([]);
});
