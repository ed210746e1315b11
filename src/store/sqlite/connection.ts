import Database from 'libsql';
import { chmodSync, closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { StoreCorruptError, StoreFullError } from '../store.ts';

/** A value of a column, as it comes and goes. */
export type SqlValue = string | number | Uint8Array | null;
/** A row, its columns in the order of the statement. */
export type SqlRow = readonly SqlValue[];

/** A prepared statement. */
export interface Statement {
  run(...values: readonly SqlValue[]): void;
  /** Inserts a row. @returns the number that it was given */
  insert(...values: readonly SqlValue[]): number;
  get(...values: readonly SqlValue[]): SqlRow | undefined;
  all(...values: readonly SqlValue[]): readonly SqlRow[];
}

/** A connection to the database. Blocks its thread: only the store's workers, and tests, open one. */
export interface Connection {
  readonly path: string;
  prepare(sql: string): Statement;
  exec(sql: string): void;
  /** The value of a pragma. */
  pragma(name: string): SqlValue;
  /** A transaction is open. */
  readonly inTransaction: boolean;
  close(): void;
}

/** How long a statement waits for another process's lock before it fails with SQLITE_BUSY, and is tried again. */
const BUSY_TIMEOUT_MS = 200;

/** Names the file of the database in a data directory. */
export function storeFile(directory: string): string {
  return join(directory, 'store.db');
}

/** Names the file of the search index in a data directory. All that is in it can be made again. */
export function indexFile(directory: string): string {
  return join(directory, 'index.db');
}

/** Makes the data directory and its files for their owner's eyes only. SQLite gives its other files the same mode. */
export function createPrivateFiles(directory: string): void {
  if (!existsSync(directory)) {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    chmodSync(directory, 0o700);
  }
  for (const file of [storeFile(directory), indexFile(directory)]) closeSync(openSync(file, 'a', 0o600));
}

/** Opens a file of the store: write-ahead log, every commit on disk before it is answered. */
export function openConnection(path: string): Connection {
  const database = new Database(path);
  database.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
  // A commit of one message writes some ten pages: small ones, or most of what is synced is padding.
  database.exec('PRAGMA page_size = 4096');
  database.exec('PRAGMA journal_mode = WAL');
  database.exec('PRAGMA synchronous = FULL');
  database.exec('PRAGMA cache_size = -16000');
  const prepare = (sql: string): Statement => {
    const statement = database.prepare(sql);
    if (statement.reader) statement.raw();
    return {
      run: (...values) => void statement.run(values),
      insert: (...values) => Number(statement.run(values).lastInsertRowid),
      get: (...values) => statement.get(values) as SqlRow | undefined,
      all: (...values) => statement.all(values) as readonly SqlRow[],
    };
  };
  return {
    path,
    prepare,
    exec: (sql) => void database.exec(sql),
    pragma: (name) => (database.prepare(`PRAGMA ${name}`).raw().get([]) as SqlRow | undefined)?.[0] ?? null,
    get inTransaction() {
      return database.inTransaction;
    },
    close: () => void database.close(),
  };
}

/** What SQLite says when another connection holds the lock. */
export function isBusy(error: unknown): boolean {
  return codeOf(error).startsWith('SQLITE_BUSY');
}

/** What SQLite says when a value is there already that may be there once. */
export function isDuplicate(error: unknown): boolean {
  return codeOf(error).startsWith('SQLITE_CONSTRAINT');
}

/** Turns what SQLite says into the errors of the store's contract; other errors stay as they are. */
export function toStoreError(error: unknown, path: string): unknown {
  const code = codeOf(error);
  if (code === 'SQLITE_FULL') {
    return new StoreFullError(`${path}: no room is left: free some, or delete messages`, { cause: error });
  }
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') {
    return new StoreCorruptError(
      `${path} is damaged and can't be read: move it away (with its -wal and -shm), or use another directory (--data)`,
      { cause: error },
    );
  }
  return error;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
