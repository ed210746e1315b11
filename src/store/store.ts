import type { EditScript } from '../rules/cleanup/edit-script.ts';
import type { Entrance } from '../rules/entrance.ts';
import type { Envelope } from '../rules/envelope.ts';
import type { Journey } from '../rules/journey.ts';
import type { ParsedMessage, ParseOutcome } from '../message/parsed.ts';
import type { MessageSummary } from '../message/summary.ts';
import type { AuditEntry, Delivery, DeliveryOutcome, Verdict } from './delivery.ts';
import type { Change } from './changes.ts';
import type { Query } from './query.ts';
import type { QueueId } from './queue-id.ts';
import type { SessionId, SessionRange, SessionUpdate, StoredSession } from './session.ts';
import type { VerdictSummary } from './verdict-summary.ts';

declare const brand: unique symbol;

/** Numbers the changes of a store from 1, gap-free in the order of their commits. */
export type CommitNumber = number & { readonly [brand]: 'CommitNumber' };

/** By which door a message came. */
export type Origin = 'smtp' | 'sendmail' | 'api' | 'bounce' | 'forward';

/** A message to be kept. */
export interface NewMessage {
  readonly id: QueueId;
  readonly envelope: Envelope;
  /** RFC 5322 octets as the client sent them, dot-stuffing removed (RFC 5321 §4.5.2). */
  readonly raw: Uint8Array;
  readonly session?: SessionRange;
  /** Lines of the dialogue not yet journaled, written in the same commit. */
  readonly sessionUpdate?: SessionUpdate;
  /** By whom and where it was handed in; absent where nobody connected. */
  readonly entrance?: Entrance;
  /** SASL login, or empty. */
  readonly username: string;
  /** ms since 1970. */
  readonly receivedAtMs: number;
  /** Empty: the inbox of all. */
  readonly inbox: string;
  readonly origin: Origin;
  /** The message that this one came of. */
  readonly parent?: QueueId;
}

/** How far the parser has come with a message. */
export type ParseState =
  | { readonly state: 'pending' }
  | {
      readonly state: 'parsed';
      readonly snippet: string;
      readonly attachmentCount: number;
      readonly inlineCount: number;
    }
  | { readonly state: 'failed'; readonly reason: string };

/** A message as lists and the feed show it. */
export interface StoredMessage {
  readonly id: QueueId;
  /** The number of the commit that kept it: the order of the list. */
  readonly seq: CommitNumber;
  readonly inbox: string;
  readonly origin: Origin;
  readonly parent?: QueueId;
  readonly receivedAtMs: number;
  /** Of the raw octets. */
  readonly sizeBytes: number;
  readonly reversePath: string;
  /** The first 100 recipients' addresses as sent, and how many there are. */
  readonly recipients: readonly string[];
  readonly recipientCount: number;
  readonly username: string;
  readonly entrance?: Entrance;
  readonly session?: SessionRange;
  readonly read: boolean;
  /** Sorted. */
  readonly tags: readonly string[];
  readonly summary: MessageSummary;
  readonly parse: ParseState;
  /** Absent until there is a verdict. */
  readonly verdict?: VerdictSummary;
}

/** One message with all that is kept of it but its octets. */
export interface MessageRecord extends StoredMessage {
  readonly envelope: Envelope;
  /** Present when `parse.state` is `parsed`. */
  readonly parsed?: ParsedMessage;
  /** Empty until there is a verdict. */
  readonly deliveries: readonly Delivery[];
  readonly settingsHash?: string;
}

/** Which messages: named, found, or all of an inbox (of all, without one). */
export type Selection =
  | { readonly ids: readonly QueueId[] }
  | { readonly query: Query; readonly inbox?: string }
  | { readonly all: true; readonly inbox?: string };

/** Which page of a list. Newest first. */
export interface ListOptions {
  readonly query?: Query;
  /** Only this inbox. */
  readonly inbox?: string;
  /** 1–1000; every message if absent. */
  readonly limit?: number;
  /** Skips so many. */
  readonly offset?: number;
  /** Only those committed before. */
  readonly before?: CommitNumber;
  /** Only those received before, ms since 1970. */
  readonly receivedBeforeMs?: number;
  /** Lists messages that other messages gave rise to, too. @default false */
  readonly children?: boolean;
  readonly signal?: AbortSignal;
}

/** How many there are. */
export interface Counts {
  readonly total: number;
  readonly unread: number;
}

/**
 * Keeps messages, sessions, verdicts, and a numbered feed of every change. Every implementation passes
 * `test/store/contract.ts`. All promises reject with {@link StoreCorruptError} once the data can't be read.
 */
export interface Store extends AsyncDisposable {
  /** Where the data is, for people: an absolute path, or `:memory:`. */
  readonly location: string;

  /** A new queue ID, greater than every one that this store has given: max(clock, last + 1 µs). */
  newQueueId(): QueueId;
  /** A new session ID; likewise. */
  newSessionId(): SessionId;

  /**
   * Keeps a message. Once the promise is fulfilled, it survives a power cut: only then may `250` be said.
   * The octets of `message.raw` may be handed over to another thread: don't use them afterwards.
   * @throws {StoreFullError} nothing was kept: answer `452 4.3.1`
   */
  put(message: NewMessage): Promise<StoredMessage>;
  /** Writes down what happened in a session. Kept with the next commit; not awaited, since no reply depends on it. */
  journal(update: SessionUpdate): void;

