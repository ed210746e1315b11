import { closeSync, fdatasyncSync, fstatSync, openSync, statfsSync, writeSync } from 'node:fs';

const CHUNK_BYTES = 1024 * 1024;
/** On a disk with less room than so many times the log, messages need it more. */
const ROOM = 16;

/**
 * Grows a write-ahead log to `sizeBytes` with zeros, if it is smaller and the disk has plenty of room. SQLite overwrites them, and takes none for a
 * frame: a frame's first word is its page's number, and no page is number 0. To sync what was overwritten takes half as
 * long as to sync what was appended, since the file system has no size and no blocks to note.
 * @see https://www.sqlite.org/fileformat2.html#walformat
 */
export function reserveLogSpace(file: string, sizeBytes: number): void {
  const { bavail, bsize } = statfsSync(file);
  if (bavail * bsize < ROOM * sizeBytes) return;
  const descriptor = openSync(file, 'r+');
  try {
    const zeros = new Uint8Array(CHUNK_BYTES);
    for (let end = fstatSync(descriptor).size; end < sizeBytes;) {
      end += writeSync(descriptor, zeros, 0, Math.min(CHUNK_BYTES, sizeBytes - end), end);
    }
    fdatasyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
