import { run } from '../../src/cli/run.ts';
import type { startServer } from '../../src/server.ts';

/** What a command did. */
export interface CommandResult {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** How a command is run; what is left out is plain. */
interface CommandOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly isTTY?: boolean;
  readonly cwd?: string;
  /** What it reads of standard input. */
  readonly stdin?: string;
  /** Ends the command. Without it the command has already been asked to end when it begins. */
  readonly signal?: AbortSignal;
  readonly start?: typeof startServer;
}

/** Runs a command in this process. */
export async function runCommand(argv: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
  const stdout: string[] = [];
  const stderr: string[] = [];
  const context = {
    uid: 1000,
    user: 'ann',
    cwd: options.cwd ?? '/nonexistent',
    env: options.env ?? {},
    isTTY: options.isTTY ?? false,
    stdin: toInput(options.stdin ?? ''),
    stdout: { write: (text: string | Uint8Array) => stdout.push(toText(text)) },
    stderr: { write: (text: string | Uint8Array) => stderr.push(toText(text)) },
    signal: options.signal ?? AbortSignal.abort(),
  };
  const status = await run(argv, context, options.start ?? refuseToStart);
  return { status, stdout: stdout.join(''), stderr: stderr.join('') };
}

/** A server that can't be started, for commands that don't start one. */
const refuseToStart: typeof startServer = () => Promise.reject(new Error('this test starts no server'));

function toText(text: string | Uint8Array): string {
  return typeof text === 'string' ? text : new TextDecoder().decode(text);
}

async function* toInput(text: string): AsyncGenerator<string> {
  if (text !== '') yield text;
}
