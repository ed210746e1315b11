import { EMPTY_DIALOGUE, growDialogue, limitDialogue, type DialogueSize } from '../dialogue.ts';
import type { KeptUpdate } from '../session-fold.ts';
import type { SessionId } from '../session.ts';
import type { Connection, Statement } from './connection.ts';
import type { UpdateRequest } from './protocol.ts';
import { IS_OF_SESSION } from './read-sessions.ts';

/** How many sessions without mail are kept. */
const KEPT_WITHOUT_MAIL = 1000;
/** How many sessions go with one chunk of deleted messages. */
const DROPPED_AT_ONCE = 500;

/** What the writer remembers of a session that goes on, so as not to read it again for each line. */
interface OpenSession {
  /** Number of its last update; 0: none. */
  lastUpdate: number;
  size: DialogueSize;
  lastSeq: number;
}

/** Writes sessions down: one row for the session, one for each update. */
export class SessionWriter {
  readonly #open = new Map<SessionId, OpenSession>();
  readonly #find: Statement;
  readonly #findUpdates: Statement;
  readonly #create: Statement;
  readonly #append: Statement;
  readonly #setLastUpdate: Statement;
  readonly #setInbox: Statement;
  readonly #setLastSeq: Statement;
  readonly #end: Statement;
  readonly #boundWithoutMail: Statement;
  readonly #withoutMailThrough: Statement;
  readonly #over: Statement;
  readonly #drop: Statement;
  readonly #dropUpdates: Statement;
  /** Sessions whose row doesn't say yet which update is the last. It is written once a transaction. */
  readonly #unlinked = new Map<SessionId, number>();
  #created = false;

