import type { Act, Delivery, JourneyMessage, NodeId, Trail } from '../journey.ts';
import type { Octets } from '../octets.ts';
import type { RuleWorld } from '../world.ts';
import type { DeliveryStatus } from '../trace.ts';
import type { QueuedMessage, QueueRecipient } from './queued-message.ts';

/** What is to be delivered at once: recipients of one message with one transport and next hop. */
export interface DeliveryRequest {
  readonly message: QueuedMessage;
  /** The service of master.cf. */
  readonly transport: Octets;
  readonly nexthop: Octets;
  readonly recipients: readonly QueueRecipient[];
}

/** How a recipient of a request ended; what a notification is made of. */
export interface DeliveryRecord extends Delivery {
  /** The recipient as bounce(8) is told of it: of an alias's members, their own address. */
  readonly of: QueueRecipient;
  /** Who is told that it failed, instead of the message's sender: an alias's owner. In internal form. */
  readonly notifies?: Octets;
}

/** What came of an act. */
export interface ActOutcome {
  readonly status: DeliveryStatus;
  readonly dsn: string;
  /** What is logged; of an act that failed, the reason alone: `error writing message: File too large`. */
  readonly text: Octets;
  /** What the log calls `relay`, if the act knows better. */
  readonly relay?: Octets;
  readonly isAssumed?: true;
}

/** The last act of a delivery, exchangeable: everything before it is decided by rules. */
export interface Agent {
  /**
   * Does it, or says what Postfix would log if it were done.
   */
  perform(act: Act, request: ActRequest): ActOutcome;
}

/** For whom an act is done. */
export interface ActRequest {
  readonly message: QueuedMessage;
  readonly transport: Octets;
  readonly nexthop: Octets;
  readonly recipient: QueueRecipient;
  /** What Postfix logs on success: status, code and text. */
  readonly success: ActOutcome;
}

/** A message that Postfix makes of another: a forwarded one has its client, login, RET and ENVID. It goes through cleanup(8). */
export interface ChildMessage {
  readonly origin: Exclude<JourneyMessage['origin'], 'received'>;
  readonly of: QueuedMessage;
  readonly sender: Octets;
  /** Each hangs below `parent`, where the way led to it. */
  readonly recipients: readonly (Omit<QueueRecipient, 'node'> & { readonly parent: NodeId | undefined })[];
  /** With CRLF, made anew each time. `Received: by …` comes before it by itself. */
  content(): Uint8Array;
}

/** What a delivery agent has at hand. */
export interface DeliveryContext {
  readonly world: RuleWorld;
  readonly trail: Trail;
  readonly agent: Agent;
  /** ms since 1970. */
  readonly nowMs: number;
  /** Hands a new message in. It is delivered later, once this one is. */
  submit(child: ChildMessage): SubmittedMessage;
  /** Tells the owner of an alias that a recipient failed. @returns whether the notice was taken */
  tellOwner(record: DeliveryRecord, message: QueuedMessage): boolean;
  /** What the sender asked to be told of, though nothing was delivered: an alias was expanded. */
  report(report: ExpansionReport): void;
  /** Hands recipients on to another transport, as mailbox_transport has it; it may be one that master.cf doesn't have. */
  pass(request: DeliveryRequest): readonly DeliveryRecord[];
}

/** A message that was handed in. */
export interface SubmittedMessage {
  /** In the journey. */
  readonly number: number;
  readonly queueId: Octets;
  /** Why cleanup(8) doesn't take it: `554 5.4.0 Error: too many hops`; undefined if it does. */
  readonly refusal: Octets | undefined;
}

/** A recipient with NOTIFY=SUCCESS that others took the place of. */
export interface ExpansionReport {
  readonly of: QueueRecipient;
  /** What the log calls `relay`: `local`; `none` for virtual aliases. */
  readonly relay: Octets;
  /** Mail for a list, which has an owner: to the sender it is delivered, not expanded. */
  readonly isDelivered?: true;
}

/** A delivery agent: decides what becomes of each recipient, and writes it down in the trail, too. */
export type Deliver = (request: DeliveryRequest, context: DeliveryContext) => readonly DeliveryRecord[];
