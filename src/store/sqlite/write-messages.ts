import { summarise } from '../../message/summary.ts';
import type { ParseState } from '../store.ts';
import { foldText } from '../search-text.ts';
import { tagsOnReceipt } from '../tags.ts';
import { isDuplicate, type Connection, type Statement } from './connection.ts';
import type { PutReply, PutRequest, WriterOperations } from './protocol.ts';
import { MESSAGE_COLUMNS, readMessage } from './rows.ts';
import type { WriteContext } from './write-context.ts';
import type { SessionWriter } from './write-sessions.ts';

/** Keeps messages, and what the parser found in them. */
export class MessageWriter {
  readonly #context: WriteContext;
  readonly #sessions: SessionWriter;
  readonly #insert: Statement;
  readonly #insertContent: Statement;
  readonly #insertParsed: Statement;
  readonly #dropParsed: Statement;
  readonly #setParsed: Statement;
  readonly #setSummary: Statement;
  readonly #find: Statement;
  readonly #addTag: Statement;

  constructor(context: WriteContext, sessions: SessionWriter) {
    const { connection } = context;
    this.#context = context;
    this.#sessions = sessions;
    this.#insert = connection.prepare(
      `INSERT INTO messages (seq, id, inbox, parent, received_ms, size, tags, meta, summary)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#insertContent = connection.prepare('INSERT INTO contents (seq, envelope, raw) VALUES (?, ?, ?)');
    this.#insertParsed = connection.prepare('INSERT OR REPLACE INTO parsed (seq, result, text) VALUES (?, ?, ?)');
    this.#dropParsed = connection.prepare('DELETE FROM parsed WHERE seq = ?');
    this.#setParsed = connection.prepare(
      'UPDATE messages SET parser = ?, parsed_seq = ?, attachments = ?, inlines = ?, parse = ? WHERE seq = ?',
    );
    this.#setSummary = connection.prepare('UPDATE messages SET summary = ? WHERE seq = ? AND summary <> ?');
    this.#find = connection.prepare(`SELECT ${MESSAGE_COLUMNS} FROM messages m WHERE m.id = ?`);
    this.#addTag = prepareAddTag(connection);
  }

  put(request: PutRequest): PutReply {
    const { id, inbox, parent, raw, session, sessionUpdate } = request;
    const found = summarise(raw);
    const summary = JSON.stringify(found);
    const tags = tagsOnReceipt(found, request.envelopeTags);
    const seq = this.#context.nextSeq();
    const tagText = tags.length === 0 ? null : JSON.stringify(tags);
    try {
      const { receivedAtMs, meta } = request;
      this.#insert.run(seq, id, inbox, parent ?? null, receivedAtMs, raw.byteLength, tagText, meta, summary);
    } catch (error) {
      throw isDuplicate(error) ? new Error(`message ${id} is kept already`, { cause: error }) : error;
    }
    this.#insertContent.run(seq, request.envelope, raw);
    for (const tag of tags) this.#addTag.run(tag, seq, foldText(tag));
    this.#context.count(inbox, parent === undefined ? { total: 1, unread: 1 } : { children: 1 });
    if (sessionUpdate) this.#sessions.update(sessionUpdate);
    const sessionId = session ?? sessionUpdate?.id;
    if (sessionId !== undefined) this.#sessions.addMail(sessionId, seq, inbox);
    return { seq, summary, tags };
  }

  setParsed({ id, version, outcome }: WriterOperations['setParsed']['in']): undefined {
    const row = this.#find.get(id);
    if (row === undefined) return undefined;
    const before = readMessage(row);
    const parse = toParseState(outcome);
    const summary = 'parsed' in outcome ? outcome.parsed.summary : before.summary;
    this.#context.record({ type: 'parsed', message: before.seq }, before.inbox, (seq) => {
      const [attachments, inlines] =
        parse.state === 'parsed' ? [parse.attachmentCount, parse.inlineCount] : ([0, 0] as const);
      this.#setParsed.run(version, seq, attachments, inlines, JSON.stringify(parse), before.seq);
      return { type: 'parsed', seq, inbox: before.inbox, message: { ...before, summary, parse } };
    });
    if ('failure' in outcome) {
      this.#dropParsed.run(before.seq);
      return undefined;
    }
    const { parsed, searchText, fileNames } = outcome;
    const text = JSON.stringify(summary);
    this.#setSummary.run(text, before.seq, text);
    this.#insertParsed.run(before.seq, JSON.stringify(parsed), JSON.stringify({ searchText, fileNames }));
    return undefined;
  }
}

/** Prepares the insertion of a tag, its message's number and its folded form. */
export function prepareAddTag(connection: Connection): Statement {
  return connection.prepare('INSERT INTO tags (tag, seq, folded) VALUES (?, ?, ?)');
}

function toParseState(outcome: WriterOperations['setParsed']['in']['outcome']): ParseState {
  if ('failure' in outcome) return { state: 'failed', reason: outcome.failure };
  const { snippet, attachmentCount, inlineCount } = outcome.parsed;
  return { state: 'parsed', snippet, attachmentCount, inlineCount };
}
