import type { Submission } from './sendmail/submission.ts';

/** What a client may ask to be told of a recipient (RFC 3461 §4.1). */
export type Notify = 'NEVER' | 'SUCCESS' | 'FAILURE' | 'DELAY';

/** One RCPT command that was taken. Order, case and repetition are the client's. */
export interface EnvelopeRecipient {
  /** The forward-path as sent, without its angle brackets: `root`, `"john doe"@example.com`, `a..b@x.test`. */
  readonly address: string;
  /** NOTIFY as asked, or undefined when it wasn't given. */
  readonly notify?: readonly Notify[];
  /** ORCPT as sent: `rfc822;ada@example.com` in xtext. */
  readonly orcpt?: string;
  /** The reply that the client was given: `250 2.1.5 Ok`. */
  readonly reply: string;
}

/** RFC 5321 §2.3.1: who sends, who receives, and what was asked of the transport. */
export interface Envelope {
  /** The reverse-path as sent, without its angle brackets; empty for `<>`. */
  readonly reversePath: string;
  readonly recipients: readonly EnvelopeRecipient[];
  /** BODY= (RFC 6152). */
  readonly body?: '7BIT' | '8BITMIME';
  /** SMTPUTF8 was given (RFC 6531). */
  readonly smtputf8: boolean;
  /** RET= (RFC 3461 §4.3). */
  readonly ret?: 'FULL' | 'HDRS';
  /** ENVID= as sent, in xtext (RFC 3461 §4.4). */
  readonly envid?: string;
  /** The delimiters of XVERP: each recipient gets a return path of its own. @see VERP_README */
  readonly verp?: string;
  /** AUTH= as sent (RFC 4954 §5). */
  readonly auth?: string;
  /** SIZE= in octets (RFC 1870). */
  readonly declaredSizeBytes?: number;
  /** Who handed it in with sendmail(1), and how; otherwise absent. */
  readonly submission?: Submission;
}
