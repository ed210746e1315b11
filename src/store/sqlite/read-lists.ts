import { matchesQuery } from '../match.ts';
import type { Query } from '../query.ts';
import type { Counts, StoredMessage } from '../store.ts';
import type { Connection, SqlValue, Statement } from './connection.ts';
import type { ReaderOperations } from './protocol.ts';
import { MESSAGE_COLUMNS, readMessage } from './rows.ts';
import { DOCUMENT_COLUMNS, readDocument, type SearchIndex } from './search-index.ts';
import { toCondition } from './search-sql.ts';
import { inTransaction } from './transaction.ts';

/** A condition with its values. */
interface Where {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

/** What is searched: indexed messages by the database, the others one by one. */
interface Search {
  readonly indexed: Where;
  /** Those that are found and aren't in the index (yet), newest first. */
  readonly others: readonly StoredMessage[];
}

type Scope = Omit<ReaderOperations['list']['in'], 'limit' | 'offset'>;

/** Messages that the index doesn't know as they are now. */
const NOT_INDEXED = `m.seq IN (
  SELECT seq FROM messages WHERE parsed_seq = 0 UNION ALL SELECT seq FROM messages WHERE parsed_seq > ?
)`;

/** Lists, counts and finds messages. */
export class ListReader {
  readonly #connection: Connection;
  readonly #index: SearchIndex;
  readonly #counts: Statement;

  constructor(connection: Connection, index: SearchIndex) {
    this.#connection = connection;
    this.#index = index;
    this.#counts = connection.prepare(
      'SELECT coalesce(sum(total), 0), coalesce(sum(unread), 0) FROM counters WHERE ?1 IS NULL OR inbox = ?1',
    );
  }

  list(options: ReaderOperations['list']['in']): readonly StoredMessage[] {
    const { limit = -1, offset = 0 } = options;
    return inTransaction(this.#connection, () => {
      const { indexed, others } = this.#search(options);
      if (others.length === 0) return this.#page(indexed, limit, offset);
      const found = this.#page(indexed, limit < 0 ? -1 : limit + offset, 0);
      const merged = [...found, ...others].sort((a, b) => b.seq - a.seq);
      return merged.slice(offset, limit < 0 ? undefined : offset + limit);
    });
  }

  counts(options: ReaderOperations['counts']['in']): Counts {
    if (options.query === undefined) {
      const [total, unread] = this.#counts.get(options.inbox ?? null) ?? [];
      return { total: Number(total), unread: Number(unread) };
    }
    return inTransaction(this.#connection, () => {
      const { indexed, others } = this.#search(options);
      const row = this.#connection
        .prepare(`SELECT count(*), coalesce(sum(m.read = 0), 0) FROM messages m WHERE ${indexed.sql}`)
        .get(...indexed.values);
      const [total = 0, unread = 0] = (row ?? []).map(Number);
      return { total: total + others.length, unread: unread + others.filter(({ read }) => !read).length };
    });
  }

  find(options: ReaderOperations['find']['in']): readonly number[] {
    return inTransaction(this.#connection, () => {
      const { indexed, others } = this.#search(options);
      const rows = this.#connection.prepare(`SELECT m.seq FROM messages m WHERE ${indexed.sql}`).all(...indexed.values);
      return [...rows.map(([seq]) => Number(seq)), ...others.map(({ seq }) => seq)].sort((a, b) => a - b);
    });
  }

  #page(where: Where, limit: number, offset: number): readonly StoredMessage[] {
    // The rows of the page are read last: what is skipped needs its number only.
    const statement = this.#connection.prepare(
      `SELECT ${MESSAGE_COLUMNS} FROM messages m WHERE ${where.sql} ORDER BY m.seq DESC LIMIT ? OFFSET ?`,
    );
    return statement.all(...where.values, limit, offset).map(readMessage);
  }

  #search(scope: Scope): Search {
    const bounds = toBounds(scope);
    const { query } = scope;
    if (query === undefined) return { indexed: bounds, others: [] };
    const condition = toCondition(query);
    const found = both(bounds, condition);
    if (!condition.usesIndex) return { indexed: found, others: [] };
    const through = this.#index.through();
    return {
      indexed: both(found, { sql: 'm.parsed_seq BETWEEN 1 AND ?', values: [through] }),
      others: this.#matchOthers(both(bounds, { sql: NOT_INDEXED, values: [through] }), query),
    };
  }

  #matchOthers(where: Where, query: Query): readonly StoredMessage[] {
    const rows = this.#connection
      .prepare(
        `SELECT ${MESSAGE_COLUMNS}, ${DOCUMENT_COLUMNS} FROM messages m LEFT JOIN parsed p ON p.seq = m.seq
         WHERE ${where.sql} ORDER BY m.seq DESC`,
      )
      .all(...where.values);
    return rows.flatMap((row) => {
      const message = readMessage(row);
      return matchesQuery(query, message, readDocument(row.slice(-4))) ? [message] : [];
    });
  }
}

function toBounds(scope: Scope): Where {
  const parts: Where[] = [];
  const add = (sql: string, ...values: readonly SqlValue[]): unknown => parts.push({ sql, values });
  if (scope.children !== true) add('m.parent IS NULL');
  // The index of inboxes leaves out the one without a name.
  if (scope.inbox !== undefined)
    add(scope.inbox === '' ? "m.inbox = ''" : "m.inbox = ? AND m.inbox <> ''", ...name(scope.inbox));
  if (scope.before !== undefined) add('m.seq < ?', scope.before);
  if (scope.receivedBeforeMs !== undefined) add('m.received_ms < ?', scope.receivedBeforeMs);
  return parts.reduce(both, { sql: '1', values: [] });
}

function name(inbox: string): readonly string[] {
  return inbox === '' ? [] : [inbox];
}

function both(a: Where, b: Where): Where {
  return { sql: `${a.sql} AND (${b.sql})`, values: [...a.values, ...b.values] };
}
