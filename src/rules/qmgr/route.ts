import { localPartOf } from '../address/split-address.ts';
import type { Octets } from '../octets.ts';
import type { TraceStep } from '../trace.ts';
import { resolveAddress } from '../trivial-rewrite/resolve.ts';
import type { View } from '../world.ts';
import type { DeliveryContext, DeliveryRecord } from './agent.ts';
import { endRecipient } from './end-recipient.ts';
import type { RoutedRecipient } from './group.ts';
import type { QueuedMessage, QueueRecipient } from './queued-message.ts';

/** Recipients with their ways, and those that end in the queue manager itself. */
export interface Routed {
  readonly routed: readonly RoutedRecipient[];
  readonly ended: readonly DeliveryRecord[];
}

/** A way, with what was thought on it. */
interface Way {
  readonly address: Octets;
  readonly transport: Octets;
  readonly nexthop: Octets;
  readonly isLocal: boolean;
  readonly steps: readonly TraceStep[];
}

/**
 * Finds each recipient's transport and next hop: a content filter goes before what trivial-rewrite(8) says, and what the
 * queue manager itself refuses or puts off goes to the transports error and retry.
 * @see Postfix's qmgr(8), content_filter, default_filter_nexthop, defer_transports
 */
export function routeRecipients(message: QueuedMessage, context: DeliveryContext): Routed {
  const routed: RoutedRecipient[] = [];
  const ended: DeliveryRecord[] = [];
  for (const recipient of message.recipients) {
    const way = putOff(findWay(recipient, message, context), context);
    const { address, transport, nexthop } = way;
    context.trail.note(recipient.node, way.steps);
    const final = { ...recipient, address };
    if (isDoubleBounce(way, context)) ended.push(discardDoubleBounce(final, message, context));
    else if (context.world.findTransport(transport) !== undefined)
      routed.push({ recipient: final, transport, nexthop });
    else routed.push(toUnavailable(final, transport, context));
  }
  return { routed, ended };
}

function findWay(recipient: QueueRecipient, message: QueuedMessage, { world, trail }: DeliveryContext): Way {
  const { address } = recipient;
  if (message.filter !== '') return toFilter(address, message.filter, world.view('qmgr/unix'));
  const { resolution, steps, warnings } = resolveAddress({ address, sender: message.sender }, world);
  for (const text of warnings) trail.log(message.number, { program: 'trivial-rewrite', text, isBare: true });
  switch (resolution.kind) {
    case 'try-again':
      return { address, steps, isLocal: false, transport: 'retry', nexthop: '4.3.0 address resolver failure' };
    case 'bad-address':
      return { address, steps, isLocal: false, transport: 'error', nexthop: '5.1.3 bad address syntax' };
    case 'route': {
      const isLocal = resolution.addressClass === 'local';
      if (resolution.recipient === '') {
        return { address: '', steps, isLocal, transport: 'error', nexthop: '5.1.3 null recipient address' };
      }
      const { transport, nexthop } = resolution;
      return { address: resolution.recipient, steps, isLocal, transport, nexthop };
    }
  }
}

/** A content filter gets every recipient as it is. @param filter `transport:nexthop`; the next hop may be missing */
function toFilter(address: Octets, filter: Octets, view: View): Way {
  const [transport = '', ...rest] = filter.split(':');
  const domain = address.includes('@') ? address.slice(address.lastIndexOf('@') + 1) : '';
  const nexthop = rest.join(':') || view.get('default_filter_nexthop') || domain || view.get('myhostname');
  const step = { stage: 'qmgr', parameter: 'content_filter', result: `${transport}:${nexthop}` };
  return { address, transport, nexthop, isLocal: false, steps: [step] };
}

function putOff(way: Way, { world }: DeliveryContext): Way {
  const view = world.view('qmgr/unix');
  if (!view.words('defer_transports').includes(way.transport)) return way;
  const { file, line } = view.placeOf('defer_transports');
  const step = {
    stage: 'qmgr',
    parameter: 'defer_transports',
    file,
    line,
    key: way.transport,
    result: 'deferred',
  };
  return { ...way, transport: 'retry', nexthop: '4.3.2 deferred transport', steps: [...way.steps, step] };
}

/** Mail for the address that notices about bounces come from ends here: nothing bounces a third time. */
function isDoubleBounce({ address, isLocal }: Way, { world }: DeliveryContext): boolean {
  if (!isLocal) return false;
  return localPartOf(address).toLowerCase() === world.view('qmgr/unix').get('double_bounce_sender').toLowerCase();
}

function discardDoubleBounce(
  recipient: QueueRecipient,
  message: QueuedMessage,
  context: DeliveryContext,
): DeliveryRecord {
  const text = 'undeliverable postmaster notification discarded';
  const request = { message, transport: 'qmgr', nexthop: '', recipients: [recipient] };
  return endRecipient(recipient, { status: 'sent', dsn: '2.0.0', text, relay: 'none' }, { request, context });
}

/** master.cf has no such service, so that nobody answers. */
function toUnavailable(recipient: QueueRecipient, transport: Octets, { trail }: DeliveryContext): RoutedRecipient {
  trail.note(recipient.node, [
    { stage: 'qmgr', key: transport, result: null, note: `master.cf has no service ${transport}` },
  ]);
  return { recipient, transport: 'retry', nexthop: '4.3.0 mail transport unavailable' };
}
