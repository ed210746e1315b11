import type { QueueId } from '../queue-id.ts';
import type { ChangeEvent } from '../changes.ts';
import { foldText } from '../search-text.ts';
import { LISTED_CHANGES } from '../selection.ts';
import { normaliseTags, replaceTag, sameTags } from '../tags.ts';
import type { Statement } from './connection.ts';
import type { Target, WriterOperations } from './protocol.ts';
import { PENDING } from './rows.ts';
import type { WriteContext } from './write-context.ts';
import { prepareAddTag } from './write-messages.ts';
import type { SessionWriter } from './write-sessions.ts';

/** How many messages are changed in one transaction. Some milliseconds: so long an incoming message waits at most. */
const CHUNK = 200;

/** A change of many messages: each step is a transaction of its own, and mail is kept in between. */
export type Steps = Generator<undefined, number>;

interface Row {
  readonly seq: number;
  readonly id: QueueId;
  readonly inbox: string;
  readonly isChild: boolean;
  readonly read: boolean;
  readonly tags: readonly string[];
}

/** What has been changed so far, for the one entry in the feed. */
class Tally {
  total = 0;
  readonly ids: QueueId[] = [];
  readonly #inboxes = new Set<string>();

  add({ id, inbox }: Row): void {
    this.total += 1;
    if (this.total <= LISTED_CHANGES) this.ids.push(id);
    if (this.#inboxes.size < 2) this.#inboxes.add(inbox);
  }

  get isListed(): boolean {
    return this.total <= LISTED_CHANGES;
  }

  get inbox(): string | undefined {
    return this.#inboxes.size === 1 ? [...this.#inboxes][0] : undefined;
  }
}

/** Changes and deletes any number of messages. */
export class BulkWriter {
  readonly #context: WriteContext;
  readonly #sessions: SessionWriter;
  readonly #find: Statement;
  readonly #seqOf: Statement;
  readonly #allSeqs: Statement;
  readonly #inboxSeqs: Statement;
  readonly #isAnyLeft: Statement;
  readonly #tagSeqs: Statement;
  readonly #oldest: Statement;
  readonly #isPending: Statement;
  readonly #countOf: Statement;
  readonly #setRead: Statement;
  readonly #setTags: Statement;
  readonly #addTag: Statement;
  readonly #dropTags: Statement;
  readonly #drop: readonly Statement[];
  readonly #markGone: Statement;

