import type { SourceLocation } from './config-error.ts';

/** `error`: Postfix would not run, or mail would fail. `warning`: it runs, but hardly as meant. `note`: good to know. */
export type Severity = 'error' | 'warning' | 'note';

/** Something in a configuration that a person should know of. */
export interface Finding {
  readonly severity: Severity;
  /** Stable, for suppressing and searching: `unknown-parameter`. */
  readonly code: string;
  readonly at: SourceLocation;
  /** What is wrong, in one sentence without a full stop. */
  readonly problem: string;
  /** What comes of it. */
  readonly why: string;
  /** How to mend it, as one imperative sentence. */
  readonly hint: string;
  /**
   * What Postfix itself prints of it, without the program's name: `warning: …`, `fatal: …`, `error: …`; absent if it
   * prints nothing. People search for that line, and the tools print it.
   */
  readonly postfixLine?: string;
}

/** Where a reader puts what it finds; it goes on reading. */
export type ReportFinding = (finding: Finding) => void;
