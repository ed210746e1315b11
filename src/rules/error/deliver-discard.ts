import { splitDsn } from '../delivery/dsn-text.ts';
import type { Deliver } from '../qmgr/agent.ts';
import { endRecipient } from '../qmgr/end-recipient.ts';

/** Delivers as discard(8) does: the mail is lost, and the next hop tells why. @see discard(8) */
export const deliverDiscard: Deliver = (request, context) => {
  const { dsn, text } = splitDsn(request.nexthop, '2.0.0');
  const ending = { status: 'sent', dsn: dsn.startsWith('2') ? dsn : '2.0.0', text, relay: 'none' } as const;
  return request.recipients.map((recipient) => endRecipient(recipient, ending, { request, context }));
};
