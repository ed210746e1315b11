import type { ParseOutcome } from '../../message/parsed.ts';
import type { Change } from '../changes.ts';
import type { EditScript } from '../../rules/cleanup/edit-script.ts';
import type { Journey } from '../../rules/journey.ts';
import type { AuditEntry, Delivery, DeliveryOutcome, NewDelivery } from '../delivery.ts';
import type { ReplayPage } from '../feed.ts';
import type { Query } from '../query.ts';
import type { QueueId } from '../queue-id.ts';
import type { SessionId, StoredSession } from '../session.ts';
import type { CommitNumber, Counts, ListOptions, MessageRecord, StoredMessage } from '../store.ts';

/** Which of the store's two threads. */
export type WorkerRole = 'writer' | 'reader';

/** What a worker is started with. */
export interface WorkerSetup {
  readonly role: WorkerRole;
  readonly directory: string;
}

/**
 * A message on its way to the writer. Most of it is text already: it goes into the database as it is, and a text
 * crosses threads faster than an object.
 */
export interface PutRequest {
  readonly id: QueueId;
  readonly inbox: string;
  readonly parent: QueueId | undefined;
  readonly receivedAtMs: number;
  readonly meta: string;
  readonly envelope: string;
  /** The tags in plus-addresses of its recipients. */
  readonly envelopeTags: readonly string[];
  readonly raw: Uint8Array;
  readonly sizeBytes: number;
  readonly session: SessionId | undefined;
  readonly sessionUpdate: UpdateRequest | undefined;
}

/** A session update on its way to the writer. Its texts go into the database as they are. */
export interface UpdateRequest {
  readonly id: SessionId;
  /** In JSON. */
  readonly start: string | undefined;
  readonly inbox: string | undefined;
  /** What is kept of it if the dialogue isn't too long, in JSON; undefined if it has nothing that is kept so. */
  readonly entry: string | undefined;
  /** How much the lines in `entry` take up. */
  readonly dialogueBytes: number;
  /** The session is over. */
  readonly isEnd: boolean;
}

/** A verdict on its way to the writer. Its texts go into the database as they are. */
export interface VerdictRequest {
  readonly id: QueueId;
  readonly settingsHash: string;
  /** In JSON. */
  readonly summary: string;
  readonly journey: string;
  readonly queued: string | null;
  readonly deliveries: readonly NewDelivery[];
}

/** Messages to be changed: by ID, by number (as a search found them), or all. */
export type Target =
  | { readonly ids: readonly QueueId[] }
  | { readonly seqs: readonly number[] }
  | { readonly all: true; readonly inbox: string | undefined };

/** What a thread does. */
export type Operations = Readonly<Record<string, { readonly in: unknown; readonly out: unknown }>>;

/** What the writer does: the request and the answer of each operation. */
export interface WriterOperations {
  /** Opens the database, and makes it if there is none: to be asked first. */
  open: { in: undefined; out: Opened };
  put: { in: PutRequest; out: PutReply };
  journal: { in: UpdateRequest; out: undefined };
  /** Writes something, to see whether it can. */
  probe: { in: undefined; out: undefined };
  setRead: { in: { readonly target: Target; readonly read: boolean }; out: number };
  setTags: { in: { readonly target: Target; readonly tags: readonly string[] }; out: number };
  renameTag: { in: { readonly tag: string; readonly to: string | undefined }; out: number };
  delete: { in: Target; out: number };
  retain: {
    in: {
      readonly maxMessages: number | undefined;
      /** Those that are too old, as the reader found them: that takes a look at every message. */
      readonly aged: readonly number[];
      readonly inbox: string | undefined;
      readonly limit: number;
    };
    out: number;
  };
  setParsed: {
    in: { readonly id: QueueId; readonly version: number; readonly outcome: ParseOutcome };
    out: undefined;
  };
  setVerdict: { in: VerdictRequest; out: number | undefined };
  claim: {
    in: { readonly nowMs: number; readonly limit: number; readonly leaseMs: number };
    out: readonly Delivery[];
  };
  settle: { in: { readonly deliveryId: number; readonly outcome: DeliveryOutcome }; out: undefined };
  setQueueState: {
    in: { readonly id: QueueId; readonly state: 'active' | 'deferred' | 'hold'; readonly nextAttemptAtMs?: number };
    out: number;
  };
  audit: { in: AuditEntry; out: undefined };
  /** The index has forgotten these: no need to remember that they are gone. */
  forget: { in: readonly number[]; out: undefined };
  /** Looks whether other handles have committed. */
  poll: { in: undefined; out: undefined };
  /** What the connection promises. */
  durability: { in: undefined; out: Durability };
}

