import { existsSync } from 'node:fs';
import type { Journey } from '../../rules/journey.ts';
import type { QueueId } from '../queue-id.ts';
import { StoreCorruptError, type MessageRecord } from '../store.ts';
import { openConnection, storeFile, toStoreError, type Connection } from './connection.ts';
import { MessageReader } from './read-messages.ts';
import { isReadable } from './schema.ts';

/** A stored message with its octets, and the journey of its last verdict if there is one. */
export interface StoredMail {
  readonly record: MessageRecord;
  readonly raw: Uint8Array;
  readonly journey: Journey | undefined;
}

/** The mail of a data directory, to be read beside whoever writes it. */
export interface StoredMailbox extends Disposable {
  /**
   * Every message that was sent here, oldest first, one in memory at a time; without those that other messages gave
   * rise to. One that is deleted meanwhile is left out.
   * @param limit only the newest; all without it
   * @throws {StoreCorruptError}
   */
  mail(limit?: number): Iterable<StoredMail>;
}

/** How many messages are looked up at a time. */
const PAGE = 500;

/**
 * Opens the mail of a data directory, and changes nothing there. It blocks its thread: for commands, not for servers.
 * @returns undefined if no mail was ever kept in it
 * @throws {StoreCorruptError} when it can't be read, or another version wrote it
 */
export function openStoredMailbox(directory: string): StoredMailbox | undefined {
  const path = storeFile(directory);
  if (!existsSync(path)) return undefined;
  const connection = guard(path, () => openConnection(path));
  try {
    connection.exec('PRAGMA query_only = ON');
    if (!guard(path, () => isReadable(connection))) {
      throw new StoreCorruptError(
        `${path} was written by another version of postfixture: start this one on it once, or use the one that wrote it`,
      );
    }
  } catch (error) {
    connection.close();
    throw error;
  }
  return {
    mail: (limit) => readMail(connection, limit),
    [Symbol.dispose]: () => connection.close(),
  };
}

function* readMail(connection: Connection, limit: number | undefined): Generator<StoredMail> {
  const { path } = connection;
  const reader = guard(path, () => new MessageReader(connection));
  const page = connection.prepare(`SELECT seq, id FROM messages WHERE parent IS NULL AND seq > ? ORDER BY seq LIMIT ?`);
  const first = connection.prepare('SELECT seq FROM messages WHERE parent IS NULL ORDER BY seq DESC LIMIT 1 OFFSET ?');
  // Without so many messages the first of all is the first.
  let after = limit === undefined ? 0 : Number(guard(path, () => first.get(limit))?.[0] ?? 0);
  for (;;) {
    const rows = guard(path, () => page.all(after, PAGE));
    for (const [seq, named] of rows) {
      after = Number(seq);
      const id = named as QueueId;
      const found = guard(path, () => ({ record: reader.get(id), raw: reader.readRaw({ id, range: undefined }) }));
      const { record, raw } = found;
      if (record === undefined || raw === undefined) continue;
      yield { record, raw, journey: guard(path, () => reader.journey(id)) };
    }
    if (rows.length < PAGE) return;
  }
}

function guard<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw toStoreError(error, path);
  }
}