  constructor(connection: Connection) {
    this.#find = connection.prepare('SELECT last_seq, last_update FROM sessions WHERE id = ?');
    this.#findUpdates = connection.prepare(`SELECT entry FROM session_updates WHERE ${IS_OF_SESSION} ORDER BY number`);
    this.#create = connection.prepare(
      'INSERT INTO sessions (id, inbox, last_seq, ended, last_update, start) VALUES (?, ?, 0, 0, 0, ?)',
    );
    this.#append = connection.prepare('INSERT INTO session_updates (previous, entry) VALUES (?, ?)');
    this.#setLastUpdate = connection.prepare('UPDATE sessions SET last_update = ? WHERE id = ?');
    this.#setInbox = connection.prepare('UPDATE sessions SET inbox = ? WHERE id = ?');
    this.#setLastSeq = connection.prepare('UPDATE sessions SET last_seq = ?, last_update = ?, inbox = ? WHERE id = ?');
    this.#end = connection.prepare('UPDATE sessions SET ended = 1, last_seq = ?, last_update = ? WHERE id = ?');
    this.#boundWithoutMail = connection.prepare(
      `SELECT id FROM sessions WHERE last_seq = 0 ORDER BY id DESC LIMIT 1 OFFSET ${KEPT_WITHOUT_MAIL}`,
    );
    this.#withoutMailThrough = connection.prepare('SELECT id FROM sessions WHERE last_seq = 0 AND id <= ?');
    this.#over = connection.prepare(
      `SELECT id FROM sessions WHERE last_seq > 0 AND last_seq < coalesce((SELECT min(seq) FROM messages), 9e15)
       AND ended = 1 LIMIT ${DROPPED_AT_ONCE}`,
    );
    this.#drop = connection.prepare('DELETE FROM sessions WHERE id = ?');
    this.#dropUpdates = connection.prepare(`DELETE FROM session_updates WHERE ${IS_OF_SESSION}`);
  }

  update({ id, start, inbox, entry, dialogueBytes, isEnd }: UpdateRequest): void {
    const session = this.#get(id, start);
    if (session === undefined) return;
    const size = growDialogue(session.size, dialogueBytes);
    const kept = size ? entry : entry && cutEntry(session, entry);
    if (size) session.size = size;
    if (kept !== undefined) {
      session.lastUpdate = this.#append.insert(session.lastUpdate, kept);
      this.#unlinked.set(id, session.lastUpdate);
    }
    if (inbox !== undefined) this.#setInbox.run(inbox, id);
    if (isEnd) {
      this.#end.run(session.lastSeq, session.lastUpdate, id);
      this.#unlinked.delete(id);
      this.#open.delete(id);
    }
  }

  /** Notes that message `seq` came in session `id`. */
  addMail(id: SessionId, seq: number, inbox: string): void {
    const session = this.#get(id, undefined);
    if (session === undefined) return;
    // Only the first is written at once: a session that goes on isn't dropped, and its end writes the last.
    if (session.lastSeq === 0 || !this.#open.has(id)) {
      this.#setLastSeq.run(seq, session.lastUpdate, inbox, id);
      this.#unlinked.delete(id);
    }
    session.lastSeq = seq;
  }

  /** Links what was written, and drops the oldest sessions without mail if there are new ones: to be done at the end. */
  flush(): void {
    for (const id of this.#unlinked.keys()) this.#link(id);
    this.#trim();
  }

  /** Drops some of the sessions that are over and whose last message is older than the oldest that is left. */
  dropOver(): void {
    for (const [id] of this.#over.all()) this.#remove(id as SessionId);
  }

  /** The transaction was undone: what is remembered may be wrong. */
  revert(): void {
    this.#open.clear();
    this.#unlinked.clear();
  }

  #trim(): void {
    if (!this.#created) return;
    this.#created = false;
    const bound = this.#boundWithoutMail.get()?.[0];
    if (bound === undefined) return;
    for (const [id] of this.#withoutMailThrough.all(bound)) this.#remove(id as SessionId);
  }

  #link(id: SessionId): void {
    const lastUpdate = this.#unlinked.get(id);
    if (lastUpdate === undefined) return;
    this.#setLastUpdate.run(lastUpdate, id);
    this.#unlinked.delete(id);
  }

  #remove(id: SessionId): void {
    this.#link(id);
    this.#dropUpdates.run(id);
    this.#drop.run(id);
    this.#open.delete(id);
  }

  #get(id: SessionId, start: string | undefined): OpenSession | undefined {
    const known = this.#open.get(id) ?? this.#load(id);
    if (known !== undefined || start === undefined) return known;
    this.#create.run(id, '', start);
    this.#created = true;
    const session: OpenSession = { lastUpdate: 0, size: EMPTY_DIALOGUE, lastSeq: 0 };
    this.#open.set(id, session);
    return session;
  }

  #load(id: SessionId): OpenSession | undefined {
    this.#link(id);
    const row = this.#find.get(id);
    if (row === undefined) return undefined;
    const [lastSeq, lastUpdate] = row.map(Number) as [number, number];
    const updates = this.#findUpdates.all(id).map(([entry]) => JSON.parse(entry as string) as KeptUpdate);
    const { size } = limitDialogue(
      { ...EMPTY_DIALOGUE, truncated: updates.some(({ truncated }) => truncated) },
      updates.flatMap(({ lines }) => lines ?? []),
    );
    const session: OpenSession = { lastUpdate, size, lastSeq };
    if (!updates.some(({ endedAtMs }) => endedAtMs !== undefined)) this.#open.set(id, session);
    return session;
  }
}

/** Cuts the dialogue in what is to be kept of an update. @returns undefined if nothing is left of it */
function cutEntry(session: OpenSession, entry: string): string | undefined {
  const { lines = [], ...rest } = JSON.parse(entry) as KeptUpdate;
  const limited = limitDialogue(session.size, lines);
  session.size = limited.size;
  const { truncated } = limited.size;
  if (limited.lines.length === 0 && Object.keys(rest).length === 1) return undefined;
  return JSON.stringify({ ...rest, lines: limited.lines, truncated } satisfies KeptUpdate);
}
