import { readParsedMessage } from '../../message/parsed.ts';
import type { EditScript } from '../../rules/cleanup/edit-script.ts';
import type { Envelope } from '../../rules/envelope.ts';
import type { Journey } from '../../rules/journey.ts';
import type { ReplayPage } from '../feed.ts';
import type { QueueId } from '../queue-id.ts';
import type { CommitNumber, MessageRecord, StoredMessage } from '../store.ts';
import { compareTags } from '../tags.ts';
import type { Connection, Statement } from './connection.ts';
import type { ReaderOperations } from './protocol.ts';
import { PENDING, DELIVERY_COLUMNS, MESSAGE_COLUMNS, readDelivery, readEditScript, readMessage } from './rows.ts';
import { KEPT_CHANGES, readChanges } from './write-context.ts';

/** Reads single messages, and what hangs on them. */
export class MessageReader {
  readonly #record: Statement;
  readonly #deliveries: Statement;
  readonly #raw: Statement;
  readonly #rawRange: Statement;
  readonly #queued: Statement;
  readonly #journey: Statement;
  readonly #unjudged: Statement;
  readonly #unparsed: Statement;
  readonly #aged: Statement;
  readonly #outdated: Statement;
  readonly #lastParsed: Statement;
  /** By version of the parser: up to this change no other version parsed a message. */
  readonly #upToDate = new Map<number, number>();
  readonly #tags: Statement;
  readonly #messagesBetween: Statement;
  readonly #changesBetween: Statement;
  readonly #message: Statement;
  readonly #head: Statement;
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#record = connection.prepare(
      `SELECT ${MESSAGE_COLUMNS}, c.envelope, p.result, m.settings FROM messages m
       JOIN contents c ON c.seq = m.seq LEFT JOIN parsed p ON p.seq = m.seq WHERE m.id = ?`,
    );
    this.#deliveries = connection.prepare(
      `SELECT ${DELIVERY_COLUMNS} FROM deliveries d JOIN messages m ON m.seq = d.seq WHERE d.seq = ? ORDER BY d.id`,
    );
    const content = 'FROM contents WHERE seq = (SELECT seq FROM messages WHERE id = ?)';
    this.#raw = connection.prepare(`SELECT raw ${content}`);
    this.#rawRange = connection.prepare(`SELECT substr(raw, ?, ?) ${content}`);
    this.#queued = connection.prepare(
      'SELECT v.queued FROM messages m LEFT JOIN verdicts v ON v.seq = m.seq WHERE m.id = ?',
    );
    this.#journey = connection.prepare(
      'SELECT v.journey FROM messages m JOIN verdicts v ON v.seq = m.seq WHERE m.id = ?',
    );
    this.#unjudged = connection.prepare('SELECT id FROM messages WHERE generation = 0 ORDER BY seq LIMIT ?');
    this.#aged = connection.prepare(
      `SELECT seq FROM messages WHERE received_ms < ?1 AND (?2 IS NULL OR inbox = ?2)
       AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.seq = messages.seq AND ${PENDING})
       ORDER BY seq LIMIT ?3`,
    );
    this.#unparsed = connection.prepare('SELECT id, seq FROM messages WHERE parsed_seq = 0 ORDER BY seq LIMIT ?');
    this.#outdated = connection.prepare(
      'SELECT id, seq FROM messages WHERE parsed_seq > ? AND parser <> ? ORDER BY +seq LIMIT ?',
    );
    this.#lastParsed = connection.prepare('SELECT coalesce(max(parsed_seq), 0) FROM messages');
    this.#tags = connection.prepare(
      `SELECT t.tag, count(*) FROM tags t JOIN messages m ON m.seq = t.seq
       WHERE m.parent IS NULL AND (?1 IS NULL OR m.inbox = ?1) GROUP BY t.tag`,
    );
    this.#messagesBetween = connection.prepare(
      `SELECT ${MESSAGE_COLUMNS} FROM messages m WHERE m.seq > ? AND m.seq <= ?`,
    );
    this.#changesBetween = connection.prepare('SELECT seq, inbox, event FROM changes WHERE seq > ? AND seq <= ?');
    this.#message = connection.prepare(`SELECT ${MESSAGE_COLUMNS} FROM messages m WHERE m.seq = ?`);
    this.#head = connection.prepare(
      'SELECT max(coalesce((SELECT max(seq) FROM messages), 0), coalesce((SELECT max(seq) FROM changes), 0))',
    );
  }

  get(id: QueueId): MessageRecord | undefined {
    const row = this.#record.get(id);
    if (row === undefined) return undefined;
    const message = readMessage(row);
    const [envelope, result, settings] = row.slice(-3);
    return {
      ...message,
      envelope: JSON.parse(envelope as string) as Envelope,
      deliveries: this.#deliveries.all(message.seq).map(readDelivery),
      ...(result !== null && message.parse.state === 'parsed' && { parsed: readParsedMessage(result as string) }),
      ...(settings !== null && { settingsHash: settings as string }),
    };
  }

  readRaw({ id, range }: ReaderOperations['readRaw']['in']): Uint8Array | undefined {
    if (range === undefined) return (this.#raw.get(id)?.[0] ?? undefined) as Uint8Array | undefined;
    const start = Math.max(0, range.start);
    const row = this.#rawRange.get(start + 1, Math.max(0, range.end - start), id);
    return row && (row[0] as Uint8Array);
  }

  readQueued(id: QueueId): EditScript | undefined {
    const row = this.#queued.get(id);
    return row && readEditScript(row[0] as string | null);
  }

  journey(id: QueueId): Journey | undefined {
    const row = this.#journey.get(id);
    return row && (JSON.parse(row[0] as string) as Journey);
  }

  unjudged(limit: number): readonly QueueId[] {
    return this.#unjudged.all(limit).map(([id]) => id as QueueId);
  }

  unparsed({ version, limit }: ReaderOperations['unparsed']['in']): readonly QueueId[] {
    // What an older version parsed is looked for among all messages once, then among those parsed since.
    const lastParsed = Number(this.#lastParsed.get()?.[0]);
    const outdated = this.#outdated.all(this.#upToDate.get(version) ?? 0, version, limit);
    if (outdated.length === 0) this.#upToDate.set(version, lastParsed);
    return [...this.#unparsed.all(limit), ...outdated]
      .sort((a, b) => Number(a[1]) - Number(b[1]))
      .slice(0, limit)
      .map(([id]) => id as QueueId);
  }

  aged({ olderThanMs, inbox, limit }: ReaderOperations['aged']['in']): readonly number[] {
    return this.#aged.all(olderThanMs, inbox ?? null, limit).map(([seq]) => Number(seq));
  }

  tags(inbox: string | undefined): readonly { readonly tag: string; readonly count: number }[] {
    return this.#tags
      .all(inbox ?? null)
      .map(([tag, count]) => ({ tag: tag as string, count: Number(count) }))
      .sort((a, b) => compareTags(a.tag, b.tag));
  }

  queued({ states, limit }: ReaderOperations['queued']['in']): readonly StoredMessage[] {
    const statement = this.#connection.prepare(
      `SELECT ${MESSAGE_COLUMNS} FROM messages m WHERE m.seq IN (
         SELECT seq FROM deliveries WHERE state <> 'none' AND state IN (${states.map(() => '?').join(', ')})
       ) ORDER BY m.seq LIMIT ?`,
    );
    return statement.all(...states, limit).map(readMessage);
  }

  /** A window of numbers, since they have no gaps: the changes in it are few enough by themselves. */
  replay({ since, limit }: ReaderOperations['replay']['in']): ReplayPage | undefined {
    const head = Number(this.#head.get()?.[0]);
    if (since < head - KEPT_CHANGES) return undefined;
    const through = Math.min(since + limit, head);
    const changes = readChanges({
      messages: this.#messagesBetween.all(since, through),
      changes: this.#changesBetween.all(since, through),
      find: (seq) => this.#message.get(seq),
    });
    return { changes, through: through as CommitNumber };
  }
}
