import type { Change } from '../changes.ts';
import { queueIdTime, type QueueId } from '../queue-id.ts';
import type { CommitNumber } from '../store.ts';
import { createPrivateFiles, isBusy, openConnection, storeFile, toStoreError, type Connection } from './connection.ts';
import type { Answer, Durability, Opened, PutRequest, Request, WriterOperations } from './protocol.ts';
import { reserveLogSpace } from './log-space.ts';
import { migrate } from './schema.ts';
import { BulkWriter, type Steps } from './write-bulk.ts';
import { WriteContext } from './write-context.ts';
import { MessageWriter } from './write-messages.ts';
import { QueueWriter } from './write-queue.ts';
import { SessionWriter } from './write-sessions.ts';
import { toWireError } from './wire-error.ts';

type Handlers = {
  readonly [Name in keyof WriterOperations]: (
    input: WriterOperations[Name]['in'],
  ) => WriterOperations[Name]['out'] | Steps;
};

/** What came of requests. */
export interface Outcome {
  readonly answers: readonly Answer[];
  readonly changes: readonly Change[];
  readonly head: CommitNumber;
}

/** What a commit writes to the log beside the messages: some pages of indices. */
const COMMIT_BYTES = 32 * 1024;
/** What a message takes beside its octets. */
const ROW_BYTES = 1024;

/** A change of many messages that is under way. */
interface Running {
  readonly number: number;
  readonly steps: Steps;
}

/**
 * The one connection that writes. Requests that wait at the same moment share a transaction, and so one sync of the
 * disk; changes of many messages take turns with them.
 */
export class Writer implements Disposable {
  readonly connection: Connection;
  readonly #opened: Opened;
  readonly #context: WriteContext;
  readonly #sessions: SessionWriter;
  readonly #handlers: Handlers;
  /** How many transactions it has committed. */
  commits = 0;
  /** About how much was written to the log since the last checkpoint. The log's file doesn't tell: it never shrinks. */
  loggedBytes = 0;
  #waiting: Request[] = [];
  #running: Running[] = [];
  /** So many of the next requests get a transaction each: together they failed. */
  #singly = 0;

  /**
   * Opens the database, and makes it if there is none.
   * @throws {StoreCorruptError}
   */
  constructor(directory: string) {
    createPrivateFiles(directory);
    const path = storeFile(directory);
    try {
      this.connection = openConnection(path);
    } catch (error) {
      throw toStoreError(error, path);
    }
    try {
      migrate(this.connection);
      // Only when idle, or when it has grown large: a checkpoint in the middle of a burst would hold it up.
      this.connection.exec('PRAGMA wal_autocheckpoint = 0');
      this.#context = new WriteContext(this.connection);
      this.#opened = { head: this.#context.head, lastIdMicroseconds: readLastId(this.connection) };
    } catch (error) {
      this.connection.close();
      throw toStoreError(error, path);
    }
    this.#sessions = new SessionWriter(this.connection);
    this.#handlers = this.#createHandlers();
  }

  /** There is something to do. */
  get isBusy(): boolean {
    return this.#waiting.length > 0 || this.#running.length > 0;
  }

  add(requests: readonly Request[]): void {
    this.#waiting.push(...requests);
  }

  /**
   * Does what waits, in one transaction, then a step of each change of many messages in one of its own.
   * @returns undefined if another process holds the lock: nothing was done, call again
   */
  work(): Outcome | undefined {
    const answers: Answer[] = [];
    const changes: Change[] = [];
    try {
      while (this.#waiting.length > 0) {
        changes.push(...this.#commitGroup(this.#takeGroup(), answers));
      }
      for (const running of [...this.#running]) changes.push(...this.#step(running, answers));
    } catch (error) {
      if (!isBusy(error)) throw error;
      if (answers.length === 0 && changes.length === 0) return undefined;
    }
    return { answers, changes, head: this.#context.head };
  }

  /** Brings the log into the database, so that it can begin anew. */
  checkpoint(): void {
    this.connection.exec('PRAGMA wal_checkpoint(PASSIVE)');
    this.loggedBytes = 0;
  }

  /** Makes room for the log, so that commits take less time. Without room on the disk they take as long as before. */
  reserveLog(sizeBytes: number): void {
    try {
      reserveLogSpace(`${this.connection.path}-wal`, sizeBytes);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error)) throw error;
    }
  }

  [Symbol.dispose](): void {
    this.connection.close();
  }

  /** The requests up to the first that changes many messages; or that one alone: it mustn't see what came after it. */
  #takeGroup(): readonly Request[] {
    if (this.#singly > 0) return this.#waiting.slice(0, 1);
    const end = this.#waiting.findIndex(({ operation }) => BULK.has(operation));
    return end < 0 ? [...this.#waiting] : this.#waiting.slice(0, Math.max(end, 1));
  }

  #commitGroup(group: readonly Request[], answers: Answer[]): readonly Change[] {
    const changes = this.#tryGroup(group, answers);
    if (changes === undefined) return [];
    this.#waiting.splice(0, group.length);
    this.#singly = Math.max(0, this.#singly - group.length);
    return changes;
  }

  /** @returns undefined if nothing was done: one that can't be done must not take the others with it */
  #tryGroup(group: readonly Request[], answers: Answer[]): readonly Change[] | undefined {
    const [first] = group;
    if (group.every(({ operation }) => operation === 'poll') && !this.#context.isBehind()) {
      answers.push(...group.map(({ number }) => ({ number, output: undefined })));
      return [];
    }
    try {
      return this.#transact(() => group.map((request) => this.#answer(request)), answers);
    } catch (error) {
      if (isBusy(error) || first === undefined) throw error;
      if (group.length > 1) {
        this.#singly = group.length;
        return undefined;
      }
      this.#running = this.#running.filter(({ number }) => number !== first.number);
      answers.push({ number: first.number, error: toWireError(toStoreError(error, this.connection.path)) });
      return [];
    }
  }

  #answer(request: Request): Answer | undefined {
    const { number, operation, input } = request;
    const handler = this.#handlers[operation as keyof Handlers] as (given: unknown) => unknown;
    const output = handler(input);
    if (!isSteps(output)) return { number, output };
    return this.#advance({ number, steps: output }, 'first');
  }

