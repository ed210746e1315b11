import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Clock } from '../../clock.ts';
import { silentLog, type Log } from '../../log.ts';
import type { ParseOutcome } from '../../message/parsed.ts';
import type { EditScript } from '../../rules/cleanup/edit-script.ts';
import type { Journey } from '../../rules/journey.ts';
import type { Change } from '../changes.ts';
import type { AuditEntry, Delivery, DeliveryOutcome, Verdict } from '../delivery.ts';
import { ChangeFeed } from '../feed.ts';
import type { Query } from '../query.ts';
import { createQueueIdSource } from '../queue-id-source.ts';
import type { QueueId } from '../queue-id.ts';
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
import { indexFile, storeFile } from './connection.ts';
import { IndexSchedule } from './index-schedule.ts';
import { Journal } from './journal.ts';
import type { Answers, Durability, Opened, ReaderOperations, Target, WriterOperations } from './protocol.ts';
import { toPutRequest, toPutResult } from './put-request.ts';
import { toVerdictRequest } from './verdict-request.ts';
import { WorkerClient } from './worker-client.ts';

/** How often it is looked whether another handle has committed. */
const POLL_MS = 75;

/** A store in a data directory. */
export interface SqliteStore extends Store {
  /** What SQLite reports of the connection that writes. */
  durability(): Promise<Durability>;
}

/**
 * Opens the store in `directory`, which is made if it isn't there. Any number of handles, in any number of processes,
 * may be open on one directory: they see each other's changes.
 * @throws {StoreCorruptError} when the data is damaged, or a newer version wrote it; says what to do
 */
export async function openSqliteStore(options: {
  readonly directory: string;
  readonly clock: Clock;
  readonly log?: Log;
}): Promise<SqliteStore> {
  const directory = resolve(options.directory);
  let receive = (_: Answers): void => {};
  const writer = new WorkerClient<WriterOperations>({ role: 'writer', directory }, (answers) => receive(answers));
  // It starts meanwhile, and opens the database when it is first asked something.
  const reader = new WorkerClient<ReaderOperations>({ role: 'reader', directory });
  try {
    const opened = await writer.call('open', undefined);
    const store = new OpenStore({ ...options, directory, opened, writer, reader });
    receive = (answers) => store.receive(answers);
    return store;
  } catch (error) {
    await Promise.all([reader[Symbol.asyncDispose](), writer[Symbol.asyncDispose]()]);
    throw error;
  }
}

interface Parts {
  readonly directory: string;
  readonly clock: Clock;
  readonly log?: Log;
  readonly opened: Opened;
  readonly writer: WorkerClient<WriterOperations>;
  readonly reader: WorkerClient<ReaderOperations>;
}

class OpenStore implements SqliteStore {
  readonly location: string;
  readonly newQueueId: () => QueueId;
  readonly #clock: Clock;
  readonly #writer: WorkerClient<WriterOperations>;
  readonly #reader: WorkerClient<ReaderOperations>;
  readonly #feed: ChangeFeed;
  readonly #journal: Journal;
  readonly #index: IndexSchedule;
  /** New messages of the answers that are being taken in. */
  #fresh: Change[] = [];
  #poll: Disposable | undefined;
  #closing: Promise<void> | undefined;

