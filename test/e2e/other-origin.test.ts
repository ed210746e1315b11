import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { startPostfixture, type Postfixture } from '../../src/index.ts';
import { sendAsApp } from '../support/app-mail.ts';
import { openBrowser } from '../support/browser.ts';
import { openForeignSite } from '../support/foreign-site.ts';

/** What a page of another origin may try; each resolves to what it got. */
const ATTACKS: readonly {
  name: string;
  attack: (page: Page, url: string, id: string) => Promise<unknown>;
  got: unknown;
}[] = [
  {
    name: 'an <img> marks a message as read',
    attack: (page, url, id) => load(page, 'img', `${url}/api/v1/message/${id}`),
    got: 'error',
  },
  {
    name: 'a no-cors fetch reads a message',
    attack: (page, url, id) =>
      page.evaluate(
        (target) =>
          fetch(target, { mode: 'no-cors' }).then(
            (r) => r.type,
            () => 'error',
          ),
        `${url}/api/v1/message/${id}`,
      ),
    got: 'error',
  },
  {
    name: 'a fetch reads the list',
    attack: (page, url) =>
      page.evaluate(
        (target) =>
          fetch(target).then(
            (r) => r.text(),
            () => 'error',
          ),
        `${url}/api/v1/messages`,
      ),
    got: 'error',
  },
  {
    name: 'a fetch with a simple content type deletes all',
    attack: (page, url) =>
      page.evaluate(
        (target) =>
          fetch(target, {
            method: 'POST',
            body: '{}',
            mode: 'no-cors',
            headers: { 'content-type': 'text/plain' },
          }).then(
            (r) => r.type,
            () => 'error',
          ),
        `${url}/api/v1/messages`,
      ),
    got: 'error',
  },
  {
    name: 'a WebSocket hears of new mail',
    attack: (page, url) =>
      page.evaluate(
        (target) =>
          new Promise((resolve) => {
            const socket = new WebSocket(target);
            socket.onopen = () => resolve('open');
            socket.onerror = () => resolve('error');
          }),
        `${url.replace('http', 'ws')}/api/events`,
      ),
    got: 'error',
  },
];

function load(page: Page, tag: 'img', source: string): Promise<unknown> {
  return page.evaluate(
    ([name, target]) =>
      new Promise((resolve) => {
        const element = document.createElement(name);
        element.addEventListener('load', () => resolve('load'));
        element.addEventListener('error', () => resolve('error'));
        element.setAttribute('src', target);
        document.body.append(element);
      }),
    [tag, source] as const,
  );
}

async function unread({ http }: Postfixture): Promise<unknown> {
  const response = await fetch(`${http.url}/api/v1/messages`);
  const { total, unread: count } = (await response.json()) as { total: number; unread: number };
  return { total, unread: count };
}

async function sendOne(postfixture: Postfixture): Promise<string> {
  await sendAsApp(postfixture.smtp, { subject: 'Secret', text: 'hush' });
  return (await postfixture.waitFor({ subject: 'Secret' })).id;
}

test('no page of another site can read or change anything', async () => {
  await using postfixture = await startPostfixture();
  await using site = await openForeignSite('<!doctype html><title>Elsewhere</title><body>');
  await using browser = await openBrowser();
  const id = await sendOne(postfixture);
  const page = await browser.newPage();

  for (const { name, attack, got } of ATTACKS) {
    await page.goto(site.origin);
    expect(await attack(page, postfixture.http.url, id), name).toEqual(got);
    expect(await unread(postfixture), name).toEqual({ total: 1, unread: 1 });
  }
});

test('a form of another site that is sent to the API changes nothing', async () => {
  await using postfixture = await startPostfixture();
  await using site = await openForeignSite('<!doctype html><title>Elsewhere</title><body>');
  await using browser = await openBrowser();
  await sendOne(postfixture);
  const page = await browser.newPage();
  await page.goto(site.origin);

  const [response] = await Promise.all([
    page.waitForResponse((answer) => answer.url().startsWith(postfixture.http.url)),
    page.evaluate((action) => {
      const form = document.createElement('form');
      Object.assign(form, { method: 'post', enctype: 'text/plain', action });
      document.body.append(form);
      form.submit();
    }, `${postfixture.http.url}/api/v1/messages`),
  ]);

  expect(response.status()).toBe(403);
  expect(await unread(postfixture)).toEqual({ total: 1, unread: 1 });
});

test('a frame of another site shows neither the inbox nor a message', async () => {
  await using postfixture = await startPostfixture();
  await using browser = await openBrowser();
  const id = await sendOne(postfixture);
  const page = await browser.newPage();
  const frames = ['', `view/${id}`, `view/${id}.html`, `view/${id}.txt`, `api/v1/message/${id}`]
    .map((path) => `<iframe src="${postfixture.http.url}/${path}"></iframe>`)
    .join('');
  await using site = await openForeignSite(`<!doctype html><title>Elsewhere</title>${frames}`);

  await page.goto(site.origin, { waitUntil: 'load' });

  const texts = await Promise.all(
    page
      .frames()
      .slice(1)
      .map((frame) => frame.locator('body').innerText()),
  );
  expect(texts).toHaveLength(5);
  expect(texts.join('\n')).not.toMatch(/Secret|hush/);
  expect(await unread(postfixture)).toEqual({ total: 1, unread: 1 });
});

test('a name of another site that resolves to this machine is refused', async () => {
  await using postfixture = await startPostfixture();
  await using browser = await openBrowser(['--host-resolver-rules=MAP rebound.test 127.0.0.1']);
  await sendOne(postfixture);
  const page = await browser.newPage();

  const response = await page.goto(`http://rebound.test:${postfixture.http.port}/api/v1/messages`);

  expect(response?.status()).toBe(421);
  expect(await response?.text()).not.toContain('Secret');
});
