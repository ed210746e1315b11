import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** The program, as a process of its own. */
export interface Program extends AsyncDisposable {
  /** Resolves once the output matches. @throws if the program ends first */
  waitFor(stream: 'stdout' | 'stderr', pattern: RegExp): Promise<RegExpExecArray>;
  kill(signal: 'SIGINT' | 'SIGTERM'): void;
  /** Resolves when it has ended; `status` is null if a signal ended it. */
  readonly ended: Promise<ProgramResult>;
}

/** How a program ended, and all that it wrote. */
export interface ProgramResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How the program is started. */
export interface ProgramOptions {
  /** Beside `PATH`, the whole environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Another file in place of `bin/postfixture.js`. */
  readonly file?: string;
}

/** Starts `bin/postfixture.js`, which needs `dist/`. */
export function startProgram(argv: readonly string[], options: ProgramOptions = {}): Program {
  const file = options.file ?? fileURLToPath(new URL('../../bin/postfixture.js', import.meta.url));
  const env = { PATH: process.env['PATH'], HOME: '/nonexistent', ...options.env };
  const child = spawn(process.execPath, [file, ...argv], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const text = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (part: string) => (text[stream] += part));
  }
  const ended = once(child, 'close').then(([status]): ProgramResult => ({ status: status as number | null, ...text }));
  return {
    ended,
    async waitFor(stream, pattern) {
      for (;;) {
        const found = pattern.exec(text[stream]);
        if (found) return found;
        const end = await Promise.race([ended, once(child[stream], 'data').then(() => undefined)]);
        if (end) throw new Error(`it ended before it wrote ${String(pattern)}: ${JSON.stringify(end)}`);
      }
    },
    kill(signal) {
      child.kill(signal);
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** Runs the program to its end. */
export async function runProgram(argv: readonly string[], options: ProgramOptions = {}): Promise<ProgramResult> {
  await using program = startProgram(argv, options);
  return await program.ended;
}
