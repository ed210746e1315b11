import { createTransport } from 'nodemailer';
import { expect, test } from 'vitest';
import { startServing } from '../support/serving.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const SESSIONS = 10;
/** The process is killed when so many messages got their 250, in the midst of others. */
const KILL_AFTER = [1, 150, 400];

/** Sends messages over `SESSIONS` connections until they break; notes each that got 250: queue ID → subject. */
async function pourMail(port: number, acknowledged: Map<string, string>, on250: () => void): Promise<void> {
  let count = 0;
  const session = async () => {
    const transport = createTransport({ host: 'localhost', port, ignoreTLS: true, pool: true, maxConnections: 1 });
    try {
      for (;;) {
        const subject = `Poured ${acknowledged.size} ${(count += 1)}`;
        const { response } = await transport.sendMail({
          envelope: { from: 'app@acme.test', to: 'ada@example.com' },
          raw: `Subject: ${subject}\r\n\r\n${'A line of the message.\r\n'.repeat(150)}`,
        });
        const id = /^250 2\.0\.0 Ok: queued as (\S+)$/.exec(response)?.[1];
        if (id !== undefined) acknowledged.set(id, subject);
        on250();
      }
    } catch {
      transport.close();
    }
  };
  await Promise.all(Array.from({ length: SESSIONS }, session));
}

async function listSubjects(url: string): Promise<Map<string, string>> {
  const response = await fetch(`${url}/api/v1/messages?limit=0`);
  const { messages } = (await response.json()) as { messages: { ID: string; Subject: string }[] };
  return new Map(messages.map(({ ID, Subject }) => [ID, Subject]));
}

test('250 means kept: kill -9 under load loses nothing that got it', { timeout: 60_000 }, async () => {
  await using directory = await makeTemporaryDirectory();
  const acknowledged = new Map<string, string>();
  for (const killAfter of KILL_AFTER) {
    await using program = await startServing([`--data=${directory.path}`]);
    let got = 0;
    await pourMail(program.smtpPort, acknowledged, () => {
      got += 1;
      if (got === killAfter) program.kill('SIGKILL');
    });
    await program.ended;
  }

  await using program = await startServing([`--data=${directory.path}`]);
  const kept = await listSubjects(program.url);

  const lost = [...acknowledged].filter(([id, subject]) => kept.get(id) !== subject);
  expect(lost).toEqual([]);
  expect(acknowledged.size).toBeGreaterThanOrEqual(551);
});
