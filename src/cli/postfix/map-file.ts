import { chmodSync, chownSync, readFileSync, renameSync, rmSync, statSync, writeFileSync, type Stats } from 'node:fs';
import type { Octets } from '../../rules/octets.ts';
import { isCompiledMap } from '../../rules/tables/compiled-map.ts';

/** What is in the place where a map is to be. */
export interface MapPlace {
  /** The octets of the map of ours that is there. */
  readonly octets?: Octets;
  /** Whether a file is there that isn't ours, and isn't empty either. */
  readonly isForeign: boolean;
}

/** How a new map file is made. */
interface MapFileOptions {
  /** The text, whose access rights the map takes; undefined for those of any new file. */
  readonly modeOf?: string | undefined;
  /** The text, whose owner the map gets if this process may give it. */
  readonly ownerOf?: string | undefined;
}

/** Looks at the place of a map. @param path on this machine @throws {Error} of node:fs, but for a missing file */
export function readMapPlace(path: string): MapPlace {
  if (statSync(path, { throwIfNoEntry: false }) === undefined) return { isForeign: false };
  const octets = readFileSync(path, 'latin1');
  return { octets, isForeign: octets !== '' && !isCompiledMap(octets) };
}

/**
 * Puts a map in its place, whole or not at all: readers see the old one or the new one.
 * @param path on this machine
 * @throws {Error} of node:fs
 */
export function writeMapFile(path: string, octets: Octets, { modeOf, ownerOf }: MapFileOptions): void {
  const unfinished = `${path}.${process.pid}.new`;
  try {
    writeFileSync(unfinished, octets, { encoding: 'latin1', flag: 'wx', mode: 0o600 });
    const before = statSync(path, { throwIfNoEntry: false });
    chmodSync(unfinished, before === undefined ? toNewMode(modeOf) : before.mode & 0o7777);
    giveTo(unfinished, before ?? (ownerOf === undefined ? undefined : statSync(ownerOf)));
    renameSync(unfinished, path);
  } finally {
    rmSync(unfinished, { force: true });
  }
}

/** Readable for all, but for those from whom the text is kept. */
function toNewMode(modeOf: string | undefined): number {
  const text = modeOf === undefined ? undefined : statSync(modeOf);
  return text?.isFile() === true ? 0o644 & (0o700 | text.mode) : 0o644;
}

function giveTo(path: string, owner: Stats | undefined): void {
  if (process.getuid?.() === 0 && owner !== undefined) chownSync(path, owner.uid, owner.gid);
}
