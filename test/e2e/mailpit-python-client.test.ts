import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createTransport } from 'nodemailer';
import { expect, test } from 'vitest';
import { startServing } from '../support/serving.ts';

const run = promisify(execFile);
const REQUIREMENTS = fileURLToPath(new URL('python/requirements.txt', import.meta.url));
const SCRIPT = fileURLToPath(new URL('python/mailpit_client.py', import.meta.url));
const CACHE = fileURLToPath(new URL('../../node_modules/.cache/python', import.meta.url));

/**
 * Installs the client beside npm's packages, once for a list of requirements.
 * @returns the directory that Python is to import it from
 * @throws {Error} saying what is missing, if Python or its index is
 */
async function installClient(): Promise<string> {
  const sum = createHash('sha256')
    .update(await readFile(REQUIREMENTS))
    .digest('hex');
  const directory = join(CACHE, sum.slice(0, 16));
  if (existsSync(directory)) return directory;
  await mkdir(CACHE, { recursive: true });
  const fresh = await mkdtemp(join(CACHE, 'fresh-'));
  try {
    const options = ['--quiet', '--no-deps', '--disable-pip-version-check', '--target', fresh];
    await run('python3', ['-m', 'pip', 'install', ...options, '--requirement', REQUIREMENTS]);
    await rename(fresh, directory);
  } catch (cause) {
    await rm(fresh, { recursive: true, force: true });
    // Another run may have been faster.
    if (existsSync(directory)) return directory;
    throw new Error('pip cannot install test/e2e/python/requirements.txt: "npm run test:all" installs pip', { cause });
  }
  return directory;
}

test('PyPI’s mailpit-api-client lists, reads and deletes what came by SMTP', { timeout: 180_000 }, async () => {
  const client = await installClient();
  await using program = await startServing(['--ephemeral']);
  const transport = createTransport({ host: 'localhost', port: program.smtpPort, ignoreTLS: true });
  await transport.sendMail({
    from: 'Ada <ada@example.com>',
    to: 'bob@example.com',
    subject: 'Your report',
    messageId: '<report@example.com>',
    date: new Date('2026-11-24T14:02:11Z'),
    headers: { 'Delivered-To': 'bob@example.com' },
    text: 'see the report',
    html: '<p>see the report</p>',
    attachments: [{ filename: 'report.csv', content: 'a,b\n1,2\n' }],
  });

  await transport.sendMail({ from: 'ada@example.com', to: 'bob@example.com', subject: 'Another', text: 'kept' });

  const { stdout } = await run('python3', [SCRIPT, program.url, 'report@example.com'], {
    env: { ...process.env, PYTHONPATH: client, PYTHONDONTWRITEBYTECODE: '1' },
  });

  expect(JSON.parse(stdout)).toMatchObject({
    listed: { total: 2, unread: 2 },
    summary: { attachments: 1 },
    message: {
      from: 'ada@example.com',
      to: ['bob@example.com'],
      subject: 'Your report',
      date: '2026-11-24T14:02:11+00:00',
      html: '<p>see the report</p>',
    },
    attachment: { name: 'report.csv', data: 'a,b\n1,2\n' },
    headers: { from: ['Ada <ada@example.com>'], delivered_to: ['bob@example.com'], Subject: ['Your report'] },
    // It sends IDs as a form, which Mailpit takes for "delete all": here just those are deleted.
    kept: 1,
    left: 0,
  });
});
