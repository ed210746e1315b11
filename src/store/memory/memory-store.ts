import type { Clock } from '../../clock.ts';
import type { ParseOutcome } from '../../message/parsed.ts';
import { summarise } from '../../message/summary.ts';
import type { EditScript } from '../../rules/cleanup/edit-script.ts';
import type { Journey } from '../../rules/journey.ts';
import type { Change, ChangeEvent } from '../changes.ts';
import type { AuditEntry, Delivery, DeliveryOutcome, Verdict } from '../delivery.ts';
import { ChangeFeed } from '../feed.ts';
import { envelopeTags, toStoredMessage } from '../new-message.ts';
import type { Query } from '../query.ts';
import { createQueueIdSource } from '../queue-id-source.ts';
import type { QueueId } from '../queue-id.ts';
import { LISTED_CHANGES } from '../selection.ts';
import type { SessionId, SessionUpdate, StoredSession } from '../session.ts';
import type {
  CommitNumber,
  Counts,
  ListOptions,
  MessageRecord,
  NewMessage,
  Selection,
  Store,
  StoredMessage,
} from '../store.ts';
import { compareTags, normaliseTags, replaceTag, sameTags, tagsOnReceipt } from '../tags.ts';
import { moveStatus, summariseJourney, type VerdictSummary } from '../verdict-summary.ts';
import { ChangeLog } from './change-log.ts';
import { applyOutcome, MessageTable, type MessageEntry } from './message-table.ts';
import { DeliveryQueue } from './queue.ts';
import { SessionTable } from './session-table.ts';

/** Opens a store that is gone when it is closed. Nothing but retention bounds it. */
export async function openMemoryStore(options: { readonly clock: Clock }): Promise<Store> {
  return new MemoryStore(options.clock);
}

