// npm run screens: takes a picture of every view, at two widths, in two themes, with 0, 3 and 10,000 messages. All are
// written to screens/, which git ignores; those that the documentation keeps go to docs/screens. Run "npm run build" before.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createTransport } from 'nodemailer';
import { openChromium } from './chromium.js';
import { MAILS, makeManyMails, toOutgoing } from './screens/mails.js';
import { KEPT, listViews, SIZES, THEMES } from './screens/views.js';

const DAY = '2026-11-24';
const NOW_MS = Date.parse(`${DAY}T11:42:00Z`);
const STAGES = ['0', '3', '10000'];
const HEAP = 500;

const { values: flags } = parseArgs({
  options: {
    locale: { type: 'string', default: 'en-GB' },
    stage: { type: 'string', multiple: true, default: STAGES },
    view: { type: 'string', default: '' },
    keep: { type: 'boolean', default: false },
    'only-kept': { type: 'boolean', default: false },
  },
});

const browser = await openChromium();
const encoder = await browser.newPage();
try {
  for (const stage of flags.stage) await photographStage(stage);
} finally {
  await browser.close();
}

async function photographStage(stage) {
  const server = await startServer();
  try {
    const ids = await fill(server, stage);
    const views = listViews(ids).filter(({ name }) => name.startsWith(flags.view));
    for (const size of SIZES) for (const theme of THEMES) await photograph(server, views, { stage, size, theme });
  } finally {
    if (server.child.connected) server.child.disconnect();
    if (server.child.exitCode === null) await once(server.child, 'exit');
  }
}

async function startServer() {
  const options = { config: './postfix', passwdFile: './postfix/passwd', maxMessages: 0 };
  const child = fork(resolve('scripts/screens/server.js'), [String(NOW_MS), JSON.stringify(options)], {
    cwd: 'scripts/screens',
    env: { ...process.env, TZ: 'UTC' },
  });
  const [listening] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => {
      throw new Error('Postfixture did not start');
    }),
  ]);
  const tell = async (nowMs) => {
    child.send({ nowMs });
    await once(child, 'message');
  };
  return { child, ...listening, tell };
}

/** @returns a mail's key → its queue ID */
async function fill({ smtp, http, tell }, stage) {
  const crowd = createTransport({ ...smtp, ignoreTLS: true, pool: true, maxConnections: 5, maxMessages: Infinity });
  // Without a pool each has a session of its own.
  const single = createTransport({ ...smtp, ignoreTLS: true, name: 'web1.acme.test' });
  const deliver = async (transport, mail, about) => {
    const { response } = await transport.sendMail(toOutgoing(mail, about));
    return response.slice(response.lastIndexOf(' ') + 1);
  };
  const ids = {};
  if (stage === '10000') {
    // In heaps that come at one moment each: one by one they would take minutes.
    const many = [...makeManyMails(10_000 - MAILS.length)];
    for (let at = 0; at < many.length; at += HEAP) {
      const date = new Date(Date.parse(`${DAY}T04:00:00Z`) + at * 1000);
      await tell(date.getTime());
      const heap = many.slice(at, at + HEAP);
      await Promise.all(heap.map((mail, index) => deliver(crowd, mail, { date, number: at + index })));
    }
  }
  for (const mail of stage === '0' ? [] : MAILS.slice(stage === '3' ? -3 : 0)) {
    const date = new Date(`${DAY}T${mail.time}Z`);
    await tell(date.getTime());
    ids[mail.key] = await deliver(single, mail, { date });
  }
  crowd.close();
  await tell(NOW_MS);
  await untilSettled(http.url);
  for (const key of ['cron', 'newsletter', 'deploy', 'order']) {
    if (ids[key]) await markAsRead(http.url, [ids[key]]);
  }
  return ids;
}

/** Until the newest messages are parsed and have their verdicts. */
async function untilSettled(url) {
  for (;;) {
    const { messages } = await (await fetch(`${url}/api/v1/messages?limit=50`)).json();
    if (messages.every(({ Verdict, Parse }) => Verdict && Parse?.State !== 'pending')) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function markAsRead(url, IDs) {
  const headers = { 'Content-Type': 'application/json' };
  await fetch(`${url}/api/v1/messages`, { method: 'PUT', headers, body: JSON.stringify({ IDs, Read: true }) });
}

async function photograph({ http }, views, { stage, size, theme }) {
  const context = await browser.newContext({
    viewport: size,
    colorScheme: theme,
    locale: flags.locale,
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
    hasTouch: size.width < 700,
  });
  const page = await context.newPage();
  await page.clock.setFixedTime(NOW_MS);
  for (const { name, path, keys = [], click, ready } of views) {
    const file = `${stage}/${name}-${size.width}-${theme}`;
    if (flags['only-kept'] && !KEPT.has(file)) continue;
    await page.goto(http.url + path, { waitUntil: 'networkidle' });
    if (click) await page.locator(click).first().click();
    for (const key of keys) await page.keyboard.press(key);
    if (ready) await page.locator(ready).waitFor();
    await page.waitForLoadState('networkidle');
    await page.evaluate(() => document.fonts.ready);
    const png = await page.screenshot({ caret: 'hide' });
    write(join('screens', `${file}.png`), png);
    if (flags.keep && KEPT.has(file)) await keep(file, png);
  }
  await context.close();
}

/** As WebP, which is a fifth of a PNG; the browser encodes it. */
async function keep(name, png) {
  const encoded = await encoder.evaluate(async (source) => {
    const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${source}`)).blob());
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [image.width, image.height];
    canvas.getContext('2d').drawImage(image, 0, 0);
    return canvas.toDataURL('image/webp', 0.9).split(',')[1];
  }, png.toString('base64'));
  write(join('docs/screens', `${name.replace('/', '-')}.webp`), Buffer.from(encoded, 'base64'));
}

function write(path, octets) {
  mkdirSync(dirname(path), { recursive: true });
  rmSync(path, { force: true });
  writeFileSync(path, octets);
}
