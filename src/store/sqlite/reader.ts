import { rmSync } from 'node:fs';
import type { AuditEntry } from '../delivery.ts';
import { indexFile, openConnection, storeFile, toStoreError, type Connection } from './connection.ts';
import type { Answer, ReaderOperations, Request } from './protocol.ts';
import { ListReader } from './read-lists.ts';
import { MessageReader } from './read-messages.ts';
import { SessionReader } from './read-sessions.ts';
import { prepareIndexFile, SearchIndex } from './search-index.ts';
import { toWireError } from './wire-error.ts';

type Handlers = {
  readonly [Name in keyof ReaderOperations]: (input: ReaderOperations[Name]['in']) => ReaderOperations[Name]['out'];
};

/**
 * The connection that reads, and keeps the search index. In a thread of its own: SQLite lets readers and the writer
 * work at the same time, so a long search holds up no mail, and a burst of mail holds up no list.
 */
export class Reader implements Disposable {
  readonly #connection: Connection;
  readonly #handlers: Handlers;

  /** Opens a database that the writer has made. */
  constructor(directory: string) {
    openIndexFile(directory);
    this.#connection = openConnection(storeFile(directory));
    this.#connection.exec(`ATTACH '${indexFile(directory).replaceAll("'", "''")}' AS idx`);
    // Nothing here waits for a lock but a step of indexing, and that can be done later.
    this.#connection.exec('PRAGMA busy_timeout = 10');
    // What a power cut takes from the index is indexed again.
    this.#connection.exec('PRAGMA idx.synchronous = NORMAL');
    this.#handlers = createHandlers(this.#connection);
  }

  answer({ number, operation, input }: Request): Answer {
    try {
      const handler = this.#handlers[operation as keyof Handlers] as (given: unknown) => unknown;
      return { number, output: handler(input) };
    } catch (error) {
      return { number, error: toWireError(toStoreError(error, this.#connection.path)) };
    }
  }

  [Symbol.dispose](): void {
    this.#connection.close();
  }
}

/** Makes the index file usable. One that is damaged, or of another version, is made anew: nothing is lost with it. */
function openIndexFile(directory: string): void {
  const path = indexFile(directory);
  let connection: Connection | undefined;
  try {
    connection = openConnection(path);
    if (prepareIndexFile(connection)) return;
  } catch {
    // Whatever is wrong with it: a new one is right.
  } finally {
    connection?.close();
  }
  for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
  connection = openConnection(path);
  prepareIndexFile(connection);
  connection.close();
}

function createHandlers(connection: Connection): Handlers {
  const index = new SearchIndex(connection);
  const lists = new ListReader(connection, index);
  const messages = new MessageReader(connection);
  const sessions = new SessionReader(connection);
  const audits = connection.prepare('SELECT entry FROM audits ORDER BY id DESC LIMIT ?');
  const deleted = connection.prepare("SELECT value FROM meta WHERE key = 'deleted'");
  return {
    list: (options) => lists.list(options),
    counts: (options) => lists.counts(options),
    find: (options) => lists.find(options),
    get: (id) => messages.get(id),
    readRaw: (request) => messages.readRaw(request),
    readQueued: (id) => messages.readQueued(id),
    journey: (id) => messages.journey(id),
    unjudged: (limit) => messages.unjudged(limit),
    tags: (inbox) => messages.tags(inbox),
    aged: (request) => messages.aged(request),
    unparsed: (request) => messages.unparsed(request),
    queued: (request) => messages.queued(request),
    replay: (request) => messages.replay(request),
    session: (id) => sessions.session(id),
    sessions: (options) => sessions.sessions(options),
    audits: (limit) => audits.all(limit).map(([entry]) => JSON.parse(entry as string) as AuditEntry),
    deleted: () => Number(deleted.get()?.[0] ?? 0),
    index: () => index.step(),
  };
}
