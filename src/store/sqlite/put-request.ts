import type { MessageSummary } from '../../message/summary.ts';
import { envelopeTags, toStoredMessage } from '../new-message.ts';
import type { NewMessage, StoredMessage } from '../store.ts';
import type { PutReply, PutRequest } from './protocol.ts';
import { toMessageMeta } from './rows.ts';
import { toUpdateRequest } from './update-request.ts';

/** A message as it goes to the writer. Its octets are handed over if they have a buffer of their own, else copied. */
export function toPutRequest(message: NewMessage): PutRequest {
  const { raw } = message;
  const isWhole = raw.byteOffset === 0 && raw.byteLength === raw.buffer.byteLength && raw.buffer instanceof ArrayBuffer;
  return {
    id: message.id,
    inbox: message.inbox,
    parent: message.parent,
    receivedAtMs: message.receivedAtMs,
    meta: JSON.stringify(toMessageMeta(message)),
    envelope: JSON.stringify(message.envelope),
    envelopeTags: envelopeTags(message.envelope),
    raw: isWhole ? raw : new Uint8Array(raw),
    sizeBytes: raw.byteLength,
    session: message.session?.id,
    sessionUpdate: message.sessionUpdate && toUpdateRequest(message.sessionUpdate),
  };
}

/** The message as it was kept. */
export function toPutResult(message: NewMessage, sizeBytes: number, { seq, summary, tags }: PutReply): StoredMessage {
  return toStoredMessage(message, { seq, sizeBytes, summary: JSON.parse(summary) as MessageSummary, tags });
}
