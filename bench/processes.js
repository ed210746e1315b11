// The programs that a bench runs: the two servers, and Postfix's smtp-source as the load.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';

/** @returns a TCP port that nothing listens on */
export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** Starts bench/bare-server.js. */
export async function startBareServer() {
  const child = spawn(process.execPath, ['bench/bare-server.js'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  return { port: Number(line), pid: child.pid, stop: () => stop(child) };
}

/** Starts the built Postfixture with its data in `directory`. @param more flags */
export async function startPostfixture(directory, more = []) {
  const [smtpPort, httpPort] = [await freePort(), await freePort()];
  const parameters = [
    '--smtp-port',
    smtpPort,
    '--http-port',
    httpPort,
    '--data',
    directory,
    '--max-messages',
    0,
    ...more,
  ];
  const child = spawn(process.execPath, ['bin/postfixture.js', ...parameters.map(String)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const started = performance.now();
  const url = `http://127.0.0.1:${httpPort}`;
  while (
    !(await fetch(`${url}/readyz`).then(
      (response) => response.ok,
      () => false,
    ))
  ) {
    if (child.exitCode !== null) throw new Error('postfixture did not start');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  child.stdout.resume();
  return { port: smtpPort, url, pid: child.pid, startMs: performance.now() - started, stop: () => stop(child) };
}

async function stop(child) {
  child.kill('SIGTERM');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

/**
 * Sends `count` messages with smtp-source.
 * @returns messages a second
 */
export async function sendWithSmtpSource({ port, file, count, sessions, keepConnection, to = 'recipient@bench.test' }) {
  const started = performance.now();
  const child = spawn(
    'smtp-source',
    [
      ...(keepConnection ? ['-d'] : []),
      ...['-s', sessions, '-m', count, '-F', file, '-M', 'bench.test'].map(String),
      ...['-f', 'sender@bench.test', '-t', to, `inet:127.0.0.1:${port}`],
    ],
    { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` } },
  );
  const failed = once(child, 'error').then(([error]) => {
    throw new Error('smtp-source cannot be run: "npm run setup" installs it', { cause: error });
  });
  const [status] = await Promise.race([once(child, 'exit'), failed]);
  if (status !== 0) throw new Error(`smtp-source failed with status ${status}`);
  return count / ((performance.now() - started) / 1000);
}