/** What SQLite reports of the writer's connection. */
export interface Durability {
  /** `wal` */
  readonly journalMode: string;
  /** 2: FULL, the log is synced at every commit. */
  readonly synchronous: number;
}

/** What the writer adds to a message that it kept. */
export interface PutReply {
  readonly seq: CommitNumber;
  /** The header summary, in JSON. */
  readonly summary: string;
  readonly tags: readonly string[];
}

/** What the reader does. */
export interface ReaderOperations {
  list: { in: Omit<ListOptions, 'signal'>; out: readonly StoredMessage[] };
  counts: { in: { readonly query?: Query; readonly inbox?: string }; out: Counts };
  get: { in: QueueId; out: MessageRecord | undefined };
  readRaw: {
    in: { readonly id: QueueId; readonly range: { readonly start: number; readonly end: number } | undefined };
    out: Uint8Array | undefined;
  };
  readQueued: { in: QueueId; out: EditScript | undefined };
  journey: { in: QueueId; out: Journey | undefined };
  tags: { in: string | undefined; out: readonly { readonly tag: string; readonly count: number }[] };
  /** The numbers of the messages that a search finds. */
  find: { in: { readonly query: Query; readonly inbox?: string }; out: readonly number[] };
  /** The oldest messages received before a time that have no pending delivery. */
  aged: {
    in: { readonly olderThanMs: number; readonly inbox: string | undefined; readonly limit: number };
    out: readonly number[];
  };
  unjudged: { in: number; out: readonly QueueId[] };
  unparsed: { in: { readonly version: number; readonly limit: number }; out: readonly QueueId[] };
  queued: {
    in: { readonly states: readonly ('active' | 'deferred' | 'hold')[]; readonly limit: number };
    out: readonly StoredMessage[];
  };
  audits: { in: number; out: readonly AuditEntry[] };
  session: { in: SessionId; out: StoredSession | undefined };
  sessions: {
    in: { readonly limit: number; readonly withoutMail?: boolean; readonly inbox?: string };
    out: readonly StoredSession[];
  };
  replay: { in: { readonly since: CommitNumber; readonly limit: number }; out: ReplayPage | undefined };
  deleted: { in: undefined; out: number };
  /** Indexes for some milliseconds. */
  index: { in: undefined; out: IndexProgress };
}

/** How far a step of indexing came. */
export interface IndexProgress {
  readonly more: boolean;
  /** Another handle holds the index's lock. */
  readonly isBusy: boolean;
  /** Messages that are gone, and now from the index too. */
  readonly forgotten: readonly number[];
}

/** A request of one of the operations; `number` comes back with the answer. */
export interface Request {
  readonly number: number;
  readonly operation: string;
  readonly input: unknown;
}

/** The answer to a request. */
export type Answer =
  { readonly number: number; readonly output: unknown } | { readonly number: number; readonly error: WireError };

/** An error on its way between threads; class and code don't survive the journey by themselves. */
export interface WireError {
  readonly kind: 'full' | 'corrupt' | 'other';
  readonly message: string;
}

/** What the writer says after it has opened the database. */
export interface Opened {
  readonly head: CommitNumber;
  /** The time in the greatest ID in use, in microseconds. */
  readonly lastIdMicroseconds: number;
}

/** What a worker sends. */
export type WorkerMessage = { readonly type: 'failed'; readonly error: WireError } | Answers;

/** The answers to some requests, and what the writer committed or found meanwhile. */
export interface Answers {
  readonly type: 'answers';
  readonly answers: readonly Answer[];
  /** In order; a `new` of this handle is left out: its put is answered. */
  readonly changes: readonly Change[];
  /** From the writer: the number of the last change. */
  readonly head?: CommitNumber;
}