class MemoryStore implements Store {
  readonly location = ':memory:';
  readonly newQueueId: () => QueueId;
  readonly #messages = new MessageTable();
  readonly #queue = new DeliveryQueue();
  readonly #sessions = new SessionTable();
  readonly #audits: AuditEntry[] = [];
  readonly #log = new ChangeLog((id) => this.#messages.find(id)?.message);
  readonly #feed = new ChangeFeed(0 as CommitNumber, {
    replay: async (since, limit) => this.#log.replay(since, limit),
    refresh: async () => {},
  });
  #deleted = 0;
  #closed = false;

  constructor(clock: Clock) {
    this.newQueueId = createQueueIdSource(clock);
  }

  newSessionId(): SessionId {
    return this.newQueueId() as string as SessionId;
  }

  async put(message: NewMessage): Promise<StoredMessage> {
    this.#checkOpen();
    if (this.#messages.find(message.id)) throw new Error(`message ${message.id} is kept already`);
    const { raw, envelope, session, sessionUpdate } = message;
    const seq = (this.#feed.head + 1) as CommitNumber;
    const summary = summarise(raw);
    const tags = tagsOnReceipt(summary, envelopeTags(envelope));
    const stored = toStoredMessage(message, { seq, sizeBytes: raw.byteLength, summary, tags });
    this.#messages.add(stored, { envelope, raw });
    if (sessionUpdate) this.#sessions.update(sessionUpdate);
    const sessionId = session?.id ?? sessionUpdate?.id;
    if (sessionId !== undefined) this.#sessions.addMail(sessionId, seq, message.inbox);
    this.#commit({ type: 'new', message: stored }, stored.inbox);
    return stored;
  }

  journal(update: SessionUpdate): void {
    this.#checkOpen();
    this.#sessions.update(update);
  }

  async list(options: ListOptions): Promise<readonly StoredMessage[]> {
    this.#checkOpen();
    options.signal?.throwIfAborted();
    return this.#messages.page(options).map(({ message }) => message);
  }

  async counts(options: { readonly query?: Query; readonly inbox?: string } = {}): Promise<Counts> {
    this.#checkOpen();
    const found = this.#messages.listed(options);
    return { total: found.length, unread: found.filter(({ message }) => !message.read).length };
  }

  async get(id: QueueId): Promise<MessageRecord | undefined> {
    this.#checkOpen();
    const entry = this.#messages.find(id);
    if (entry === undefined) return undefined;
    const { message, envelope, parsed, journey } = entry;
    return {
      ...message,
      envelope,
      deliveries: this.#queue.of(id),
      ...(parsed !== undefined && { parsed }),
      ...(journey !== undefined && { settingsHash: journey.settingsHash }),
    };
  }

  async readRaw(
    id: QueueId,
    range?: { readonly start: number; readonly end: number },
  ): Promise<Uint8Array | undefined> {
    this.#checkOpen();
    const raw = this.#messages.find(id)?.raw;
    // A copy: a caller may hand it over to another thread.
    const { start = 0, end = Infinity } = range ?? {};
    return raw && Uint8Array.from(raw.subarray(Math.max(0, start), Math.max(0, end)));
  }

  async readQueued(id: QueueId): Promise<EditScript | undefined> {
    this.#checkOpen();
    return this.#messages.find(id)?.queued;
  }

  async setRead(selection: Selection, read: boolean): Promise<number> {
    this.#checkOpen();
    const changed = this.#messages.select(selection).filter(({ message }) => message.read !== read);
    for (const entry of changed) entry.message = { ...entry.message, read };
    this.#commitUpdate(changed, { read });
    return changed.length;
  }

  async setTags(selection: Selection, tags: readonly string[]): Promise<number> {
    this.#checkOpen();
    const wanted = normaliseTags(tags);
    const changed = this.#messages.select(selection).filter(({ message }) => !sameTags(message.tags, wanted));
    for (const entry of changed) entry.message = { ...entry.message, tags: wanted };
    this.#commitUpdate(changed, { tags: wanted });
    return changed.length;
  }

  async tags(options: { readonly inbox?: string } = {}): Promise<readonly { tag: string; count: number }[]> {
    this.#checkOpen();
    const counts = new Map<string, number>();
    for (const { message } of this.#messages.listed(options)) {
      for (const tag of message.tags) counts.set(tag, (counts.get(tag) ?? 0) + 1);
    }
    return [...counts].map(([tag, count]) => ({ tag, count })).sort((a, b) => compareTags(a.tag, b.tag));
  }

  async renameTag(tag: string, to: string | undefined): Promise<number> {
    this.#checkOpen();
    const changed = this.#messages.all().filter(({ message }) => message.tags.includes(tag));
    for (const entry of changed) {
      entry.message = { ...entry.message, tags: replaceTag(entry.message.tags, tag, to) };
    }
    if (changed.length > 0) this.#commit({ type: 'prune' }, commonInbox(changed));
    return changed.length;
  }

  async delete(selection: Selection): Promise<number> {
    this.#checkOpen();
    const found = this.#messages.select(selection);
    this.#remove(found, 'all' in selection ? { inbox: selection.inbox } : undefined);
    return found.length;
  }

  async setParsed(id: QueueId, version: number, outcome: ParseOutcome): Promise<void> {
    this.#checkOpen();
    const entry = this.#messages.find(id);
    if (entry === undefined) return;
    applyOutcome(entry, version, outcome);
    this.#commit({ type: 'parsed', message: entry.message }, entry.message.inbox);
  }

  async unparsed(version: number, limit: number): Promise<readonly QueueId[]> {
    this.#checkOpen();
    const waiting = this.#messages.all().filter(({ parserVersion }) => parserVersion !== version);
    return waiting.slice(0, limit).map(({ message }) => message.id);
  }

  async setVerdict(id: QueueId, verdict: Verdict): Promise<number | undefined> {
    this.#checkOpen();
    const entry = this.#messages.find(id);
    if (entry === undefined) return undefined;
    entry.generation += 1;
    entry.journey = verdict.journey;
    entry.queued = verdict.queued;
    this.#queue.replace(id, entry.generation, verdict);
    this.#commitVerdict(entry, summariseJourney(verdict.journey));
    return entry.generation;
  }

  async journey(id: QueueId): Promise<Journey | undefined> {
    this.#checkOpen();
    return this.#messages.find(id)?.journey;
  }

  async unjudged(limit: number): Promise<readonly QueueId[]> {
    this.#checkOpen();
    const waiting = this.#messages.all().filter(({ generation }) => generation === 0);
    return waiting.slice(0, limit).map(({ message }) => message.id);
  }

  async claim(nowMs: number, limit: number, leaseMs: number): Promise<readonly Delivery[]> {
    this.#checkOpen();
    return this.#queue.claim(nowMs, limit, leaseMs);
  }

  async settle(deliveryId: number, outcome: DeliveryOutcome): Promise<void> {
    this.#checkOpen();
    const before = this.#queue.settle(deliveryId, outcome);
    if (before === undefined || (outcome.status === before.status && outcome.state !== 'none')) return;
    const entry = this.#messages.find(before.queueId);
    const verdict = entry?.message.verdict;
    if (entry && verdict) this.#commitVerdict(entry, moveStatus(verdict, before.status, outcome.status));
  }

  async setQueueState(id: QueueId, state: 'active' | 'deferred' | 'hold', nextAttemptAtMs?: number): Promise<number> {
    this.#checkOpen();
    return this.#queue.move(id, state, nextAttemptAtMs);
  }

  async queued(states: readonly ('active' | 'deferred' | 'hold')[], limit: number): Promise<readonly StoredMessage[]> {
    this.#checkOpen();
    const wanted: readonly string[] = states;
    return this.#messages
      .all()
      .filter(({ message }) => this.#queue.of(message.id).some(({ state }) => wanted.includes(state)))
      .slice(0, limit)
      .map(({ message }) => message);
  }

  async audit(entry: AuditEntry): Promise<void> {
    this.#checkOpen();
    this.#audits.push(entry);
  }

  async audits(limit: number): Promise<readonly AuditEntry[]> {
    this.#checkOpen();
    return this.#audits.slice(-limit).reverse();
  }

  async session(id: SessionId): Promise<StoredSession | undefined> {
    this.#checkOpen();
    return this.#sessions.get(id);
  }

  async sessions(options: {
    readonly limit: number;
    readonly withoutMail?: boolean;
    readonly inbox?: string;
  }): Promise<readonly StoredSession[]> {
    this.#checkOpen();
    return this.#sessions.list(options);
  }

  async retain(bounds: {
    readonly maxMessages?: number;
    readonly olderThanMs?: number;
    readonly inbox?: string;
    readonly limit: number;
  }): Promise<number> {
    this.#checkOpen();
    const { maxMessages = Infinity, olderThanMs = -Infinity, inbox, limit } = bounds;
    const candidates = this.#messages.all().filter(({ message }) => inbox === undefined || message.inbox === inbox);
    const excess = candidates.length - maxMessages;
    const free = candidates.filter(({ message }) => !this.#queue.isPending(message.id));
    const doomed = free.filter(({ message }, index) => index < excess || message.receivedAtMs < olderThanMs);
    const gone = doomed.slice(0, limit);
    this.#remove(gone);
    return gone.length;
  }

  head(): CommitNumber {
    return this.#feed.head;
  }

  changes(since: CommitNumber | undefined, options: { readonly signal: AbortSignal }): AsyncIterable<Change> {
    return this.#feed.changes(since, options.signal);
  }

  async usage(): Promise<{ readonly sizeBytes: number; readonly deleted: number }> {
    this.#checkOpen();
    const sizeBytes = this.#messages.all().reduce((sum, { message }) => sum + message.sizeBytes, 0);
    return { sizeBytes, deleted: this.#deleted };
  }

  async ready(): Promise<void> {
    this.#checkOpen();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    this.#feed.close();
  }

  #remove(entries: readonly MessageEntry[], all?: { readonly inbox: string | undefined }): void {
    if (entries.length === 0) return;
    this.#messages.remove(entries);
    for (const { message } of entries) this.#queue.remove(message.id);
    this.#sessions.dropBefore(this.#messages.oldestSeq);
    this.#deleted += entries.length;
    if (all) this.#commit({ type: 'truncate' }, all.inbox);
    else if (entries.length > LISTED_CHANGES) this.#commit({ type: 'prune' }, commonInbox(entries));
    else this.#commit({ type: 'delete', ids: idsOf(entries) }, commonInbox(entries));
  }

  #commitUpdate(changed: readonly MessageEntry[], what: { read?: boolean; tags?: readonly string[] }): void {
    if (changed.length === 0) return;
    const ids = changed.length > LISTED_CHANGES ? undefined : idsOf(changed);
    this.#commit({ type: 'update', ids, ...what }, commonInbox(changed));
  }

  #commitVerdict(entry: MessageEntry, verdict: VerdictSummary): void {
    const { generation, message } = entry;
    entry.message = { ...message, verdict };
    this.#commit({ type: 'verdict', id: message.id, generation, verdict }, message.inbox);
  }

  #commit(event: ChangeEvent, inbox: string | undefined): void {
    const seq = (this.#feed.head + 1) as CommitNumber;
    const change: Change = { ...event, seq, inbox };
    this.#log.append(change);
    this.#feed.publish([change], seq);
  }

  #checkOpen(): void {
    if (this.#closed) throw new Error('the store is closed');
  }
}

function idsOf(entries: readonly MessageEntry[]): readonly QueueId[] {
  return entries.map(({ message }) => message.id);
}

function commonInbox(entries: readonly MessageEntry[]): string | undefined {
  const inboxes = new Set(entries.map(({ message }) => message.inbox));
  return inboxes.size === 1 ? [...inboxes][0] : undefined;
}
