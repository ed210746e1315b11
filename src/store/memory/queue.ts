import {
  WHEN_ASKED_MS,
  type Delivery,
  type DeliveryOutcome,
  type NewDelivery,
  type QueueState,
  type Verdict,
} from '../delivery.ts';
import type { QueueId } from '../queue-id.ts';

interface Entry {
  delivery: Delivery;
  leasedUntilMs: number;
}

/** The deliveries of a store in memory. */
export class DeliveryQueue {
  readonly #byMessage = new Map<QueueId, Entry[]>();
  readonly #byId = new Map<number, Entry>();
  #lastId = 0;

  /** Replaces the deliveries of a message. */
  replace(queueId: QueueId, generation: number, verdict: Verdict): void {
    this.remove(queueId);
    const entries = verdict.deliveries.map((one): Entry => {
      const id = ++this.#lastId;
      return { delivery: { ...one, id, queueId, generation, attempts: 0 }, leasedUntilMs: 0 };
    });
    this.#byMessage.set(queueId, entries);
    for (const entry of entries) this.#byId.set(entry.delivery.id, entry);
  }

  remove(queueId: QueueId): void {
    for (const { delivery } of this.#byMessage.get(queueId) ?? []) this.#byId.delete(delivery.id);
    this.#byMessage.delete(queueId);
  }

  of(queueId: QueueId): readonly Delivery[] {
    return (this.#byMessage.get(queueId) ?? []).map(({ delivery }) => delivery);
  }

  /** Whether it is in the queue by the clock. */
  isPending(queueId: QueueId): boolean {
    return this.of(queueId).some(({ state, nextAttemptAtMs }) => state !== 'none' && nextAttemptAtMs !== WHEN_ASKED_MS);
  }

  claim(nowMs: number, limit: number, leaseMs: number): readonly Delivery[] {
    const due = [...this.#byId.values()]
      .filter(({ delivery, leasedUntilMs }) => leasedUntilMs <= nowMs && isDue(delivery, nowMs))
      .sort((a, b) => dueAt(a.delivery) - dueAt(b.delivery) || a.delivery.id - b.delivery.id)
      .slice(0, limit);
    for (const entry of due) entry.leasedUntilMs = nowMs + leaseMs;
    return due.map(({ delivery }) => delivery);
  }

  /** @returns the delivery before; undefined if a newer verdict replaced it */
  settle(id: number, outcome: DeliveryOutcome): Delivery | undefined {
    const entry = this.#byId.get(id);
    if (entry === undefined) return undefined;
    const before = entry.delivery;
    const { nextAttemptAtMs: _, ...delivery } = before;
    entry.delivery = { ...delivery, ...outcome, attempts: delivery.attempts + 1 };
    entry.leasedUntilMs = 0;
    return before;
  }

  /** @returns how many were moved */
  move(queueId: QueueId, state: QueueState, nextAttemptAtMs: number | undefined): number {
    const pending = (this.#byMessage.get(queueId) ?? []).filter(({ delivery }) => delivery.state !== 'none');
    for (const entry of pending) {
      const { nextAttemptAtMs: _, ...delivery } = entry.delivery;
      entry.delivery = { ...delivery, state, ...(nextAttemptAtMs !== undefined && { nextAttemptAtMs }) };
    }
    return pending.length;
  }
}

function isDue(delivery: NewDelivery, nowMs: number): boolean {
  return (delivery.state === 'active' || delivery.state === 'deferred') && dueAt(delivery) <= nowMs;
}

function dueAt(delivery: NewDelivery): number {
  return delivery.nextAttemptAtMs ?? 0;
}
