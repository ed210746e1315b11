/** Where a command writes. */
export interface Output {
  /** @param text octets are written as they are */
  write(text: string | Uint8Array): unknown;
}

/** All that a command knows of the process that it runs in, so that a test needs none. */
export interface Context {
  /** Of the user; undefined where users have no numbers. */
  readonly uid: number | undefined;
  /** The user's name. */
  readonly user: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether a person reads `stdout`. */
  readonly isTTY: boolean;
  readonly stdin: AsyncIterable<string | Uint8Array>;
  readonly stdout: Output;
  readonly stderr: Output;
  /** Aborts when the command is asked to end. */
  readonly signal: AbortSignal;
}
