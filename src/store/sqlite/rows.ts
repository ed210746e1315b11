import type { MessageSummary } from '../../message/summary.ts';
import type { EditScript } from '../../rules/cleanup/edit-script.ts';
import type { Change, ChangeEvent } from '../changes.ts';
import { WHEN_ASKED_MS, type Delivery, type NewDelivery, type QueueState } from '../delivery.ts';
import { listedEnvelope } from '../new-message.ts';
import type { QueueId } from '../queue-id.ts';
import type { CommitNumber, NewMessage, ParseState, StoredMessage } from '../store.ts';
import type { VerdictSummary } from '../verdict-summary.ts';
import type { SqlRow } from './connection.ts';

/** What never changes of a message and isn't a column. */
export type MessageMeta = Pick<
  StoredMessage,
  'origin' | 'reversePath' | 'recipients' | 'recipientCount' | 'username' | 'session' | 'entrance'
>;

/** What of a new message goes there. */
export function toMessageMeta(message: NewMessage): MessageMeta {
  const { origin, envelope, username, session, entrance } = message;
  return {
    origin,
    ...listedEnvelope(envelope),
    username,
    ...(session !== undefined && { session }),
    ...(entrance !== undefined && { entrance }),
  };
}

/** The columns that {@link readMessage} reads; the table must be called `m`. */
export const MESSAGE_COLUMNS =
  'm.seq, m.id, m.inbox, m.parent, m.received_ms, m.size, m.read, m.tags, m.meta, m.summary, m.parse, m.verdict';

/** A message from a row that begins with {@link MESSAGE_COLUMNS}. */
export function readMessage(row: SqlRow): StoredMessage {
  const [seq, id, inbox, parent, receivedAtMs, sizeBytes, read, tags, meta, summary, parse, verdict] = row;
  return {
    id: id as QueueId,
    seq: seq as CommitNumber,
    inbox: inbox as string,
    ...(parent !== null && { parent: parent as QueueId }),
    receivedAtMs: receivedAtMs as number,
    sizeBytes: sizeBytes as number,
    ...(JSON.parse(meta as string) as MessageMeta),
    read: read === 1,
    tags: tags === null ? [] : (JSON.parse(tags as string) as readonly string[]),
    summary: JSON.parse(summary as string) as MessageSummary,
    parse: parse === null ? { state: 'pending' } : (JSON.parse(parse as string) as ParseState),
    ...(verdict !== null && { verdict: JSON.parse(verdict as string) as VerdictSummary }),
  };
}

/** A change as its row holds it: a message is named by its number. */
export type ChangeRecord =
  Exclude<ChangeEvent, { readonly type: 'new' | 'parsed' }> | { readonly type: 'parsed'; readonly message: number };

/** A change from its row. @param find the message with that number, if it is still there */
export function readChange(row: SqlRow, find: (seq: number) => StoredMessage | undefined): Change | undefined {
  const [number, inbox, event] = row;
  const seq = number as CommitNumber;
  const record = JSON.parse(event as string) as ChangeRecord;
  const common = { seq, inbox: inbox === null ? undefined : (inbox as string) };
  if (record.type !== 'parsed') return { ...common, ...toEvent(record) };
  const message = find(record.message);
  return message && { ...common, type: 'parsed', message };
}

/** JSON leaves out what is undefined; the contract names it. */
function toEvent(record: Exclude<ChangeRecord, { readonly type: 'parsed' }>): typeof record {
  return record.type === 'update' ? { ...record, ids: record.ids ?? undefined } : record;
}

/** The columns that {@link readDelivery} reads; the tables must be called `d` and `m`. */
export const DELIVERY_COLUMNS = 'd.id, m.id, d.generation, d.state, d.attempts, d.data';

/** What is kept of a delivery beside its columns. `nextAttemptAtMs` is there if it was given. */
export type DeliveryData = Omit<NewDelivery, 'state'>;

/** Whether a delivery `d` waits by the clock: its message is kept. */
export const PENDING = `d.state <> 'none' AND d.due_ms < ${WHEN_ASKED_MS}`;

/** A delivery from a row that begins with {@link DELIVERY_COLUMNS}. */
export function readDelivery(row: SqlRow): Delivery {
  const [id, queueId, generation, state, attempts, data] = row;
  return {
    ...(JSON.parse(data as string) as DeliveryData),
    id: id as number,
    queueId: queueId as QueueId,
    generation: generation as number,
    state: state as QueueState,
    attempts: attempts as number,
  };
}

/** An edit script as text; octets in base64. */
export function writeEditScript(script: EditScript): string | null {
  if (script.length === 0) return null;
  return JSON.stringify(
    script.map(({ start, end, octets }) => [start, end, Buffer.from(octets).toString('base64')] as const),
  );
}

/** The edit script of {@link writeEditScript}. */
export function readEditScript(text: string | null): EditScript {
  if (text === null) return [];
  const edits = JSON.parse(text) as readonly (readonly [number, number, string])[];
  return edits.map(([start, end, octets]) => ({
    start,
    end,
    octets: Uint8Array.from(Buffer.from(octets, 'base64')),
  }));
}
