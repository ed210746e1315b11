import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Where a running server is reached, as it leaves it in its data directory. */
export interface Whereabouts {
  /** Of its inbox and API: `http://localhost:8025`. */
  readonly url: string;
  /** Tells this run from any other that may listen there later. */
  readonly instance: string;
  readonly pid: number;
  /** The account that started it; null where accounts have no numbers. */
  readonly uid: number | null;
  /** ms since 1970. */
  readonly startedAtMs: number;
}

const FILE = 'server.json';

/**
 * Leaves word in the data directory where the server is reached, for its owner alone to read.
 * @returns takes it back, unless another server has left its own since
 */
export async function leaveWhereabouts(directory: string, whereabouts: Whereabouts): Promise<AsyncDisposable> {
  const file = join(directory, FILE);
  const draft = `${file}.${whereabouts.instance}`;
  await writeFile(draft, `${JSON.stringify(whereabouts)}\n`, { mode: 0o600, flag: 'wx' });
  await rename(draft, file);
  return {
    async [Symbol.asyncDispose]() {
      const left = await readWhereabouts(file);
      if (left?.instance === whereabouts.instance) await rm(file, { force: true });
    },
  };
}

/** Where the server of a data directory is reached; undefined if none runs, whatever one that was killed has left. */
export async function findWhereabouts(directory: string): Promise<Whereabouts | undefined> {
  const left = await readWhereabouts(join(directory, FILE));
  return left !== undefined && isRunning(left.pid) ? left : undefined;
}

async function readWhereabouts(file: string): Promise<Whereabouts | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(file, 'utf8'));
    return isWhereabouts(value) ? value : undefined;
  } catch (error) {
    // Half a file is what a full disk leaves.
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function isWhereabouts(value: unknown): value is Whereabouts {
  if (typeof value !== 'object' || value === null) return false;
  const { url, instance, pid } = value as Readonly<Record<keyof Whereabouts, unknown>>;
  return typeof url === 'string' && typeof instance === 'string' && typeof pid === 'number' && pid > 0;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Of another user's process: it is there.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