  constructor({ directory, clock, log = silentLog, opened, writer, reader }: Parts) {
    this.location = directory;
    this.newQueueId = createQueueIdSource(clock, opened.lastIdMicroseconds);
    this.#clock = clock;
    this.#writer = writer;
    this.#reader = reader;
    this.#journal = new Journal({ clock, log, writer });
    this.#index = new IndexSchedule({ clock, log, writer, reader });
    this.#feed = new ChangeFeed(opened.head, {
      replay: (since, limit) => reader.call('replay', { since, limit }),
      refresh: () => writer.call('poll', undefined),
    });
    this.#index.wake();
    this.#pollLater();
  }

  /** Takes in what the writer committed: the feed tells it before the promises do, in the same turn. */
  receive({ changes, head }: Answers): void {
    const all = [...changes, ...this.#fresh].sort((a, b) => a.seq - b.seq);
    this.#fresh = [];
    if (head === undefined) return;
    if (all.some(({ type }) => type !== 'new')) this.#index.wake();
    this.#feed.publish(all, head);
  }

  newSessionId(): SessionId {
    return this.newQueueId() as string as SessionId;
  }

  put(message: NewMessage): Promise<StoredMessage> {
    this.#journal.send();
    this.#index.stepBack();
    const request = toPutRequest(message);
    return this.#writer.call('put', request, {
      transfer: request.raw.buffer as ArrayBuffer,
      convert: (reply) => {
        const stored = toPutResult(message, request.sizeBytes, reply);
        this.#fresh.push({ type: 'new', message: stored, seq: stored.seq, inbox: stored.inbox });
        return stored;
      },
    });
  }

  journal(update: SessionUpdate): void {
    this.#journal.add(update);
  }

  async list({ signal, ...options }: ListOptions): Promise<readonly StoredMessage[]> {
    signal?.throwIfAborted();
    const found = await this.#reader.call('list', options);
    signal?.throwIfAborted();
    return found;
  }

  counts(options: { readonly query?: Query; readonly inbox?: string } = {}): Promise<Counts> {
    return this.#reader.call('counts', options);
  }

  get(id: QueueId): Promise<MessageRecord | undefined> {
    return this.#reader.call('get', id);
  }

  readRaw(id: QueueId, range?: { readonly start: number; readonly end: number }): Promise<Uint8Array | undefined> {
    return this.#reader.call('readRaw', { id, range });
  }

  readQueued(id: QueueId): Promise<EditScript | undefined> {
    return this.#reader.call('readQueued', id);
  }

  setRead(selection: Selection, read: boolean): Promise<number> {
    return this.#find(selection, (target) => this.#writer.call('setRead', { target, read }));
  }

  setTags(selection: Selection, tags: readonly string[]): Promise<number> {
    return this.#find(selection, (target) => this.#writer.call('setTags', { target, tags }));
  }

  tags(
    options: { readonly inbox?: string } = {},
  ): Promise<readonly { readonly tag: string; readonly count: number }[]> {
    return this.#reader.call('tags', options.inbox);
  }

  renameTag(tag: string, to: string | undefined): Promise<number> {
    return this.#writer.call('renameTag', { tag, to });
  }

  delete(selection: Selection): Promise<number> {
    return this.#find(selection, (target) => this.#writer.call('delete', target));
  }

  setParsed(id: QueueId, version: number, outcome: ParseOutcome): Promise<void> {
    // The parser reads by the thread that indexes: a preview is worth more than a faster search.
    this.#index.stepBack();
    return this.#writer.call('setParsed', { id, version, outcome });
  }

  unparsed(version: number, limit: number): Promise<readonly QueueId[]> {
    return this.#reader.call('unparsed', { version, limit });
  }

  setVerdict(id: QueueId, verdict: Verdict): Promise<number | undefined> {
    return this.#writer.call('setVerdict', toVerdictRequest(id, verdict));
  }

  journey(id: QueueId): Promise<Journey | undefined> {
    return this.#reader.call('journey', id);
  }

  unjudged(limit: number): Promise<readonly QueueId[]> {
    return this.#reader.call('unjudged', limit);
  }

  claim(nowMs: number, limit: number, leaseMs: number): Promise<readonly Delivery[]> {
    return this.#writer.call('claim', { nowMs, limit, leaseMs });
  }

  settle(deliveryId: number, outcome: DeliveryOutcome): Promise<void> {
    return this.#writer.call('settle', { deliveryId, outcome });
  }

  setQueueState(id: QueueId, state: 'active' | 'deferred' | 'hold', nextAttemptAtMs?: number): Promise<number> {
    return this.#writer.call('setQueueState', { id, state, ...(nextAttemptAtMs !== undefined && { nextAttemptAtMs }) });
  }

  queued(states: readonly ('active' | 'deferred' | 'hold')[], limit: number): Promise<readonly StoredMessage[]> {
    return this.#reader.call('queued', { states, limit });
  }

  audit(entry: AuditEntry): Promise<void> {
    return this.#writer.call('audit', entry);
  }

  audits(limit: number): Promise<readonly AuditEntry[]> {
    return this.#reader.call('audits', limit);
  }

  async session(id: SessionId): Promise<StoredSession | undefined> {
    await this.#journal.flush();
    return this.#reader.call('session', id);
  }

  async sessions(options: ReaderOperations['sessions']['in']): Promise<readonly StoredSession[]> {
    await this.#journal.flush();
    return this.#reader.call('sessions', options);
  }

  async retain({ maxMessages, olderThanMs, inbox, limit }: Parameters<Store['retain']>[0]): Promise<number> {
    const aged = olderThanMs === undefined ? [] : await this.#reader.call('aged', { olderThanMs, inbox, limit });
    return this.#writer.call('retain', { maxMessages, aged, inbox, limit });
  }

  head(): CommitNumber {
    return this.#feed.head;
  }

  changes(since: CommitNumber | undefined, options: { readonly signal: AbortSignal }): AsyncIterable<Change> {
    return this.#feed.changes(since, options.signal);
  }

  async usage(): Promise<{ readonly sizeBytes: number; readonly deleted: number }> {
    const files = [storeFile(this.location), indexFile(this.location)].flatMap((file) => [file, `${file}-wal`]);
    const sizes = files.map((file) =>
      stat(file).then(
        ({ size }) => size,
        () => 0,
      ),
    );
    const sizeBytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    return { sizeBytes, deleted: await this.#reader.call('deleted', undefined) };
  }

  ready(): Promise<void> {
    return this.#writer.call('probe', undefined);
  }

  durability(): Promise<Durability> {
    return this.#writer.call('durability', undefined);
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#poll?.[Symbol.dispose]();
    this.#index[Symbol.dispose]();
    this.#journal[Symbol.dispose]();
    // The reader first: the last connection to leave brings the log into the database.
    await this.#reader[Symbol.asyncDispose]();
    await this.#writer[Symbol.asyncDispose]();
    this.#feed.close();
  }

  /** A search is done by the reader, the writer gets what it found; all else is asked for at once, in its order. */
  #find(selection: Selection, act: (target: Target) => Promise<number>): Promise<number> {
    if ('query' in selection) return this.#reader.call('find', selection).then((seqs) => act({ seqs }));
    return act('ids' in selection ? selection : { all: true, inbox: selection.inbox });
  }

  #pollLater(): void {
    this.#poll = this.#clock.setTimer(POLL_MS, () => {
      this.#writer.call('poll', undefined).then(
        () => this.#closing === undefined && this.#pollLater(),
        () => {},
      );
    });
  }
}
