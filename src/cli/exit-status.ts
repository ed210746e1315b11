/** What a command's end says to the shell. Postfix's own tools have statuses of their own, kept where they are named. */
export const EXIT = {
  /** Done; for `serve` also: stopped by SIGINT or SIGTERM. */
  ok: 0,
  /** It didn't work: a port is in use, data can't be read. */
  failure: 1,
  /** The command line or a setting is wrong; nothing was begun. */
  usage: 2,
  /** A second SIGINT: stopped at once (128 + the signal's number). */
  interrupted: 130,
  /** A second SIGTERM: stopped at once. */
  terminated: 143,
} as const;
