import { TEXT_FIELDS, toSearchDocument, type SearchDocument } from '../search-text.ts';
import type { MessageSummary } from '../../message/summary.ts';
import type { Envelope } from '../../rules/envelope.ts';
import { isBusy, type Connection, type SqlRow, type Statement } from './connection.ts';
import type { IndexProgress } from './protocol.ts';
import { inTransaction } from './transaction.ts';
import type { MessageMeta } from './rows.ts';

/** Raised when documents are made in another way: the index is made again. */
const INDEX_VERSION = 2;

/** How long a step may take. */
const STEP_MS = 5;
/** Texts are indexed in pieces, so that a long one doesn't take longer than a step. */
const PIECE_LENGTH = 8192;
/** Pieces overlap by this, so that what is cut in one is whole in the next. Search cuts its terms to it. */
export const PIECE_OVERLAP = 256;
/** A piece's row is the message's number and, in so many bits, the number of the piece. */
export const PIECE_BITS = 10;
const MAX_PIECES = 2 ** PIECE_BITS;
/** Texts end in it, so that their last two characters begin a trigram, too. */
const END = '\u0001\u0001';

/** The members of a search document, in the order of the index's columns. */
export const INDEXED_FIELDS = [...TEXT_FIELDS, 'messageId'] as const satisfies readonly (keyof SearchDocument)[];

const COLUMNS = INDEXED_FIELDS.map(columnOf);
const HEAD_FIELDS = INDEXED_FIELDS.filter((field) => field !== 'body' && field !== 'fileNames');

const SCHEMA = `
  -- How far it came: all changes up to \`through\`, and so many pieces of change \`begun\`.
  CREATE TABLE progress (through INTEGER NOT NULL, begun INTEGER NOT NULL, pieces INTEGER NOT NULL) STRICT;
  INSERT INTO progress VALUES (0, 0, 0);
  CREATE TABLE documents (seq INTEGER PRIMARY KEY, pieces INTEGER NOT NULL) STRICT;
  -- A single character is looked for here: no trigram begins with it alone.
  CREATE TABLE heads (seq INTEGER PRIMARY KEY, ${HEAD_FIELDS.map((field) => `${columnOf(field)} TEXT`).join(', ')}) STRICT;
  CREATE VIRTUAL TABLE texts USING fts5(
    ${COLUMNS.join(', ')}, content = '', contentless_delete = 1, tokenize = 'trigram case_sensitive 1'
  );
  CREATE VIRTUAL TABLE terms USING fts5vocab(texts, instance);
  PRAGMA user_version = ${INDEX_VERSION};
`;

/** The name of a document's member as a column. */
export function columnOf(field: keyof SearchDocument): string {
  return `${field.toLowerCase()}_`;
}

/** Opens an index file as it should be. @returns whether it was, or could be made so: else it must be made anew */
export function prepareIndexFile(connection: Connection): boolean {
  if (Number(connection.pragma('user_version')) === INDEX_VERSION) return true;
  if (Number(connection.prepare('SELECT count(*) FROM sqlite_schema').get()?.[0]) > 0) return false;
  connection.exec(`BEGIN IMMEDIATE; ${SCHEMA} COMMIT;`);
  return true;
}

/**
 * The search index: a file of its own, since all of it can be made again. So intake never waits for it, and it isn't
 * synced at each step. It takes in a message once the parser has seen it; until then a search looks at the message
 * itself. The connection has the store's file as `main`, and the index's attached as `idx`.
 */
