import type { EditScript } from '../rules/cleanup/edit-script.ts';
import type { Journey, NodeId } from '../rules/journey.ts';
import type { DeliveryStatus } from '../rules/trace.ts';
import type { QueueId } from './queue-id.ts';

/** Where a delivery stands in the queue; `none`: decided, nothing left to do. */
export type QueueState = 'none' | 'active' | 'deferred' | 'hold';

/**
 * The time of an attempt that is made only when somebody asks for it: such mail was only thought of. It is in the queue,
 * but isn't kept from retention.
 */
export const WHEN_ASKED_MS = Number.MAX_SAFE_INTEGER;

/** A final delivery of one recipient, as decided. */
export interface NewDelivery {
  /** Index into the envelope's recipients. */
  readonly recipient: number;
  /** The final address. */
  readonly address: string;
  readonly transport: string;
  readonly nexthop: string;
  readonly status: DeliveryStatus;
  /** Enhanced status code: `2.0.0`. */
  readonly dsn: string;
  /** Postfix's words. */
  readonly text: string;
  /** Of the journey: where it ends, with what was decided there. */
  readonly node: NodeId;
  readonly state: QueueState;
  /** When to try (again), ms since 1970, or {@link WHEN_ASKED_MS}; only with `active` and `deferred`. */
  readonly nextAttemptAtMs?: number;
}

/** What was decided for a message. */
export interface Verdict {
  /** How it came to that, and by which settings. */
  readonly journey: Journey;
  /** From the raw octets to the message as queued. */
  readonly queued: EditScript;
  readonly deliveries: readonly NewDelivery[];
}

/** A delivery as kept. */
export interface Delivery extends NewDelivery {
  readonly id: number;
  readonly queueId: QueueId;
  /** Counts verdicts of this message, from 1: a new verdict replaces the deliveries of the one before. */
  readonly generation: number;
  readonly attempts: number;
}

/** What came of an attempt. */
export interface DeliveryOutcome {
  readonly status: DeliveryStatus;
  readonly dsn: string;
  readonly text: string;
  readonly state: QueueState;
  readonly nextAttemptAtMs?: number;
}

/** Something that left the machine: outlives its message. */
export interface AuditEntry {
  readonly atMs: number;
  readonly queueId: QueueId;
  readonly recipient: string;
  /** `host[address]:port`. */
  readonly relay: string;
  readonly status: DeliveryStatus;
  readonly dsn: string;
  readonly text: string;
  /** Of the octets sent. */
  readonly sha256: string;
}
