// The program: hands the process to `run`, and turns signals into an AbortSignal.
import { userInfo } from 'node:os';
import { basename } from 'node:path';
import { isatty } from 'node:tty';
import type { Context } from './context.ts';
import { EXIT } from './exit-status.ts';
import { POSTFIX_TOOLS } from './postfix/tools.ts';
import { run } from './run.ts';

const SIGNALS = { SIGINT: EXIT.interrupted, SIGTERM: EXIT.terminated } as const;

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (stop.signal.aborted) process.exit(SIGNALS[signal]);
    stop.abort();
  });
}

// Whoever reads us may go (`postfixture | head`): no reason to stop catching mail.
for (const output of [process.stdout, process.stderr]) {
  output.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

const context: Context = {
  uid: process.getuid?.(),
  user: findUser(),
  cwd: process.cwd(),
  env: process.env,
  isTTY: isatty(1),
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  signal: stop.signal,
};

// `--help` needs no server: that is loaded when it is started.
const status = await run(readCommandLine(process.argv), context, async (options) => {
  const { startServer } = await import('../server.ts');
  return startServer(options);
});
// Whatever matters is closed by now, and what isn't mustn't keep a stopped program alive.
await Promise.all([flush(process.stdout), flush(process.stderr)]);
process.exit(status);

/** A link that is named like one of Postfix's tools is that tool. */
function readCommandLine([, program = '', ...argv]: readonly string[]): readonly string[] {
  const name = basename(program);
  return POSTFIX_TOOLS.some((tool) => tool.name === name) ? [name, ...argv] : argv;
}

function flush(output: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => output.write('', () => resolve()));
}

/** The user's name; in a container the user may have none. */
function findUser(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? '');
  }
}
