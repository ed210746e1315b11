import type { Log } from '../../log.ts';
import type { QueueId } from '../../store/queue-id.ts';
import type { NewMessage, Store } from '../../store/store.ts';

/** A message as it comes in at one of the doors. */
export type IncomingMessage = Omit<NewMessage, 'parent'>;

/**
 * Takes a message in. Once the promise is fulfilled the message is kept: only then may `250` be said.
 * The octets of `message.raw` may be handed over to another thread: don't use them afterwards.
 * @throws whatever the store threw; it has been logged, and nothing was kept
 */
export type Accept = (message: IncomingMessage) => Promise<QueueId>;

/** Opens the one way by which messages come to be kept: cleanup(8)'s place. */
export function openAccept({ store, log }: { readonly store: Pick<Store, 'put'>; readonly log: Log }): Accept {
  return async (message) => {
    const { id, envelope, raw } = message;
    const fields = { queueId: id, from: envelope.reversePath, size: raw.byteLength, nrcpt: envelope.recipients.length };
    try {
      await store.put(message);
    } catch (cause) {
      log.error({ ...fields, err: cause }, 'the message was not kept');
      throw cause;
    }
    log.info(fields, 'queued');
    return id;
  };
}
