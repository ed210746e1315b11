import type { Octets } from '../octets.ts';
import type { QueueRecipient } from '../qmgr/queued-message.ts';

/** A new message for those that aren't delivered to here. */
export interface Forward {
  /** Who its Delivered-To names; in internal form. */
  readonly delivered: Octets;
  readonly sender: Octets;
  readonly recipients: readonly QueueRecipient[];
}

/** The new messages that a recipient leads to: one for each sender and each Delivered-To. */
export interface Forwards {
  add(delivered: Octets, sender: Octets, recipient: QueueRecipient): void;
  list(): readonly Forward[];
}

/** No new message yet. */
export function openForwards(): Forwards {
  const forwards = new Map<
    string,
    { readonly delivered: Octets; readonly sender: Octets; recipients: QueueRecipient[] }
  >();
  return {
    add(delivered, sender, recipient) {
      // No address has a line end.
      const key = `${delivered}\n${sender}`;
      const forward = forwards.get(key);
      if (forward === undefined) forwards.set(key, { delivered, sender, recipients: [recipient] });
      else forward.recipients.push(recipient);
    },
    list: () => [...forwards.values()],
  };
}