  /** Newest first. */
  list(options: ListOptions): Promise<readonly StoredMessage[]>;
  /** Counts what `list` would list without limit, offset and bounds. */
  counts(options?: { readonly query?: Query; readonly inbox?: string }): Promise<Counts>;
  get(id: QueueId): Promise<MessageRecord | undefined>;
  /** @param range octets from `start` to `end` (exclusive), cut to what there is; all without it */
  readRaw(id: QueueId, range?: { readonly start: number; readonly end: number }): Promise<Uint8Array | undefined>;
  /** From the raw octets to the message as queued; empty without a verdict, or if it was queued as it came. */
  readQueued(id: QueueId): Promise<EditScript | undefined>;

  /** @returns how many changed. One feed entry, none if nothing changed */
  setRead(selection: Selection, read: boolean): Promise<number>;
  /** Replaces the tags. @returns how many messages changed */
  setTags(selection: Selection, tags: readonly string[]): Promise<number>;
  /** Every tag in use, with the number of messages that bear it. Sorted by tag. */
  tags(options?: { readonly inbox?: string }): Promise<readonly { readonly tag: string; readonly count: number }[]>;
  /** @param to undefined removes the tag @returns how many messages bore it */
  renameTag(tag: string, to: string | undefined): Promise<number>;
  /** @returns how many were deleted */
  delete(selection: Selection): Promise<number>;

  /** Parsed for the first time, or again after the parser changed. An ID that is gone is ignored. */
  setParsed(id: QueueId, version: number, outcome: ParseOutcome): Promise<void>;
  /** The oldest `limit` messages not parsed by parser `version` (neither successfully nor not). */
  unparsed(version: number, limit: number): Promise<readonly QueueId[]>;

  /**
   * Replaces the verdict. Those that are handed over together share a commit.
   * @returns its generation, or undefined if the message is gone
   */
  setVerdict(id: QueueId, verdict: Verdict): Promise<number | undefined>;
  /** The journey of the last verdict; undefined if there is none. */
  journey(id: QueueId): Promise<Journey | undefined>;
  /** The oldest `limit` messages without a verdict. */
  unjudged(limit: number): Promise<readonly QueueId[]>;
  /**
   * Takes at most `limit` deliveries that are due at `nowMs`, and that nobody else has claimed, for `leaseMs`. A lease
   * that isn't settled in time can be claimed again.
   */
  claim(nowMs: number, limit: number, leaseMs: number): Promise<readonly Delivery[]>;
  /** Ends a claim and counts the attempt. */
  settle(deliveryId: number, outcome: DeliveryOutcome): Promise<void>;
  /** Moves a message's pending deliveries to a state: hold, release, requeue. @returns how many moved */
  setQueueState(id: QueueId, state: 'active' | 'deferred' | 'hold', nextAttemptAtMs?: number): Promise<number>;
  /** Messages with a pending delivery in one of `states`, oldest first. */
  queued(states: readonly ('active' | 'deferred' | 'hold')[], limit: number): Promise<readonly StoredMessage[]>;

  audit(entry: AuditEntry): Promise<void>;
  /** Newest first. */
  audits(limit: number): Promise<readonly AuditEntry[]>;

  session(id: SessionId): Promise<StoredSession | undefined>;
  /** Newest first. `withoutMail`: only those in which no message was kept. */
  sessions(options: {
    readonly limit: number;
    readonly withoutMail?: boolean;
    readonly inbox?: string;
  }): Promise<readonly StoredSession[]>;

  /**
   * Deletes the oldest messages until at most `maxMessages` are left, none received before `olderThanMs`; never one with
   * a pending delivery that isn't tried only when somebody asks. Deletes at most `limit` at a time, so that mail coming in doesn't wait.
   * @returns how many were deleted; fewer than `limit` means done
   */
  retain(bounds: {
    readonly maxMessages?: number;
    readonly olderThanMs?: number;
    readonly inbox?: string;
    readonly limit: number;
  }): Promise<number>;

  /** The number of the last change; 0 for an empty store. */
  head(): CommitNumber;
  /**
   * Every change after `since` (after now, without it), as it is committed, by this handle or another, until `signal`
   * aborts or the store closes. If `since` is older than what is kept, or newer than what there is, one `prune` comes
   * first: load afresh.
   */
  changes(since: CommitNumber | undefined, options: { readonly signal: AbortSignal }): AsyncIterable<Change>;

  /** Octets on disk, and how many messages were ever deleted. */
  usage(): Promise<{ readonly sizeBytes: number; readonly deleted: number }>;
  /** Resolves if a message could be kept now; @throws why not */
  ready(): Promise<void>;
}

/** There is no room. Nothing was kept. */
export class StoreFullError extends Error {
  override readonly name = 'StoreFullError';
  readonly code = 'STORE_FULL';
}

/** The data can't be read, or was written by a newer version. */
export class StoreCorruptError extends Error {
  override readonly name = 'StoreCorruptError';
  readonly code = 'STORE_CORRUPT';
}
