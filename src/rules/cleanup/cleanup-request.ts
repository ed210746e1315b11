import type { ClientTls } from '../access/client-tls.ts';
import type { Notify } from '../envelope.ts';
import type { LogLine, MessageOrigin, NodeId } from '../journey.ts';
import type { Octets } from '../octets.ts';
import type { ExpansionReport } from '../qmgr/agent.ts';
import type { ClientFacts, QueueRecipient } from '../qmgr/queued-message.ts';
import type { TraceStep } from '../trace.ts';
import type { EditScript } from './edit-script.ts';

/** A recipient as it is handed in, by smtpd(8) or by whoever makes a message. */
export interface IncomingRecipient {
  /** In internal form: no quotes, no route; otherwise as given. */
  readonly address: Octets;
  /** ORCPT, `rfc822;bob@example.com`, xtext decoded; empty if there is none. */
  readonly orcpt: Octets;
  readonly notify: readonly Notify[];
  /** The address that it was before it came here, where the message is made of another; otherwise empty. */
  readonly original: Octets;
  /** What it came of, if the message is made of another. */
  readonly parent: NodeId | undefined;
}

/** What access rules did beside letting a message in. @see access(5), "OTHER ACTIONS" */
export interface AccessActions {
  /** Header lines to stand before the message, without line ends. */
  readonly prepend: readonly Octets[];
  /** HOLD's text; undefined without one. */
  readonly hold: Octets | undefined;
  /** DISCARD's text; undefined without one. */
  readonly discard: Octets | undefined;
  /** FILTER's `transport:nexthop`; undefined without one. */
  readonly filter: Octets | undefined;
  /** REDIRECT's address; undefined without one. */
  readonly redirect: Octets | undefined;
  readonly bcc: readonly Octets[];
}

/** What cleanup(8) is given. */
export interface CleanupRequest {
  /** The message's number in the journey. */
  readonly number: number;
  readonly origin: MessageOrigin;
  /** @see Entrance */
  readonly isChunked?: true;
  readonly queueId: Octets;
  /** ms since 1970. */
  readonly nowMs: number;
  /** In internal form; empty for the null sender. */
  readonly sender: Octets;
  readonly recipients: readonly IncomingRecipient[];
  /** The content as it came: octets with CRLF, or LF, after each line. */
  readonly raw: Uint8Array;
  readonly client: ClientFacts;
  /** SASL login, or empty. */
  readonly login: Octets;
  /** The client speaks TLS; what is known of it. */
  readonly isEncrypted?: true;
  readonly tls?: ClientTls;
  /** Whether headers are rewritten as those of a local client: local_header_rewrite_clients says so. */
  readonly context: 'local' | 'remote';
  readonly actions: AccessActions;
  /** receive_override_options of whoever hands the message in. */
  readonly overrides: ReadonlySet<
    'no_address_mappings' | 'no_header_body_checks' | 'no_milters' | 'no_unknown_recipient_checks'
  >;
  /** BODY= as declared. */
  readonly body: '7BIT' | '8BITMIME' | undefined;
  readonly smtputf8: boolean;
  /** The account that handed the message in with sendmail(1); otherwise absent. */
  readonly submitter?: { readonly uid: number; readonly fullName: Octets };
  /** The view of the service that hands the message in: `25/inet`; its Received header is made with it. */
  readonly service: Octets;
}

/** What cleanup(8) made of a message. */
export interface CleanupResult {
  readonly sender: Octets;
  /** Recipients as they go to the queue, duplicates removed. */
  readonly recipients: readonly QueueRecipient[];
  /** From the raw octets to the content as queued. */
  readonly edits: EditScript;
  readonly encoding: '7bit' | '8bit' | '';
  /** `transport:nexthop`; empty if there is none. */
  readonly filter: Octets;
  /** What becomes of it. `rejected`: with this reply; nothing is queued. */
  readonly end:
    | { readonly state: 'queued' }
    | { readonly state: 'held' | 'discarded'; readonly reason: Octets }
    | {
        /** `bounced`: cleanup(8) has all of a message that is forwarded, and bounces it itself. */
        readonly state: 'rejected' | 'bounced';
        readonly code: number;
        readonly dsn: string;
        readonly text: Octets;
      };
  /** Recipients with NOTIFY=SUCCESS that virtual aliases took the place of: the sender is told. */
  readonly reports: readonly ExpansionReport[];
  /** About the message as a whole. What is about one recipient is in the trail. */
  readonly steps: readonly TraceStep[];
  readonly log: readonly LogLine[];
}