  #step(running: Running, answers: Answer[]): readonly Change[] {
    try {
      return this.#transact(() => [this.#advance(running, 'next')], answers);
    } catch (error) {
      if (isBusy(error)) throw error;
      this.#running = this.#running.filter((one) => one !== running);
      answers.push({ number: running.number, error: toWireError(toStoreError(error, this.connection.path)) });
      return [];
    }
  }

  #advance(running: Running, which: 'first' | 'next'): Answer | undefined {
    const step = running.steps.next();
    if (step.done === true) {
      this.#running = this.#running.filter((one) => one !== running);
      return { number: running.number, output: step.value };
    }
    if (which === 'first') this.#running.push(running);
    return undefined;
  }

  #transact(act: () => readonly (Answer | undefined)[], answers: Answer[]): readonly Change[] {
    this.connection.exec('BEGIN IMMEDIATE');
    try {
      this.#context.catchUp();
      const done = act();
      this.#sessions.flush();
      this.#context.flush();
      this.connection.exec('COMMIT');
      this.commits += 1;
      this.loggedBytes += COMMIT_BYTES;
      answers.push(...done.filter((answer) => answer !== undefined));
      return this.#context.settle();
    } catch (error) {
      // A full disk may have undone the transaction already.
      if (this.connection.inTransaction) this.connection.exec('ROLLBACK');
      this.#context.revert();
      this.#sessions.revert();
      throw error;
    }
  }

  #createHandlers(): Handlers {
    const messages = new MessageWriter(this.#context, this.#sessions);
    const bulk = new BulkWriter(this.#context, this.#sessions);
    const queue = new QueueWriter(this.#context);
    const forget = this.connection.prepare('DELETE FROM unindexed WHERE seq = ?');
    return {
      open: () => this.#opened,
      put: (request: PutRequest) => {
        this.loggedBytes += request.sizeBytes + ROW_BYTES;
        return messages.put(request);
      },
      journal: (update) => {
        this.#sessions.update(update);
        return undefined;
      },
      probe: () => {
        this.#context.addMeta('probed', 1);
        return undefined;
      },
      setRead: (request) => bulk.setRead(request),
      setTags: (request) => bulk.setTags(request),
      renameTag: (request) => bulk.renameTag(request),
      delete: (target) => bulk.delete(target),
      retain: (bounds) => bulk.retain(bounds),
      setParsed: (request) => messages.setParsed(request),
      setVerdict: (request) => queue.setVerdict(request),
      claim: (request) => queue.claim(request),
      settle: (request) => queue.settle(request),
      setQueueState: (request) => queue.setQueueState(request),
      audit: (entry) => queue.audit(entry),
      forget: (seqs) => {
        for (const seq of seqs) forget.run(seq);
        return undefined;
      },
      poll: () => undefined,
      durability: () => this.#durability(),
    };
  }

  #durability(): Durability {
    return {
      journalMode: String(this.connection.pragma('journal_mode')),
      synchronous: Number(this.connection.pragma('synchronous')),
    };
  }
}

const BULK: ReadonlySet<string> = new Set<keyof WriterOperations>([
  'setRead',
  'setTags',
  'renameTag',
  'delete',
  'retain',
]);

function isSteps(output: unknown): output is Steps {
  return typeof output === 'object' && output !== null && Symbol.iterator in output && 'next' in output;
}

function readLastId(connection: Connection): number {
  const row = connection
    .prepare("SELECT max(coalesce((SELECT max(id) FROM messages), ''), coalesce((SELECT max(id) FROM sessions), ''))")
    .get();
  const id = String(row?.[0] ?? '');
  return id === '' ? 0 : queueIdTime(id as QueueId);
}
