import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { open, readFile, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { FatalError } from '../rules/config/fatal-error.ts';
import { toOctets, type Octets } from '../rules/octets.ts';
import { describeSystemError } from './read-file.ts';

/** Which file is edited, and by whom. */
export interface EditedFile {
  /** The path as messages name it. */
  readonly name: string;
  /** Where it is on this machine. */
  readonly path: string;
  /** The user who edits; undefined where users have no numbers. */
  readonly uid: number | undefined;
  readonly signal?: AbortSignal;
}

/** What an editor that ended before its time left is taken for abandoned after this. */
const ABANDONED_AFTER_MS = 10_000;

const RETRY_EVERY_MS = 20;

/**
 * Replaces a file by what `edit` makes of its text, whole or not at all: the new one is written beside it as `NAME.tmp`,
 * which keeps other editors waiting, and renamed. Its mode stays.
 * @param edit what it throws leaves the file as it was
 * @throws {FatalError} if the file can't be read or replaced, in Postfix's words
 * @see Postfix's edit_file(3)
 */
export async function editFile(file: EditedFile, edit: (text: Octets) => Octets): Promise<void> {
  const temporary = `${file.path}.tmp`;
  const handle = await attempt(`open ${file.name}.tmp`, file, () => lock(temporary, file));
  try {
    const old = await attempt(`open ${file.name} for reading`, file, async () => ({
      text: await readFile(file.path, 'latin1'),
      mode: (await stat(file.path)).mode & 0o7777,
    }));
    const text = edit(old.text);
    await attempt(`close ${file.name}.tmp`, file, async () => {
      await handle.writeFile(text, 'latin1');
      await handle.chmod(old.mode);
      await handle.sync();
      await rename(temporary, file.path);
    });
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
}

/** Makes the temporary file, once nobody else has it. */
async function lock(temporary: string, { uid, signal }: EditedFile): Promise<FileHandle> {
  await checkAccess(dirname(temporary), uid);
  for (;;) {
    try {
      return await open(temporary, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY, 0o600);
    } catch (error) {
      if (!isErrorCode(error, 'EEXIST')) throw error;
    }
    await removeAbandoned(temporary);
    await wait(RETRY_EVERY_MS, undefined, signal && { signal });
  }
}

/** Takes away what an editor left behind, and only that: two that find it at once don't take each other's. */
async function removeAbandoned(temporary: string): Promise<void> {
  try {
    const found = await stat(temporary);
    if (Date.now() - found.mtimeMs < ABANDONED_AFTER_MS) return;
    const aside = `${temporary}.${randomUUID()}`;
    await rename(temporary, aside);
    await rm(aside);
  } catch (error) {
    if (!isErrorCode(error, 'ENOENT')) throw error;
  }
}

/**
 * Refuses a user who may not write to a directory, also if this process may: a tool that is run as another user answers
 * as Postfix's would.
 */
async function checkAccess(directory: string, uid: number | undefined): Promise<void> {
  const { uid: owner, mode } = await stat(directory);
  if (uid === undefined || uid === 0 || uid === owner) return;
  // Which groups the user is in isn't known here: what a group may do is left to the kernel.
  if ((mode & 0o022) !== 0) return;
  throw Object.assign(new Error('Permission denied'), { code: 'EACCES' });
}

async function attempt<T>(what: string, { name }: EditedFile, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    const problem = `${toOctets(what)}: ${describeSystemError(error)}`;
    throw new FatalError(
      {
        severity: 'error',
        code: 'file-not-edited',
        at: { file: name },
        problem,
        why: 'Nothing was changed.',
        hint: 'edit as a user who may write to the directory',
        postfixLine: `fatal: ${problem}`,
      },
      { cause: error },
    );
  }
}

function isErrorCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