  constructor(context: WriteContext, sessions: SessionWriter) {
    const { connection } = context;
    this.#context = context;
    this.#sessions = sessions;
    this.#find = connection.prepare('SELECT seq, id, inbox, parent, read, tags FROM messages WHERE seq = ?');
    this.#seqOf = connection.prepare('SELECT seq FROM messages WHERE id = ?');
    this.#allSeqs = connection.prepare('SELECT seq FROM messages ORDER BY seq');
    this.#inboxSeqs = connection.prepare('SELECT seq FROM messages WHERE inbox = ? ORDER BY seq');
    this.#isAnyLeft = connection.prepare('SELECT 1 FROM messages WHERE ?1 IS NULL OR inbox = ?1 LIMIT 1');
    this.#tagSeqs = connection.prepare('SELECT seq FROM tags WHERE tag = ?');
    this.#oldest = connection.prepare(
      `SELECT seq FROM messages WHERE (?1 IS NULL OR inbox = ?1)
       AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.seq = messages.seq AND ${PENDING})
       ORDER BY seq LIMIT ?2`,
    );
    this.#isPending = connection.prepare(`SELECT 1 FROM deliveries d WHERE d.seq = ? AND ${PENDING} LIMIT 1`);
    this.#countOf = connection.prepare(
      'SELECT coalesce(sum(total + children), 0) FROM counters WHERE ?1 IS NULL OR inbox = ?1',
    );
    this.#setRead = connection.prepare('UPDATE messages SET read = ? WHERE seq = ?');
    this.#setTags = connection.prepare('UPDATE messages SET tags = ? WHERE seq = ?');
    this.#addTag = prepareAddTag(connection);
    this.#dropTags = connection.prepare('DELETE FROM tags WHERE seq = ?');
    this.#drop = ['messages', 'contents', 'parsed', 'verdicts', 'deliveries'].map((table) =>
      connection.prepare(`DELETE FROM ${table} WHERE seq = ?`),
    );
    this.#markGone = connection.prepare('INSERT OR IGNORE INTO unindexed (seq) VALUES (?)');
  }

  *setRead({ target, read }: WriterOperations['setRead']['in']): Steps {
    const tally = new Tally();
    for (const chunk of this.#chunks(this.#seqs(target))) {
      for (const row of chunk()) {
        if (row.read === read) continue;
        this.#setRead.run(read ? 1 : 0, row.seq);
        if (!row.isChild) this.#context.count(row.inbox, { unread: read ? -1 : 1 });
        tally.add(row);
      }
      if (chunk.isLast) break;
      yield;
    }
    this.#recordUpdate(tally, { read });
    return tally.total;
  }

  *setTags({ target, tags }: WriterOperations['setTags']['in']): Steps {
    const wanted = normaliseTags(tags);
    const tally = new Tally();
    for (const chunk of this.#chunks(this.#seqs(target))) {
      for (const row of chunk()) {
        if (sameTags(row.tags, wanted)) continue;
        this.#writeTags(row.seq, wanted);
        tally.add(row);
      }
      if (chunk.isLast) break;
      yield;
    }
    this.#recordUpdate(tally, { tags: wanted });
    return tally.total;
  }

  *renameTag({ tag, to }: WriterOperations['renameTag']['in']): Steps {
    const tally = new Tally();
    for (const chunk of this.#chunks(this.#tagSeqs.all(tag).map(([seq]) => Number(seq)))) {
      for (const row of chunk()) {
        this.#writeTags(row.seq, replaceTag(row.tags, tag, to));
        tally.add(row);
      }
      if (chunk.isLast) break;
      yield;
    }
    if (tally.total > 0) this.#record({ type: 'prune' }, tally.inbox);
    return tally.total;
  }

  delete(target: Target): Steps {
    return this.#deleteEach(target, () => true);
  }

  *#deleteEach(target: Target, mayGo: (row: Row) => boolean): Steps {
    const tally = new Tally();
    for (const chunk of this.#chunks(this.#seqs(target))) {
      for (const row of chunk()) {
        if (!mayGo(row)) continue;
        this.#delete(row);
        tally.add(row);
      }
      this.#sessions.dropOver();
      if (chunk.isLast) break;
      yield;
    }
    this.#recordDelete(tally, target);
    return tally.total;
  }

  *retain(bounds: WriterOperations['retain']['in']): Steps {
    const { maxMessages, aged, inbox = null, limit } = bounds;
    const excess = maxMessages === undefined ? 0 : Number(this.#countOf.get(inbox)?.[0]) - maxMessages;
    const oldest = excess <= 0 ? [] : this.#oldest.all(inbox, Math.min(excess, limit)).map(([seq]) => Number(seq));
    const seqs = [...new Set([...oldest, ...aged])].sort((a, b) => a - b).slice(0, limit);
    // A verdict may come between two chunks.
    return yield* this.#deleteEach({ seqs }, ({ seq }) => this.#isPending.get(seq) === undefined);
  }

  #seqs(target: Target): readonly number[] {
    if ('seqs' in target) return target.seqs;
    if ('ids' in target) return [...new Set(target.ids)].flatMap((id) => this.#seqOf.get(id) ?? []).map(Number);
    const rows = target.inbox === undefined ? this.#allSeqs.all() : this.#inboxSeqs.all(target.inbox);
    return rows.map(([seq]) => Number(seq));
  }

  /** Each chunk reads its rows when it is called: what is gone by then is left out. */
  *#chunks(seqs: readonly number[]): Generator<(() => readonly Row[]) & { readonly isLast: boolean }> {
    for (let start = 0; start < seqs.length; start += CHUNK) {
      const part = seqs.slice(start, start + CHUNK);
      const read = (): readonly Row[] => part.flatMap((seq) => this.#read(seq) ?? []);
      yield Object.assign(read, { isLast: start + CHUNK >= seqs.length });
    }
  }

  #read(wanted: number): Row | undefined {
    const row = this.#find.get(wanted);
    if (row === undefined) return undefined;
    const [seq, id, inbox, parent, read, tags] = row;
    return {
      seq: seq as number,
      id: id as QueueId,
      inbox: inbox as string,
      isChild: parent !== null,
      read: read === 1,
      tags: tags === null ? [] : (JSON.parse(tags as string) as readonly string[]),
    };
  }

  #delete(row: Row): void {
    for (const statement of this.#drop) statement.run(row.seq);
    if (row.tags.length > 0) this.#dropTags.run(row.seq);
    this.#markGone.run(row.seq);
    this.#context.count(row.inbox, row.isChild ? { children: -1 } : { total: -1, unread: row.read ? 0 : -1 });
    this.#context.addMeta('deleted', 1);
  }

  #writeTags(seq: number, tags: readonly string[]): void {
    this.#setTags.run(tags.length === 0 ? null : JSON.stringify(tags), seq);
    this.#dropTags.run(seq);
    for (const tag of tags) this.#addTag.run(tag, seq, foldText(tag));
  }

  #recordUpdate(tally: Tally, what: { readonly read?: boolean; readonly tags?: readonly string[] }): void {
    if (tally.total === 0) return;
    this.#record({ type: 'update', ids: tally.isListed ? tally.ids : undefined, ...what }, tally.inbox);
  }

  #recordDelete(tally: Tally, target: Target): void {
    if (tally.total === 0) return;
    // What came in meanwhile is still there: then not all were deleted.
    const isEmpty = 'all' in target && this.#isAnyLeft.get(target.inbox ?? null) === undefined;
    if ('all' in target && isEmpty) this.#record({ type: 'truncate' }, target.inbox);
    else if (tally.isListed) this.#record({ type: 'delete', ids: tally.ids }, tally.inbox);
    else this.#record({ type: 'prune' }, tally.inbox);
  }

  #record(event: Exclude<ChangeEvent, { readonly type: 'new' | 'parsed' }>, inbox: string | undefined): void {
    this.#context.record(event, inbox, (seq) => ({ ...event, seq, inbox }));
  }
}
