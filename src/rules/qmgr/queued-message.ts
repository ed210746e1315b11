import type { VerpDelimiters } from '../address/verp.ts';
import type { MessageOrigin, NodeId } from '../journey.ts';
import type { Notify } from '../envelope.ts';
import type { Octets } from '../octets.ts';
import type { Submission } from '../sendmail/submission.ts';

/** A recipient in the queue: what cleanup(8) made, and what the queue manager and the delivery agents deal with. */
export interface QueueRecipient {
  /** The final address, in internal form. */
  readonly address: Octets;
  /** The address that it was at first, in internal form. With enable_original_recipient = no the log alone tells of it. */
  readonly original: Octets;
  /** `rfc822;bob@example.com`, xtext decoded; empty if there is none. */
  readonly orcpt: Octets;
  readonly notify: readonly Notify[];
  /** The journey's node that it is at. */
  readonly node: NodeId;
}

/** A message in the queue. */
export interface QueuedMessage {
  /** Its number in the journey. */
  readonly number: number;
  readonly origin: MessageOrigin;
  readonly queueId: Octets;
  /** In internal form; empty for the null sender. */
  readonly sender: Octets;
  readonly recipients: readonly QueueRecipient[];
  /** The content as queued: octets with CRLF. Made when first asked for. */
  content(): Uint8Array;
  /** Of the content, as queued. */
  readonly sizeBytes: number;
  /** ms since 1970. */
  readonly arrivedAtMs: number;
  /** `transport:nexthop` of content_filter or FILTER; empty if there is none. */
  readonly filter: Octets;
  readonly ret?: 'FULL' | 'HDRS';
  /** xtext decoded. */
  readonly envid?: Octets;
  /** @see Submission */
  readonly trace?: Submission['trace'];
  /** The delimiters of XVERP: each recipient is delivered by itself, with a sender of its own. */
  readonly verp?: VerpDelimiters;
  /** The content's declared or detected encoding. */
  readonly encoding: '7bit' | '8bit' | '';
  readonly smtputf8: boolean;
  readonly client: ClientFacts;
  /** SASL login, or empty. */
  readonly login: Octets;
  /** `address_rewriting context`: local or remote. */
  readonly context: 'local' | 'remote';
}

/** Who handed a message in, as smtpd(8) logs it and pipe(8) and the Received header show it. Unknown: empty. */
export interface ClientFacts {
  /** Verified host name; `unknown` if there is none. */
  readonly name: Octets;
  /** What the address resolves to, verified or not. */
  readonly reverseName: Octets;
  /** Plain, without brackets or `IPv6:`. */
  readonly address: Octets;
  readonly port: Octets;
  readonly helo: Octets;
  /** `ESMTP` or `SMTP`. */
  readonly protocol: Octets;
}

/** Who hands mail in with sendmail(1) is no client, and what Postfix writes itself comes from none. */
export const NOBODY: ClientFacts = { name: '', reverseName: '', address: '', port: '', helo: '', protocol: '' };
