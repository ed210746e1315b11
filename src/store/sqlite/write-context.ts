import type { Change } from '../changes.ts';
import type { CommitNumber } from '../store.ts';
import type { Connection, SqlRow, Statement } from './connection.ts';
import { MESSAGE_COLUMNS, readChange, readMessage, type ChangeRecord } from './rows.ts';

/** By how much an inbox's numbers change. */
export interface CountDelta {
  readonly total?: number;
  readonly unread?: number;
  readonly children?: number;
}

/** How many changes can be read back. */
export const KEPT_CHANGES = 100_000;

/**
 * What the operations of one transaction share: the numbers that they give, the changes that they record, the counters
 * that they move. Nothing of it counts before {@link WriteContext.settle}.
 */
export class WriteContext {
  readonly connection: Connection;
  #head: CommitNumber;
  #dataVersion: number;
  /** The head of the last transaction that was committed, by whomever. */
  #committed: CommitNumber;
  #changes: Change[] = [];
  readonly #counts = new Map<string, Required<CountDelta>>();
  readonly #dataVersionOf: Statement;
  readonly #headOf: Statement;
  readonly #addChange: Statement;
  readonly #addCount: Statement;
  readonly #dropCounts: Statement;
  readonly #addMeta: Statement;
  readonly #dropChanges: Statement;

  constructor(connection: Connection) {
    this.connection = connection;
    this.#dataVersionOf = connection.prepare('PRAGMA data_version');
    this.#headOf = connection.prepare(
      'SELECT max(coalesce((SELECT max(seq) FROM messages), 0), coalesce((SELECT max(seq) FROM changes), 0))',
    );
    this.#addChange = connection.prepare('INSERT INTO changes (seq, inbox, event) VALUES (?, ?, ?)');
    this.#addCount = connection.prepare(
      `INSERT INTO counters (inbox, total, unread, children) VALUES (?1, ?2, ?3, ?4)
       ON CONFLICT (inbox) DO UPDATE SET total = total + ?2, unread = unread + ?3, children = children + ?4`,
    );
    this.#dropCounts = connection.prepare('DELETE FROM counters WHERE inbox = ? AND total = 0 AND children = 0');
    this.#addMeta = connection.prepare(
      'INSERT INTO meta (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = value + ?2',
    );
    this.#dropChanges = connection.prepare('DELETE FROM changes WHERE seq <= ?');
    this.#dataVersion = this.#readDataVersion();
    this.#head = this.#readHead();
    this.#committed = this.#head;
  }

  /** The number of the last change so far. */
  get head(): CommitNumber {
    return this.#head;
  }

  /** The number for a message or change that is being written. */
  nextSeq(): CommitNumber {
    this.#head = (this.#head + 1) as CommitNumber;
    return this.#head;
  }

  /** Writes a change, and tells of it once it is committed. */
  record(event: ChangeRecord, inbox: string | undefined, toChange: (seq: CommitNumber) => Change): void {
    const seq = this.nextSeq();
    this.#addChange.run(seq, inbox ?? null, JSON.stringify(event));
    this.#changes.push(toChange(seq));
    if (seq % 1000 === 0) this.#dropChanges.run(seq - KEPT_CHANGES);
  }

  count(inbox: string, delta: CountDelta): void {
    const before = this.#counts.get(inbox) ?? { total: 0, unread: 0, children: 0 };
    this.#counts.set(inbox, {
      total: before.total + (delta.total ?? 0),
      unread: before.unread + (delta.unread ?? 0),
      children: before.children + (delta.children ?? 0),
    });
  }

  addMeta(key: string, value: number): void {
    this.#addMeta.run(key, value);
  }

  /** Another connection has committed since. */
  isBehind(): boolean {
    return this.#readDataVersion() !== this.#dataVersion;
  }

  /** Takes in what other connections have committed since the last transaction. To be called inside of one. */
  catchUp(): void {
    const version = this.#readDataVersion();
    if (version === this.#dataVersion) return;
    this.#dataVersion = version;
    const head = this.#readHead();
    if (head > this.#head) this.#changes.push(...this.#readForeign(this.#head, head));
    this.#head = head;
    this.#committed = head;
  }

  /** Writes the counters: the last thing before the commit. */
  flush(): void {
    for (const [inbox, { total, unread, children }] of this.#counts) {
      if (total === 0 && unread === 0 && children === 0) continue;
      this.#addCount.run(inbox, total, unread, children);
      if (total < 0 || children < 0) this.#dropCounts.run(inbox);
    }
    this.#counts.clear();
  }

  /** The transaction is committed. @returns the changes that it made, or found */
  settle(): readonly Change[] {
    this.#committed = this.#head;
    const changes = this.#changes;
    this.#changes = [];
    return changes;
  }

  /** The transaction is undone. What others committed before it stays. */
  revert(): void {
    this.#head = this.#committed;
    this.#changes = this.#changes.filter(({ seq }) => seq <= this.#committed);
    this.#counts.clear();
  }

  #readForeign(since: number, through: number): readonly Change[] {
    const messages = this.connection.prepare(
      `SELECT ${MESSAGE_COLUMNS} FROM messages m WHERE m.seq > ? AND m.seq <= ?`,
    );
    const message = this.connection.prepare(`SELECT ${MESSAGE_COLUMNS} FROM messages m WHERE m.seq = ?`);
    const changes = this.connection.prepare('SELECT seq, inbox, event FROM changes WHERE seq > ? AND seq <= ?');
    return readChanges({
      messages: messages.all(since, through),
      changes: changes.all(since, through),
      find: (seq) => message.get(seq),
    });
  }

  #readDataVersion(): number {
    return Number(this.#dataVersionOf.get()?.[0]);
  }

  #readHead(): CommitNumber {
    return Number(this.#headOf.get()?.[0]) as CommitNumber;
  }
}

/** The changes of a range of numbers in order: new messages, and all the others. */
export function readChanges(rows: {
  readonly messages: readonly SqlRow[];
  readonly changes: readonly SqlRow[];
  readonly find: (seq: number) => SqlRow | undefined;
}): readonly Change[] {
  const created = rows.messages.map((row): Change => {
    const message = readMessage(row);
    return { type: 'new', message, seq: message.seq, inbox: message.inbox };
  });
  const others = rows.changes.flatMap((row) => {
    const change = readChange(row, (seq) => {
      const found = rows.find(seq);
      return found && readMessage(found);
    });
    return change ?? [];
  });
  return [...created, ...others].sort((a, b) => a.seq - b.seq);
}
