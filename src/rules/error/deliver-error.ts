import { splitDsn } from '../delivery/dsn-text.ts';
import type { Octets } from '../octets.ts';
import type { Deliver } from '../qmgr/agent.ts';
import { endRecipient, type Ending } from '../qmgr/end-recipient.ts';

/** What the services of error(8) do. Under any other name it ends as soon as there is mail. */
const SERVICES: ReadonlyMap<Octets, { readonly status: 'bounced' | 'deferred'; readonly digit: '5' | '4' }> = new Map([
  ['error', { status: 'bounced', digit: '5' }],
  ['retry', { status: 'deferred', digit: '4' }],
]);

/**
 * Delivers as error(8) does: the next hop tells why not, `5.1.1 User unknown`. The service called error returns the mail,
 * the one called retry puts it off.
 * @see error(8), transport(5)
 */
export const deliverError: Deliver = (request, context) => {
  const { message, transport, nexthop, recipients } = request;
  const ending = toEnding(transport, nexthop);
  if (ending.waitsIn !== undefined) {
    const text = `fatal: bad error service name: ${transport}`;
    context.trail.log(message.number, { program: 'error', text, isBare: true });
  }
  return recipients.map((recipient) => endRecipient(recipient, ending, { request, context }));
};

function toEnding(transport: Octets, nexthop: Octets): Ending {
  const service = SERVICES.get(transport);
  if (service === undefined) {
    return {
      status: 'deferred',
      dsn: '4.3.0',
      text: 'unknown mail transport error',
      relay: 'none',
      waitsIn: 'deferred',
    };
  }
  const { status, digit } = service;
  const { dsn, text } = splitDsn(nexthop, `${digit}.0.0`);
  // QUIRK: a code that says the contrary is ignored, its text isn't.
  return { status, dsn: dsn.startsWith(digit) ? dsn : `${digit}.0.0`, text, relay: 'none' };
}
