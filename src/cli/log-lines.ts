import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { describeSystemError } from '../settings/read-file.ts';
import type { Context } from './context.ts';
import { UsageError } from './usage-error.ts';

/** A longer line is none that syslog wrote: it is cut, and its rest is skipped. */
const MAX_LINE = 16_384;
const NEWLINE = '\n';

/**
 * The lines of a log file, as octets without their line ends; of one whose name ends with `.gz`, unpacked. One chunk is
 * in memory at a time, however long the file and its lines are.
 * @param file `-` is standard input
 * @throws {UsageError} if it can't be read
 */
export async function* readLogLines(file: string, { cwd, stdin }: Context): AsyncGenerator<string> {
  try {
    yield* splitLines(file === '-' ? stdin : openFile(resolve(cwd, file)));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new UsageError(`${file}: ${describeSystemError(error)}`, 'name a log of Postfix, or - for standard input');
  }
}

function openFile(path: string): AsyncIterable<Uint8Array> {
  const file = createReadStream(path);
  // Whoever reads gets the error.
  return path.endsWith('.gz') ? pipeline(file, createGunzip(), () => undefined) : file;
}

async function* splitLines(chunks: AsyncIterable<string | Uint8Array>): AsyncGenerator<string> {
  let begun = '';
  for await (const chunk of chunks) {
    const text = Buffer.from(chunk as Uint8Array).toString('latin1');
    let start = 0;
    for (let end = text.indexOf(NEWLINE); end >= 0; end = text.indexOf(NEWLINE, start)) {
      yield (begun + text.slice(start, end)).slice(0, MAX_LINE);
      begun = '';
      start = end + 1;
    }
    begun = (begun + text.slice(start, start + MAX_LINE)).slice(0, MAX_LINE);
  }
  if (begun !== '') yield begun;
}
