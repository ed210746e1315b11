import type { Log } from '../../log.ts';
import type { AccessActions } from '../../rules/cleanup/cleanup-request.ts';
import type { ClientFacts } from '../../rules/qmgr/queued-message.ts';
import type { QueueId } from '../../store/queue-id.ts';
import type { NewMessage, Store } from '../../store/store.ts';

/** A message as it comes in at one of the doors. */
export interface IncomingMessage extends Omit<NewMessage, 'queued' | 'parent'> {
  /** Who handed it in; absent where nobody connected. */
  readonly client?: ClientFacts;
  /** The service of master.cf that took it: `25/inet`. */
  readonly service?: string;
  /** What access rules ask for, if the client was judged by them: in strict mode. */
  readonly actions?: AccessActions;
}

/**
 * Takes a message in. Once the promise is fulfilled the message is kept: only then may `250` be said.
 * The octets of `message.raw` may be handed over to another thread: don't use them afterwards.
 * @throws whatever the store threw; it has been logged, and nothing was kept
 */
export type Accept = (message: IncomingMessage) => Promise<QueueId>;

/** Opens the one way by which messages come to be kept: cleanup(8)'s place. */
export function openAccept({ store, log }: { readonly store: Pick<Store, 'put'>; readonly log: Log }): Accept {
  return async (message) => {
    const { client: _client, service: _service, actions: _actions, ...kept } = message;
    const { id, envelope, raw } = kept;
    const fields = { queueId: id, from: envelope.reversePath, size: raw.byteLength, nrcpt: envelope.recipients.length };
    try {
      await store.put(kept);
    } catch (cause) {
      log.error({ ...fields, err: cause }, 'the message was not kept');
      throw cause;
    }
    log.info(fields, 'queued');
    return id;
  };
}
