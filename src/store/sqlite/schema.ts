import { StoreCorruptError } from '../store.ts';
import type { Connection } from './connection.ts';

/**
 * How the database came to be as it is: each entry leads from the version that is its index to the next. Never change
 * one that was released; add one.
 *
 * Few rows and few indices are written for a message: every one costs a page in the commit that the client waits for.
 * Texts that a NUL may be in are JSON, since the driver ends a text at a NUL.
 */
const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE messages (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    inbox TEXT NOT NULL,
    parent TEXT,
    received_ms REAL NOT NULL,
    size INTEGER NOT NULL,
    read INTEGER NOT NULL DEFAULT 0,
    parser INTEGER NOT NULL DEFAULT 0,  -- version; 0: not parsed
    parsed_seq INTEGER NOT NULL DEFAULT 0, -- number of the change that says so
    attachments INTEGER NOT NULL DEFAULT 0,
    inlines INTEGER NOT NULL DEFAULT 0,
    generation INTEGER NOT NULL DEFAULT 0,
    settings TEXT,
    tags TEXT,                           -- JSON; NULL: none
    meta TEXT NOT NULL,                  -- JSON: what never changes
    summary TEXT NOT NULL,               -- JSON
    parse TEXT                           -- JSON; NULL: pending
  ) STRICT;
  CREATE INDEX messages_parsed ON messages (parsed_seq);
  CREATE INDEX messages_inbox ON messages (inbox) WHERE inbox <> '';

  -- The octets come last: SQLite reads the columns before them without the pages behind.
  CREATE TABLE contents (
    seq INTEGER PRIMARY KEY,
    envelope TEXT NOT NULL,
    queued TEXT,
    raw BLOB NOT NULL
  ) STRICT;

  CREATE TABLE parsed (
    seq INTEGER PRIMARY KEY,
    result TEXT NOT NULL,
    text TEXT NOT NULL                   -- JSON: { searchText, fileNames }
  ) STRICT;

  CREATE TABLE tags (
    tag TEXT NOT NULL,
    seq INTEGER NOT NULL,
    folded TEXT NOT NULL,
    PRIMARY KEY (tag, seq)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX tags_seq ON tags (seq);

  -- A new message is its own entry: the rows here are all the other changes.
  CREATE TABLE changes (
    seq INTEGER PRIMARY KEY,
    inbox TEXT,
    event TEXT NOT NULL
  ) STRICT;

  CREATE TABLE counters (
    inbox TEXT PRIMARY KEY,
    total INTEGER NOT NULL,
    unread INTEGER NOT NULL,
    children INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE deliveries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    seq INTEGER NOT NULL,
    generation INTEGER NOT NULL,
    state TEXT NOT NULL,
    due_ms REAL NOT NULL,
    leased_until_ms REAL NOT NULL DEFAULT 0,
    attempts INTEGER NOT NULL DEFAULT 0,
    data TEXT NOT NULL
  ) STRICT;
  CREATE INDEX deliveries_seq ON deliveries (seq);
  CREATE INDEX deliveries_due ON deliveries (due_ms) WHERE state IN ('active', 'deferred');
  CREATE INDEX deliveries_pending ON deliveries (seq) WHERE state <> 'none';

  CREATE TABLE audits (id INTEGER PRIMARY KEY AUTOINCREMENT, entry TEXT NOT NULL) STRICT;

  CREATE TABLE sessions (
    id TEXT PRIMARY KEY,
    inbox TEXT NOT NULL,
    last_seq INTEGER NOT NULL,           -- the last message that came in it; 0: none
    ended INTEGER NOT NULL,
    last_update INTEGER NOT NULL,        -- number of the last row of session_updates that is its own; 0: none
    start TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX sessions_mail ON sessions (last_seq, id);
  -- All sessions write at the end of one table, each row names the one before it in its session: were they kept apart,
  -- each session that goes on would write pages of its own.
  CREATE TABLE session_updates (
    number INTEGER PRIMARY KEY,
    previous INTEGER NOT NULL,           -- 0: none
    entry TEXT NOT NULL                  -- JSON
  ) STRICT;

  -- Messages that are gone, but may be in the search index still.
  CREATE TABLE unindexed (seq INTEGER PRIMARY KEY) STRICT;

  CREATE TABLE meta (key TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  `,
  `
  ALTER TABLE messages ADD COLUMN verdict TEXT; -- JSON: the summary; NULL: none yet
  CREATE INDEX messages_unjudged ON messages (seq) WHERE generation = 0;

  -- Of the last verdict. What contents has a column for is here, or each verdict would write the octets again.
  CREATE TABLE verdicts (
    seq INTEGER PRIMARY KEY,
    queued TEXT,                         -- JSON: the edit script; NULL: empty
    journey TEXT NOT NULL                -- JSON
  ) STRICT;
  `,
];

/**
 * Brings the database to the version that this program knows.
 * @throws {StoreCorruptError} when a newer program wrote it
 */
export function migrate(connection: Connection): void {
  const known = MIGRATIONS.length;
  if (versionOf(connection) === known) return;
  connection.exec('BEGIN IMMEDIATE');
  try {
    // Another process may have done it meanwhile.
    const version = versionOf(connection);
    if (version > known) {
      throw new StoreCorruptError(
        `${connection.path} was written by a newer version of postfixture (schema ${version}, this one knows ${known}): ` +
          'update postfixture, or use another directory (--data)',
      );
    }
    for (const step of MIGRATIONS.slice(version)) connection.exec(step);
    connection.exec(`PRAGMA user_version = ${known}`);
    connection.exec('COMMIT');
  } catch (error) {
    if (connection.inTransaction) connection.exec('ROLLBACK');
    throw error;
  }
}

/** Whether the database is of the version that this program knows, for those who may not change it. */
export function isReadable(connection: Connection): boolean {
  return versionOf(connection) === MIGRATIONS.length;
}

function versionOf(connection: Connection): number {
  return Number(connection.pragma('user_version'));
}
