import { splitDsn } from '../delivery/dsn-text.ts';
import type { Deliver } from '../qmgr/agent.ts';
import { endRecipient } from '../qmgr/end-recipient.ts';

/**
 * Delivers as error(8) does: the next hop tells why not, `5.1.1 User unknown`. The service called retry puts mail off, all
 * others return it.
 * @see error(8), transport(5)
 */
export const deliverError: Deliver = (request, context) => {
  const isRetry = request.transport === 'retry';
  const digit = isRetry ? '4' : '5';
  const { dsn, text } = splitDsn(request.nexthop, `${digit}.0.0`);
  const ending = {
    status: isRetry ? 'deferred' : 'bounced',
    // QUIRK: a code that says the contrary is ignored, its text isn't.
    dsn: dsn.startsWith(digit) ? dsn : `${digit}.0.0`,
    text,
    relay: 'none',
  } as const;
  return request.recipients.map((recipient) => endRecipient(recipient, ending, { request, context }));
};