export class SearchIndex {
  readonly #connection: Connection;
  readonly #progress: Statement;
  readonly #setProgress: Statement;
  readonly #next: Statement;
  readonly #gone: Statement;
  readonly #document: Statement;
  readonly #setDocument: Statement;
  readonly #dropDocument: Statement;
  readonly #setHead: Statement;
  readonly #dropHead: Statement;
  readonly #insert: Statement;
  readonly #drop: Statement;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#progress = connection.prepare('SELECT through, begun, pieces FROM idx.progress');
    this.#setProgress = connection.prepare('UPDATE idx.progress SET through = ?, begun = ?, pieces = ?');
    this.#next = connection.prepare(
      `SELECT m.seq, m.parsed_seq, ${DOCUMENT_COLUMNS} FROM messages m LEFT JOIN parsed p ON p.seq = m.seq
       WHERE m.parsed_seq > ? ORDER BY m.parsed_seq LIMIT 1`,
    );
    this.#gone = connection.prepare('SELECT seq FROM unindexed LIMIT 50');
    this.#document = connection.prepare('SELECT pieces FROM idx.documents WHERE seq = ?');
    this.#setDocument = connection.prepare('INSERT OR REPLACE INTO idx.documents (seq, pieces) VALUES (?, ?)');
    this.#dropDocument = connection.prepare('DELETE FROM idx.documents WHERE seq = ?');
    const heads = HEAD_FIELDS.map(columnOf);
    this.#setHead = connection.prepare(
      `INSERT OR REPLACE INTO idx.heads (seq, ${heads.join(', ')}) VALUES (?${', ?'.repeat(heads.length)})`,
    );
    this.#dropHead = connection.prepare('DELETE FROM idx.heads WHERE seq = ?');
    this.#insert = connection.prepare(
      `INSERT INTO idx.texts (rowid, ${COLUMNS.join(', ')}) VALUES (?${', ?'.repeat(COLUMNS.length)})`,
    );
    this.#drop = connection.prepare('DELETE FROM idx.texts WHERE rowid = ?');
  }

  /** Every change up to this number is in the index. */
  through(): number {
    return Number(this.#progress.get()?.[0]);
  }

  /** Indexes for some milliseconds, oldest changes first. */
  step(): IndexProgress {
    try {
      return this.#step();
    } catch (error) {
      // Another handle is at it.
      if (isBusy(error)) return { more: true, forgotten: [], isBusy: true };
      throw error;
    }
  }

  #step(): IndexProgress {
    const end = performance.now() + STEP_MS;
    const forgotten: number[] = [];
    let more = true;
    // The lock comes first: what is read of the store after it is as new as what is written.
    inTransaction(this.#connection, () => {
      // Not prepared: a statement that failed for a lock would stay unfinished, and forbid the next commit.
      this.#connection.exec('UPDATE idx.progress SET through = through');
      const gone = this.#gone.all();
      for (const [seq] of gone) {
        this.#remove(Number(seq));
        forgotten.push(Number(seq));
      }
      let through = this.through();
      // One at least, however late it is: else a busy machine would never come to an end.
      do {
        const row = this.#next.get(through);
        if (row === undefined) {
          more = gone.length > 0;
          return;
        }
        const change = Number(row[1]);
        const pieces = this.#indexMessage(row, end);
        if (pieces === undefined) through = change;
        this.#setProgress.run(through, change, pieces ?? 0);
      } while (performance.now() < end);
    });
    return { more, forgotten, isBusy: false };
  }

  /** @returns undefined when it is done, or how many pieces are */
  #indexMessage(row: SqlRow, end: number): number | undefined {
    const seq = Number(row[0]);
    const document = readDocument(row.slice(2));
    const pieces = cutDocument(document);
    const [, begun, written] = this.#progress.get() ?? [];
    const resumed = begun === row[1] ? Number(written) : 0;
    if (resumed === 0) {
      this.#remove(seq);
      this.#setHead.run(seq, ...HEAD_FIELDS.map((field) => document[field]));
    }
    for (const [number, piece] of pieces.entries()) {
      if (number < resumed) continue;
      this.#insert.run(seq * MAX_PIECES + number, ...piece);
      const isLast = number === pieces.length - 1;
      if (isLast || performance.now() >= end) {
        this.#setDocument.run(seq, number + 1);
        return isLast ? undefined : number + 1;
      }
    }
    return undefined;
  }

  #remove(seq: number): void {
    const pieces = Number(this.#document.get(seq)?.[0] ?? 0);
    if (pieces === 0) return;
    for (let number = 0; number < pieces; number += 1) this.#drop.run(seq * MAX_PIECES + number);
    this.#dropDocument.run(seq);
    this.#dropHead.run(seq);
  }
}

/**
 * The columns that {@link readDocument} reads; the tables must be called `m` and `p`. The envelope is beside the octets
 * and is read only if not all recipients are at hand.
 */
export const DOCUMENT_COLUMNS = `m.meta, m.summary, p.text,
  iif(m.meta ->> 'recipientCount' > json_array_length(m.meta, '$.recipients'),
    (SELECT envelope FROM contents WHERE seq = m.seq), NULL)`;

/** What search sees of a message. @param row {@link DOCUMENT_COLUMNS} */
export function readDocument(row: SqlRow): SearchDocument {
  const [meta, summary, text, envelope] = row;
  const { reversePath, recipients } = JSON.parse(meta as string) as MessageMeta;
  const found =
    text === null ? {} : (JSON.parse(text as string) as { readonly searchText: string; readonly fileNames: string[] });
  return toSearchDocument({
    ...found,
    summary: JSON.parse(summary as string) as MessageSummary,
    reversePath,
    recipients:
      envelope === null
        ? recipients
        : (JSON.parse(envelope as string) as Envelope).recipients.map(({ address }) => address),
  });
}

/** Cuts the texts of a document into rows of the index. What is longer than a thousand pieces isn't indexed. */
function cutDocument(document: SearchDocument): readonly (readonly string[])[] {
  const columns = INDEXED_FIELDS.map((field) => cutText(document[field]));
  const count = Math.min(MAX_PIECES, Math.max(1, ...columns.map(({ length }) => length)));
  return Array.from({ length: count }, (_, number) => columns.map((pieces) => pieces[number] ?? ''));
}

function cutText(text: string): readonly string[] {
  if (text === '') return [];
  const pieces: string[] = [];
  for (let start = 0; ; start += PIECE_LENGTH - PIECE_OVERLAP) {
    const end = start + PIECE_LENGTH;
    if (end >= text.length) return [...pieces, text.slice(start) + END];
    pieces.push(text.slice(start, end));
  }
}
