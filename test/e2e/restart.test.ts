import { expect, test } from 'vitest';
import { sendAsApp } from '../support/app-mail.ts';
import { openBrowser, openPage } from '../support/browser.ts';
import { row } from '../support/inbox-page.ts';
import { startServing } from '../support/serving.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

test(
  'a server that is killed and started again under an open page loses no row and shows none twice',
  { timeout: 60_000 },
  async () => {
    await using directory = await makeTemporaryDirectory();
    await using browser = await openBrowser();
    const data = `--data=${directory.path}`;
    await using first = await startServing([data]);
    const at = ({ smtpPort: port }: { smtpPort: number }) => ({ host: 'localhost', port });
    for (const subject of ['One', 'Two', 'Three']) await sendAsApp(at(first), { subject, text: 'x' });
    const { page, errors } = await openPage(browser, first.url);
    await row(page, 'One').waitFor();
    await page.getByRole('img', { name: /^Live/ }).waitFor();

    first.kill('SIGKILL');
    await first.ended;
    await page.getByRole('img', { name: /^Reconnecting|^Offline/ }).waitFor();
    await page.getByText('Server is not answering. What you see is from').waitFor();
    const whileGone = await page.getByRole('option').count();
    const dimmed = await page.getByRole('button', { name: 'Delete all' }).isDisabled();
    const port = new URL(first.url).port;
    await using second = await startServing([data, `--http-port=${port}`]);
    await sendAsApp(at(second), { subject: 'Four', text: 'x' });
    await row(page, 'Four').waitFor();
    await page.getByRole('img', { name: /^Live/ }).waitFor();

    const subjects = await page.locator('[role=option] .subject').allTextContents();
    expect(subjects).toEqual(['Four', 'Three', 'Two', 'One']);
    expect(whileGone).toBe(3);
    expect(dimmed).toBe(true);
    expect(await page.getByText('Server is not answering').count()).toBe(0);
    expect(errors).toEqual([]);
  },
);
