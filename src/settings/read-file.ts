import { readFileSync, statSync } from 'node:fs';
import { fromOctets } from '../rules/octets.ts';
import type { FileFact, FileFault, ReadFileFact } from '../rules/tables/file-text.ts';

const NOT_THERE: FileFault = { fault: 'No such file or directory' };

/** What strerror(3) says, on Linux. */
const WORDS = new Map([
  ['ENOENT', 'No such file or directory'],
  ['EACCES', 'Permission denied'],
  ['EPERM', 'Operation not permitted'],
  ['EISDIR', 'Is a directory'],
  ['ENOTDIR', 'Not a directory'],
  ['ELOOP', 'Too many levels of symbolic links'],
  ['ENAMETOOLONG', 'File name too long'],
  ['EMFILE', 'Too many open files'],
  ['ENFILE', 'Too many open files in system'],
  ['EIO', 'Input/output error'],
  ['EROFS', 'Read-only file system'],
  ['ENOSPC', 'No space left on device'],
  ['EEXIST', 'File exists'],
  ['ECONNREFUSED', 'Connection refused'],
  ['ECONNRESET', 'Connection reset by peer'],
  ['EHOSTUNREACH', 'No route to host'],
  ['ENETUNREACH', 'Network is unreachable'],
  ['ETIMEDOUT', 'Connection timed out'],
  ['EPIPE', 'Broken pipe'],
]);

/** Reads the files that a configuration names. */
export interface FileReader {
  readonly read: ReadFileFact;
  /** Every file that was asked for, whether or not it is there, as it is found on this machine. */
  list(): readonly string[];
}

/**
 * Reads files, each once: what a file said first is what it says as long as the reader lives.
 * @param locate where the path, as a configuration writes it, is found on this machine
 */
export function openFileReader(locate: (path: string) => string): FileReader {
  const known = new Map<string, FileFact | FileFault>();
  const files = new Set<string>();
  return {
    read(path) {
      const before = known.get(path);
      if (before !== undefined) return before;
      const file = locate(fromOctets(path));
      const found = readFile(file);
      files.add(file);
      known.set(path, found);
      return found;
    },
    list: () => [...files],
  };
}

/** What a system call's failure is called: `No such file or directory`. */
export function describeSystemError(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return WORDS.get(code) ?? (error instanceof Error ? error.message : String(error));
}

function readFile(path: string): FileFact | FileFault {
  try {
    // Most .forward files aren't there, and an error takes longer to make than all that is asked for one recipient.
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined) return NOT_THERE;
    const { mtimeMs, mode, uid } = stats;
    return { text: readFileSync(path, 'latin1'), modifiedAt: mtimeMs, mode: mode & 0o7777, uid };
  } catch (error) {
    return { fault: describeSystemError(error) };
  }
}
