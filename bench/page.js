// The built page in Chromium: how soon it shows what was asked for, and whether it is ever busy for too long.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { openChromium } from '../scripts/chromium.js';
import { writeMail } from './mail.js';
import { sendWithSmtpSource, startPostfixture } from './processes.js';
import { waitUntilParsed } from './verify.js';

const LISTED = 10_000;
const BURST = 1000;
const ROUNDS = 5;
const HTML_ROUNDS = 3;
const MEGABYTE = 1024 * 1024;

/**
 * Measures the page with 10,000 messages and a few huge ones.
 * @param {string} directory for the server's data
 * @returns {Promise<readonly { name: string, value: number, unit: string, atMost?: number }[]>} medians, or the
 *   worst of all; one without a bound is there to compare with
 */
export async function measurePage(directory) {
  const server = await startPostfixture(join(directory, 'page-data'));
  const browser = await openChromium();
  try {
    const mail = writeMail(directory, { word: 'listed', sizeBytes: 1024 });
    await sendWithSmtpSource({ ...server, file: mail.file, count: LISTED, sessions: 10, keepConnection: true });
    const html = writeMuchHtml();
    const { htmlId, rawId } = await sendSpecial(server, html);
    await waitUntilParsed(server.url);
    return [
      ...(await measureList(browser, server.url)),
      ...(await measureScrolling(browser, server.url)),
      ...(await measureReading(browser, server.url)),
      ...(await measureHtml(browser, `${server.url}/view/${htmlId}/html`, html)),
      ...(await measureRaw(browser, `${server.url}/view/${rawId}/headers`)),
      ...(await measureBurst(browser, server, mail)),
    ];
  } finally {
    await browser.close();
    await server.stop();
  }
}

function writeMuchHtml() {
  const paragraph = '<p>All work and no play makes a long mail, and a long mail makes a slow page.</p>\n';
  return `${paragraph.repeat((5 * MEGABYTE) / paragraph.length)}<p>The end of it</p>`;
}

/** Two huge mails, and some with subjects of their own on top. @returns the IDs of the huge ones */
async function sendSpecial({ port }, html) {
  const transport = createTransport({ host: '127.0.0.1', port, ignoreTLS: true, pool: true, maxConnections: 1 });
  const send = async (more) => {
    const { response } = await transport.sendMail({ from: 'app@bench.test', to: 'ada@bench.test', ...more });
    return response.slice(response.lastIndexOf(' ') + 1);
  };
  const line = `${'all the octets that were sent, '.repeat(2)}\r\n`;
  const htmlId = await send({ subject: 'Much HTML', html });
  const rawId = await send({
    subject: 'Much text',
    text: `${line.repeat((25 * MEGABYTE) / line.length)}the needle\r\n`,
  });
  for (let number = 1; number <= 30; number += 1) await send({ subject: `Number ${number}.`, text: `mail ${number}` });
  transport.close();
  return { htmlId, rawId };
}

async function measureList(browser, url) {
  const times = [];
  let octets = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const page = await openPage(browser);
    await page.goto(url, { waitUntil: 'commit' });
    times.push(await page.evaluate(whenPainted, { selector: '[role=option] .subject' }));
    octets = await page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .filter(({ name }) => name.includes('/api/'))
        .reduce((sum, { decodedBodySize }) => sum + decodedBodySize, 0),
    );
    await page.context().close();
  }
  return [
    { name: `list of ${LISTED}: usable after`, value: median(times), unit: 'ms', atMost: 500 },
    { name: '  JSON loaded by then', value: octets / 1000, unit: 'KB', atMost: 100 },
  ];
}

async function measureScrolling(browser, url) {
  const page = await openList(browser, url);
  const rows = await page.evaluate(async () => {
    const option = document.querySelector('[role=option]');
    let scroller = option.parentElement;
    while (scroller.scrollHeight <= scroller.clientHeight) scroller = scroller.parentElement;
    let most = 0;
    for (let step = 1; step <= 200; step += 1) {
      scroller.scrollTop = (scroller.scrollHeight * step) / 200;
      await new Promise(requestAnimationFrame);
      most = Math.max(most, document.querySelectorAll('[role=option]').length);
    }
    return most;
  });
  const longest = await longestTask(page);
  await page.context().close();
  return [
    { name: '  rows in the DOM', value: rows, unit: '', atMost: 60 },
    { name: '  scrolled to its end: longest task', value: longest, unit: 'ms', atMost: 50 },
  ];
}

async function measureReading(browser, url) {
  const page = await openList(browser, url);
  const toHead = (number) => ({ selector: 'article h1', text: `Number ${number}.` });
  const opened = [];
  for (const number of [30, 27, 24, 28, 25]) {
    const row = page.getByRole('option').filter({ hasText: `Number ${number}.` });
    opened.push(await untilPainted(page, 'click', toHead(number), () => row.click()));
  }
  const next = [];
  for (let number = 24; number > 14; number -= 1) {
    next.push(await untilPainted(page, 'keydown', toHead(number), () => page.keyboard.press('J')));
  }
  await page.context().close();
  return [
    { name: 'a message: head painted', value: median(opened), unit: 'ms', atMost: 80 },
    { name: '  the next one, by J', value: median(next), unit: 'ms', atMost: 50 },
  ];
}

/** The same file is also shown by itself, from a server that does nothing else: less than that the browser can't do. */
async function measureHtml(browser, url, html) {
  const bare = createServer((_request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': 'sandbox' });
    response.end(html);
  }).listen(0, '127.0.0.1');
  await once(bare, 'listening');
  const [shown, answered, alone] = [[], [], []];
  for (let round = 0; round < HTML_ROUNDS; round += 1) {
    alone.push(await showAlone(browser, `http://127.0.0.1:${bare.address().port}/`));
    const all = await showAll(browser, url);
    shown.push(all.shownMs);
    answered.push(all.answeredMs);
  }
  bare.close();
  return [
    { name: 'HTML of 5 MB: all of it laid out', value: median(shown), unit: 'ms', atMost: 2000 },
    { name: '  the same file alone in a tab', value: median(alone), unit: 'ms' },
    { name: '  the list answers a key meanwhile', value: median(answered), unit: 'ms', atMost: 100 },
  ];
}

