import { quoteForSmtp } from '../address/quote.ts';
import { openEnds } from '../delivery/ends.ts';
import type { Octets } from '../octets.ts';
import type { Deliver } from '../qmgr/agent.ts';
import { splitItems } from '../tables/braces.ts';

/**
 * What smtp(8) and lmtp(8) would do: hand the recipients to the first host of the next hop that answers. Who answers, and
 * what, nobody knows before it is tried.
 * @see smtp(8)
 */
export const deliverBySmtp: Deliver = (request, context) => {
  const { message, transport, nexthop, recipients } = request;
  const program = context.world.findTransport(transport)?.fields.command.split('/').at(-1);
  const kind = program === 'lmtp' ? 'lmtp' : 'smtp';
  const hosts = splitItems(nexthop);
  const view = context.world.view(`${transport}/unix`);
  const ends = openEnds(request, context, { view, filter: `${kind}_delivery_status_filter` });
  for (const recipient of recipients) {
    const act = {
      kind,
      hosts,
      sender: quoteForSmtp(message.sender),
      recipient: quoteForSmtp(recipient.address),
    } as const;
    const success = { status: 'sent', dsn: '2.0.0', text: '250 2.0.0 Ok', relay: toRelay(hosts) } as const;
    const outcome = context.agent.perform(act, { message, transport, nexthop, recipient, success });
    ends.end(recipient, { act, ...outcome });
  }
  return ends.records;
};

/** `[mx.example.com]:587` is a host, `example.com` a domain whose mail hosts would be looked up. */
function toRelay(hosts: readonly Octets[]): Octets {
  return (hosts[0] ?? '').replace(/^\[(.*)\]/, '$1');
}
