import type { Act } from '../journey.ts';
import type { Octets } from '../octets.ts';
import type { ActOutcome, DeliveryContext, DeliveryRecord, DeliveryRequest } from './agent.ts';
import type { QueueRecipient } from './queued-message.ts';

/** How a recipient ends, and what was to be done for it. */
export interface Ending extends ActOutcome {
  readonly act?: Act;
  readonly forwardedAs?: number;
  readonly waitsIn?: 'active' | 'deferred';
}

/** Where an ending is written down. */
export interface EndingPlace {
  readonly request: Pick<DeliveryRequest, 'transport' | 'nexthop'>;
  readonly context: Pick<DeliveryContext, 'world' | 'trail'>;
}

/**
 * Writes down how a recipient of a delivery ends, as Postfix logs it. With soft_bounce, what would bounce is deferred.
 * @see Postfix's bounce(3), defer(3), sent(3)
 */
export function endRecipient(
  recipient: QueueRecipient,
  { relay, ...ending }: Ending,
  { request: { transport, nexthop }, context: { world, trail } }: EndingPlace,
): DeliveryRecord {
  const isSoft = ending.status === 'bounced' && world.view(`${transport}/unix`).isYes('soft_bounce');
  const { original } = recipient;
  const delivery = {
    recipient: recipient.address,
    ...(original !== '' && !isSame(original, recipient.address) && { original }),
    transport,
    nexthop,
    relay: relay ?? transport,
    ...ending,
    ...(isSoft && { status: 'deferred' as const, dsn: `4${ending.dsn.slice(1)}`, isSoftBounce: true as const }),
  };
  trail.end(recipient.node, delivery);
  return { of: recipient, ...delivery };
}

/** QUIRK: the log tells an original recipient only if more than case differs. */
function isSame(a: Octets, b: Octets): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
