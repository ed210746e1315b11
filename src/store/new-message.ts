import type { Envelope } from '../rules/envelope.ts';
import type { NewMessage, StoredMessage } from './store.ts';
import { plusAddressTags } from './tags.ts';

/** How many recipients a list shows. */
const LISTED_RECIPIENTS = 100;

/** How a message looks in lists at the moment of its commit. */
export function toStoredMessage(
  message: Omit<NewMessage, 'raw' | 'sessionUpdate'>,
  kept: Pick<StoredMessage, 'seq' | 'sizeBytes' | 'summary' | 'tags'>,
): StoredMessage {
  const { envelope } = message;
  return {
    id: message.id,
    seq: kept.seq,
    inbox: message.inbox,
    origin: message.origin,
    ...(message.parent !== undefined && { parent: message.parent }),
    receivedAtMs: message.receivedAtMs,
    sizeBytes: kept.sizeBytes,
    ...listedEnvelope(envelope),
    username: message.username,
    ...(message.entrance !== undefined && { entrance: message.entrance }),
    ...(message.session !== undefined && { session: message.session }),
    read: false,
    tags: kept.tags,
    summary: kept.summary,
    parse: { state: 'pending' },
  };
}

/** The tags in plus-addresses of its recipients. */
export function envelopeTags(envelope: Envelope): readonly string[] {
  return plusAddressTags(envelope.recipients.map(({ address }) => address));
}

/** What a list shows of an envelope. */
export function listedEnvelope(
  envelope: Envelope,
): Pick<StoredMessage, 'reversePath' | 'recipients' | 'recipientCount'> {
  return {
    reversePath: envelope.reversePath,
    recipients: envelope.recipients.slice(0, LISTED_RECIPIENTS).map(({ address }) => address),
    recipientCount: envelope.recipients.length,
  };
}
