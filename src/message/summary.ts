/** A mailbox in a header field. `name` is decoded; `address` is as written. */
export interface MailAddress {
  readonly name: string;
  readonly address: string;
}

/** What a list shows of a message: its header fields, decoded. */
export interface MessageSummary {
  /** Without angle brackets; empty if there is none. */
  readonly messageId: string;
  /** The first mailbox of From. Unparsable: the raw value as `name`. None: both empty. */
  readonly from: MailAddress;
  readonly to: readonly MailAddress[];
  readonly cc: readonly MailAddress[];
  readonly bcc: readonly MailAddress[];
  readonly replyTo: readonly MailAddress[];
  readonly subject: string;
  /** The Date field as RFC 3339 with its own offset, or empty. */
  readonly date: string;
  /** X-Tags, split at commas; as written. */
  readonly tags: readonly string[];
}
