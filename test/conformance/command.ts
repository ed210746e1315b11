// How a probe's command is run: a tool of the product in this process, which is fast; all else (a shell, coreutils) as a
// process that finds only the product's own tools and coreutils.
import { run } from '../../src/cli/run.ts';
import type { startServer } from '../../src/server.ts';
import { runProcess } from './process.ts';
import { decodeText } from './python/text.ts';
import type { Sandbox } from './sandbox.ts';
import type { Shims } from './shims.ts';
import { TOOLS } from './shims.ts';
import { ADDRESSES, type Account } from './world.ts';

/** A command and all that surrounds it. */
export interface Command {
  readonly argv: readonly string[];
  readonly stdin: Uint8Array;
  readonly account: Account;
  /** Added to what every command gets; null takes away. */
  readonly env: Readonly<Record<string, string | null>>;
  /** A path of the case. */
  readonly cwd: string;
}

/** What a command did. */
export interface CommandResult {
  readonly rc: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Where commands run. */
export interface Place {
  readonly sandbox: Sandbox;
  readonly shims: Shims;
  readonly hostname: string;
}

const TIME_LIMIT_MS = 60_000;

/** @throws {Error} when the command can't be run at all, or not in time */
export async function runCommand(command: Command, place: Place): Promise<CommandResult> {
  const [name = ''] = command.argv;
  const env = toEnvironment(command, place);
  const signal = AbortSignal.timeout(TIME_LIMIT_MS);
  return TOOLS.includes(name)
    ? await runTool(command, { env, signal, cwd: place.sandbox.locate(command.cwd) })
    : await runProcess(command, place, { env, signal });
}

/** What a command finds in its environment. */
export function toEnvironment(
  { account, env }: Pick<Command, 'account' | 'env'>,
  { sandbox, shims, hostname }: Place,
): Record<string, string> {
  const { root } = sandbox;
  const all: Record<string, string | null> = {
    PATH: shims.directory,
    LANG: 'C',
    HOME: account.home,
    ...(account.uid === 0 ? {} : { LOGNAME: account.name, USER: account.name }),
    TZ: 'UTC',
    MAIL_CONFIG: '/etc/postfix',
    // Paths are the case's own; what a shell command has already located stays where it is.
    POSTFIXTURE_PATH_MAP: `/=${root} ${root}=${root}`,
    POSTFIXTURE_TABLE_SOURCE: 'compiled',
    POSTFIXTURE_DEFAULTS: 'postfix',
    POSTFIXTURE_MODE: 'strict',
    POSTFIXTURE_PASSWD_FILE: '/etc/passwd',
    POSTFIXTURE_MACHINE_NAME: hostname,
    POSTFIXTURE_MACHINE_ADDRESSES: ADDRESSES,
    CONFORMANCE_OFFENCES: shims.offences,
    ...env,
  };
  const given = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null);
  return Object.fromEntries(given);
}

async function runTool(
  { argv, stdin, account }: Command,
  surroundings: { env: Record<string, string>; signal: AbortSignal; cwd: string },
): Promise<CommandResult> {
  const written = { stdout: [] as Uint8Array[], stderr: [] as Uint8Array[] };
  const toOutput = (chunks: Uint8Array[]) => ({
    write: (chunk: string | Uint8Array) => chunks.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk),
  });
  const rc = await run(
    argv,
    {
      uid: account.uid,
      user: account.name,
      isTTY: false,
      stdin: toInput(stdin),
      stdout: toOutput(written.stdout),
      stderr: toOutput(written.stderr),
      ...surroundings,
    },
    refuseToStart,
  );
  const [stdout, stderr] = [written.stdout, written.stderr].map((chunks) => decodeText(Buffer.concat(chunks)));
  return { rc, stdout: stdout ?? '', stderr: stderr ?? '' };
}

async function* toInput(octets: Uint8Array): AsyncGenerator<Uint8Array> {
  if (octets.length > 0) yield octets;
}

const refuseToStart: typeof startServer = () => Promise.reject(new Error('a tool starts no server'));
