import { applyUpdate, beginSession, type KeptUpdate } from '../session-fold.ts';
import type { SessionId, SessionStart, StoredSession } from '../session.ts';
import type { Connection, SqlRow, Statement } from './connection.ts';
import type { ReaderOperations } from './protocol.ts';

/** Whether a row of `session_updates` is of the session whose ID is the statement's next value. */
export const IS_OF_SESSION = `number IN (
  WITH RECURSIVE own (number) AS (
    SELECT last_update FROM sessions WHERE id = ?
    UNION ALL SELECT u.previous FROM own JOIN session_updates u ON u.number = own.number
  ) SELECT number FROM own)`;

/** Reads sessions: each is put together from its updates. */
export class SessionReader {
  readonly #find: Statement;
  readonly #list: Statement;
  readonly #updates: Statement;

  constructor(connection: Connection) {
    this.#find = connection.prepare('SELECT id, inbox, start FROM sessions WHERE id = ?');
    this.#list = connection.prepare(
      `SELECT id, inbox, start FROM sessions
       WHERE (?1 IS NULL OR inbox = ?1) AND (?2 = 0 OR last_seq = 0) ORDER BY id DESC LIMIT ?3`,
    );
    this.#updates = connection.prepare(`SELECT entry FROM session_updates WHERE ${IS_OF_SESSION} ORDER BY number`);
  }

  session(id: SessionId): StoredSession | undefined {
    const row = this.#find.get(id);
    return row && this.#read(row);
  }

  sessions(options: ReaderOperations['sessions']['in']): readonly StoredSession[] {
    const rows = this.#list.all(options.inbox ?? null, options.withoutMail === true ? 1 : 0, options.limit);
    return rows.map((row) => this.#read(row));
  }

  #read([id, inbox, start]: SqlRow): StoredSession {
    const updates = this.#updates.all(id as string).map(([entry]) => JSON.parse(entry as string) as KeptUpdate);
    const begun = beginSession(id as SessionId, JSON.parse(start as string) as SessionStart, inbox as string);
    const session = updates.reduce(applyUpdate, begun);
    return { ...session, truncated: updates.some(({ truncated }) => truncated) };
  }
}
