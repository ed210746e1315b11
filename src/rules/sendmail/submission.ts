/** What sendmail(1) puts into an envelope beside what SMTP has. @see sendmail(1), pickup(8) */
export interface Submission {
  /** The account that ran it. */
  readonly uid: number;
  /** The account's name, for people; empty if it has none. */
  readonly user: string;
  /** For a From header, where the message has none; empty if nobody said it. */
  readonly fullName: string;
  /** With `-G`, headers are rewritten as those of a stranger. */
  readonly context?: 'remote';
  /** `record` (`-v`): how each recipient ends is told; `verify` (`-bv`): that alone, and nothing is delivered. */
  readonly trace?: 'record' | 'verify';
}
