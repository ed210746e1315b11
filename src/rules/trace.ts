/** One step of a decision: data for `explain`, the inbox and tests. Never log text. */
export interface TraceStep {
  /** The part of Postfix that took the step: `smtpd`, `cleanup`, `virtual_alias`, `transport` … */
  readonly stage: string;
  /** The main.cf parameter that asked for it. */
  readonly parameter?: string;
  /** The lookup table: `hash:/etc/postfix/virtual`. */
  readonly table?: string;
  /** Where that is written: a path; `-o` if it was given for this run, `(default)` if nobody wrote it. */
  readonly file?: string;
  /** Undefined like absent: where there is none, nothing has to be copied to leave it out. */
  readonly line?: number | undefined;
  /** The key that was looked up. */
  readonly key?: string;
  /** What came out; null when the table has no such key. */
  readonly result?: string | null;
  readonly note?: string;
}

/** How a recipient ends, or stands. `rejected`: Postfix would have refused it in the dialogue. */
export type DeliveryStatus =
  | 'rejected'
  | 'sent'
  | 'deferred'
  | 'bounced'
  | 'discarded'
  | 'expired'
  | 'held'
  | 'forwarded'
  | 'filtered'
  | 'deliverable'
  | 'undeliverable';

/** Equal of steps that came to the same, wherever it is written: in another file, in another table, on a line that moved. */
export function toStepKey({ stage, parameter, key, result, note }: TraceStep): string {
  return JSON.stringify([stage, parameter, key, result, note]);
}
