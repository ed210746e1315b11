import type { ChangeEvent } from '../changes.ts';
import type { AuditEntry, Delivery, NewDelivery } from '../delivery.ts';
import { moveStatus, type VerdictSummary } from '../verdict-summary.ts';
import type { Statement } from './connection.ts';
import type { WriterOperations } from './protocol.ts';
import { DELIVERY_COLUMNS, readDelivery, type DeliveryData } from './rows.ts';
import type { WriteContext } from './write-context.ts';

/** Writes verdicts, deliveries and the record of what left the machine. */
export class QueueWriter {
  readonly #context: WriteContext;
  readonly #findMessage: Statement;
  readonly #setGeneration: Statement;
  readonly #setSummary: Statement;
  readonly #setJourney: Statement;
  readonly #drop: Statement;
  readonly #insert: Statement;
  readonly #due: Statement;
  readonly #lease: Statement;
  readonly #find: Statement;
  readonly #pending: Statement;
  readonly #update: Statement;
  readonly #addAudit: Statement;

  constructor(context: WriteContext) {
    const { connection } = context;
    const deliveries = `SELECT ${DELIVERY_COLUMNS}, m.seq, m.verdict, m.inbox FROM deliveries d JOIN messages m ON m.seq = d.seq`;
    this.#context = context;
    this.#findMessage = connection.prepare('SELECT seq, inbox, generation FROM messages WHERE id = ?');
    this.#setGeneration = connection.prepare(
      'UPDATE messages SET generation = ?, settings = ?, verdict = ? WHERE seq = ?',
    );
    this.#setSummary = connection.prepare('UPDATE messages SET verdict = ? WHERE seq = ?');
    this.#setJourney = connection.prepare('INSERT OR REPLACE INTO verdicts (seq, queued, journey) VALUES (?, ?, ?)');
    this.#drop = connection.prepare('DELETE FROM deliveries WHERE seq = ?');
    this.#insert = connection.prepare(
      'INSERT INTO deliveries (seq, generation, state, due_ms, data) VALUES (?, ?, ?, ?, ?)',
    );
    this.#due = connection.prepare(
      `${deliveries} WHERE d.state IN ('active', 'deferred') AND d.due_ms <= ?1 AND d.leased_until_ms <= ?1
       ORDER BY d.due_ms, d.id LIMIT ?2`,
    );
    this.#lease = connection.prepare('UPDATE deliveries SET leased_until_ms = ? WHERE id = ?');
    this.#find = connection.prepare(`${deliveries} WHERE d.id = ?`);
    this.#pending = connection.prepare(`${deliveries} WHERE m.id = ? AND d.state <> 'none'`);
    this.#update = connection.prepare(
      'UPDATE deliveries SET state = ?, due_ms = ?, attempts = ?, data = ?, leased_until_ms = leased_until_ms * ? WHERE id = ?',
    );
    this.#addAudit = connection.prepare('INSERT INTO audits (entry) VALUES (?)');
  }

  setVerdict({
    id,
    settingsHash,
    summary,
    journey,
    queued,
    deliveries,
  }: WriterOperations['setVerdict']['in']): number | undefined {
    const row = this.#findMessage.get(id);
    if (row === undefined) return undefined;
    const [message = null, inbox] = row;
    const generation = Number(row[2]) + 1;
    this.#setGeneration.run(generation, settingsHash, summary, message);
    this.#setJourney.run(message, queued, journey);
    if (generation > 1) this.#drop.run(message);
    for (const delivery of deliveries) {
      this.#insert.run(message, generation, delivery.state, dueAt(delivery), toData(delivery));
    }
    this.#record({ id, generation, verdict: JSON.parse(summary) as VerdictSummary }, inbox as string);
    return generation;
  }

  claim({ nowMs, limit, leaseMs }: WriterOperations['claim']['in']): readonly Delivery[] {
    const due = this.#due.all(nowMs, limit).map(readDelivery);
    for (const { id } of due) this.#lease.run(nowMs + leaseMs, id);
    return due;
  }

  settle({ deliveryId, outcome }: WriterOperations['settle']['in']): undefined {
    const row = this.#find.get(deliveryId);
    if (row === undefined) return undefined;
    const { nextAttemptAtMs: _, ...before } = readDelivery(row);
    this.#write({ ...before, ...outcome, attempts: before.attempts + 1 }, 'released');
    if (outcome.status === before.status && outcome.state !== 'none') return undefined;
    const [message = null, summary, inbox] = row.slice(-3);
    const verdict = moveStatus(JSON.parse(summary as string) as VerdictSummary, before.status, outcome.status);
    this.#setSummary.run(JSON.stringify(verdict), message);
    this.#record({ id: before.queueId, generation: before.generation, verdict }, inbox as string);
    return undefined;
  }

  setQueueState({ id, state, nextAttemptAtMs }: WriterOperations['setQueueState']['in']): number {
    const pending = this.#pending.all(id).map(readDelivery);
    for (const { nextAttemptAtMs: _, ...before } of pending) {
      this.#write({ ...before, state, ...(nextAttemptAtMs !== undefined && { nextAttemptAtMs }) }, 'leased');
    }
    return pending.length;
  }

  audit(entry: AuditEntry): undefined {
    this.#addAudit.run(JSON.stringify(entry));
    return undefined;
  }

  #write(delivery: Delivery, lease: 'leased' | 'released'): void {
    const { id, state, attempts } = delivery;
    this.#update.run(state, dueAt(delivery), attempts, toData(delivery), lease === 'leased' ? 1 : 0, id);
  }

  #record(judged: Omit<ChangeEvent & { readonly type: 'verdict' }, 'type'>, inbox: string): void {
    const event = { type: 'verdict', ...judged } as const;
    this.#context.record(event, inbox, (seq) => ({ ...event, seq, inbox }));
  }
}

function dueAt(delivery: NewDelivery): number {
  return delivery.nextAttemptAtMs ?? 0;
}

/** What has no column of its own. */
function toData(delivery: NewDelivery): string {
  const { recipient, address, transport, nexthop, status, dsn, text, node, nextAttemptAtMs } = delivery;
  const data: DeliveryData = {
    recipient,
    address,
    transport,
    nexthop,
    status,
    dsn,
    text,
    node,
    ...(nextAttemptAtMs !== undefined && { nextAttemptAtMs }),
  };
  return JSON.stringify(data);
}
