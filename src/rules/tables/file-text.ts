import type { Octets } from '../octets.ts';

/** A file as a rule sees it: read before, never by the rule. */
export interface FileFact {
  readonly text: Octets;
  /** Of the last change, in ms since 1970. */
  readonly modifiedAt: number;
  /** The last bits as in `ls -l`: `0o644`. */
  readonly mode: number;
  readonly uid: number;
}

/** Why a file can't be read, in the words of strerror(3): `No such file or directory`. */
export interface FileFault {
  readonly fault: string;
}

/**
 * What is in the file called `path`, which is a path as written in the configuration. It answers the same as long as the
 * settings that it belongs to live.
 */
export type ReadFileFact = (path: string) => FileFact | FileFault;