async function showAlone(browser, url) {
  const page = await openPage(browser);
  const started = performance.now();
  await page.goto(url, { waitUntil: 'load' });
  await layOut(page.mainFrame());
  const ms = performance.now() - started;
  await page.context().close();
  return ms;
}

async function showAll(browser, url) {
  const page = await openPage(browser);
  await page.goto(url);
  const button = page.getByRole('tabpanel').getByRole('button', { name: 'Show all' });
  await button.waitFor();
  await page.evaluate(() => {
    window.benchLoaded = new Promise((resolve) => {
      document.addEventListener('load', ({ target }) => target.src?.includes('all=1') && resolve(), { capture: true });
    });
  });
  const started = performance.now();
  await button.click();
  const shown = page
    .evaluate(() => window.benchLoaded)
    .then(() => layOut(page.frames().find((frame) => frame.url().includes('all=1'))))
    .then(() => performance.now() - started);
  const answeredMs = await untilPainted(page, 'keydown', { selector: '[role=option].current' }, () =>
    page.keyboard.press('j'),
  );
  const shownMs = await shown;
  await page.context().close();
  return { shownMs, answeredMs };
}

/** Nothing runs in a mail's frame, no callback of a paint either: but it can be asked for what needs all of it laid out. */
async function layOut(frame) {
  await frame.evaluate(() => document.body.offsetHeight);
}

async function measureRaw(browser, url) {
  const page = await openPage(browser);
  await page.goto(url, { waitUntil: 'networkidle' });
  const lines = { selector: '[role=tabpanel] .line', text: 'Subject: Much text' };
  const tab = page.getByRole('tab', { name: 'Raw' });
  const first = await untilPainted(page, 'click', lines, () => tab.click());
  const box = page.getByRole('tabpanel').getByRole('searchbox');
  // As if it were pasted: what is typed is looked for letter by letter.
  const found = await untilPainted(page, 'input', { selector: '.line.found', text: 'the needle' }, () =>
    box.fill('the needle'),
  );
  await page.context().close();
  return [
    { name: 'a source of 25 MB: first lines', value: first, unit: 'ms', atMost: 200 },
    { name: '  its last line found', value: found, unit: 'ms', atMost: 1000 },
  ];
}

async function measureBurst(browser, server, mail) {
  const page = await openList(browser, server.url);
  const client = await page.context().newCDPSession(page);
  const before = await heapMb(client);
  await page.evaluate(() => (window.benchTasks.length = 0));
  await sendWithSmtpSource({ ...server, file: mail.file, count: BURST, sessions: 10, keepConnection: true });
  const total = LISTED + BURST + 32;
  await page.evaluate(whenPainted, { selector: `[role=option][aria-setsize="${total}"]` });
  const longest = await longestTask(page);
  const after = await heapMb(client);
  await page.context().close();
  return [
    { name: `${BURST} mails at once: longest task`, value: longest, unit: 'ms', atMost: 50 },
    { name: '  heap grown by', value: Math.max(0, after - before), unit: 'MB', atMost: 10 },
  ];
}

/** A page with nothing in its cache, whose long tasks are noted. */
async function openPage(browser) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB' });
  const page = await context.newPage();
  await page.addInitScript(() => {
    window.benchTasks = [];
    const note = (list) => window.benchTasks.push(...list.getEntries().map(({ duration }) => duration));
    new PerformanceObserver(note).observe({ type: 'longtask', buffered: true });
  });
  return page;
}

async function openList(browser, url) {
  const page = await openPage(browser);
  await page.goto(url, { waitUntil: 'networkidle' });
  await page.getByRole('option').first().waitFor();
  await page.evaluate(() => (window.benchTasks.length = 0));
  return page;
}

/** @returns ms; 0 if no task was longer than 50 ms, which is what browsers tell of */
async function longestTask(page) {
  return await page.evaluate(() => Math.max(0, ...window.benchTasks));
}

/** @returns ms from the event that `act` causes until what is asked for is painted */
async function untilPainted(page, type, wanted, act) {
  await page.evaluate((name) => {
    window.benchStart = undefined;
    const start = ({ timeStamp }) => (window.benchStart ??= timeStamp);
    addEventListener(name, start, { capture: true, once: true });
  }, type);
  const [ms] = await Promise.all([page.evaluate(whenPainted, { ...wanted, isTimed: true }), act()]);
  return ms;
}

/**
 * Runs in the page: waits until an element is there (with a text in it), and painted.
 * @returns ms since the navigation, or since the event that `untilPainted` waits for
 */
function whenPainted({ selector, text = '', isTimed = false }) {
  return new Promise((resolve) => {
    const look = () => {
      const startedAt = isTimed ? window.benchStart : 0;
      const isThere = [...document.querySelectorAll(selector)].some(({ textContent }) => textContent.includes(text));
      if (startedAt === undefined || !isThere) {
        requestAnimationFrame(look);
        return;
      }
      // What is queued in a frame comes after the frame is painted.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve(performance.now() - startedAt);
      port2.postMessage(undefined);
    };
    requestAnimationFrame(look);
  });
}

async function heapMb(client) {
  await client.send('HeapProfiler.collectGarbage');
  const { usedSize } = await client.send('Runtime.getHeapUsage');
  return usedSize / MEGABYTE;
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
