import { expect, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { startServer } from '../../src/server.ts';
import { silentLog } from '../../src/log.ts';
import type { Journey } from '../../src/rules/journey.ts';
import type { QueueId } from '../../src/store/queue-id.ts';
import { sendAsApp } from '../support/app-mail.ts';
import { LOOKS, runAxe } from '../support/axe.ts';
import { openBrowser } from '../support/browser.ts';
import { rejectedJourney, shortJourney, teamJourney } from '../support/journeys.ts';
import { testLiveSettings, testSettings } from '../support/settings.ts';

/** A server, and a message in it whose verdict is replaced at will. */
async function serveMail() {
  const settings = testLiveSettings(
    testSettings({
      catch_ephemeral: 'yes',
      catch_smtp_port: '0',
      catch_http_port: '0',
      inet_interfaces: 'loopback-only',
    }),
  );
  const server = await startServer({ settings, log: silentLog, clock: systemClock });
  const mail = { from: 'ada@example.com', to: 'team@example.com', subject: 'Where does it go?', text: 'Hello' };
  const id = (await sendAsApp({ host: server.smtp.host, port: server.smtp.port }, mail)) as QueueId;
  return {
    url: server.http.url,
    id,
    judge: (journey: Journey) => server.store.setVerdict(id, { journey, queued: [], deliveries: [] }),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

test('the journey of a message is shown, and follows a new verdict by itself', { timeout: 60_000 }, async () => {
  await using served = await serveMail();
  await served.judge(teamJourney());
  await using browser = await openBrowser();
  const page = await browser.newPage();
  await page.goto(`${served.url}/view/${served.id}`);

  await page.getByRole('button', { name: /^1 would be delivered here/ }).click();
  expect(new URL(page.url()).searchParams.get('rcpt')).toBe('team@example.com');

  const first = page.getByRole('region', { name: 'The message that came' });
  await first.getByText('cannot update mailbox /var/mail/zoë. Disc quota exceeded').waitFor();
  expect(await first.getByText('/etc/postfix/virtual:2').count()).toBe(1);
  expect(await first.getByText('/usr/bin/filter --quiet', { exact: true }).count()).toBe(1);
  const forwarded = page.getByRole('region', { name: '2. Forwarded of message 1' });
  expect(await forwarded.getByText('no such user', { exact: true }).count()).toBe(1);
  await page.getByRole('option', { name: /would bounce, would be deferred, would go to a command/ }).waitFor();

  await served.judge(rejectedJourney());

  await page.getByRole('option', { name: /would be refused, would be delivered/ }).waitFor();
  await page.getByText('550 5.1.1 <nobody@example.com>: Recipient address rejected').waitFor();
  expect(await page.getByText('hypothetical').count()).toBe(1);
});

test.for(LOOKS)(
  'axe finds nothing in a journey at $width px, $colorScheme',
  { timeout: 60_000 },
  async ({ width, height, colorScheme }) => {
    await using served = await serveMail();
    await using browser = await openBrowser();
    const context = await browser.newContext({ viewport: { width, height }, colorScheme, bypassCSP: true });
    const found: string[] = [];
    for (const journey of [
      teamJourney(),
      rejectedJourney(),
      shortJourney({}, { state: 'held', reason: 'for a look' }),
    ]) {
      await served.judge(journey);
      const page = await context.newPage();
      await page.goto(`${served.url}/view/${served.id}/journey`, { waitUntil: 'networkidle' });
      for (const details of await page.locator('summary').all()) await details.click();
      found.push(...(await runAxe(page)));
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (overflow > 0) found.push(`scrolls sideways by ${overflow} px`);
      if (process.env['SHOTS'])
        await page.screenshot({
          path: `${process.env['SHOTS']}/${width}-${colorScheme}-${found.length}-${journey.nodes.length}.png`,
        });
      await page.close();
    }
    expect(found).toEqual([]);
  },
);
