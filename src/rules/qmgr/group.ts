import { localPartOf, splitLocalPart } from '../address/split-address.ts';
import type { Octets } from '../octets.ts';
import type { View } from '../world.ts';
import type { DeliveryRequest } from './agent.ts';
import type { QueuedMessage, QueueRecipient } from './queued-message.ts';

/** A recipient, and where it goes. */
export interface RoutedRecipient {
  readonly recipient: QueueRecipient;
  readonly transport: Octets;
  readonly nexthop: Octets;
}

/** Transports that tell why mail isn't delivered: each of their recipients needs no queue of its own. */
const TELLERS: ReadonlySet<Octets> = new Set(['error', 'retry']);

/**
 * Makes deliveries of recipients: those with the same transport and next hop go together, as many as the transport takes
 * at once.
 * @param view the queue manager's
 * @see Postfix's qmgr(8), TRANSPORT_destination_recipient_limit
 */
export function groupRecipients(
  message: QueuedMessage,
  routed: readonly RoutedRecipient[],
  view: View,
): readonly DeliveryRequest[] {
  const queues = new Map<string, { readonly limit: number; readonly requests: QueueRecipient[][] } & Where>();
  const sorted = routed.map((one) => toSorted(one, view)).sort(compareRecipients);
  for (const { recipient, transport, nexthop, queue, limit: most } of sorted) {
    const limit = message.verp === undefined ? most : 1;
    const key = `${transport}\0${queue}`;
    const open = queues.get(key) ?? { transport, nexthop, limit, requests: [] };
    queues.set(key, open);
    const last = open.requests.at(-1);
    if (last === undefined || (limit !== 0 && last.length >= limit)) open.requests.push([recipient]);
    else last.push(recipient);
  }
  return [...queues.values()].flatMap(({ transport, nexthop, requests }) =>
    requests.map((recipients) => ({ message, transport, nexthop, recipients })),
  );
}

/** Where a delivery goes. */
interface Where {
  readonly transport: Octets;
  readonly nexthop: Octets;
}

/** How many recipients a transport takes at once; 0: any number. */
export function recipientLimitOf(transport: Octets, view: View): number {
  const name = `${transport}_destination_recipient_limit`;
  return view.integer(view.get(name) === '' ? 'default_destination_recipient_limit' : name);
}

/**
 * Names the queue that a recipient waits in: a transport that takes one at a time has one for each user, whatever the
 * extension.
 */
function toSorted({ recipient, transport, nexthop }: RoutedRecipient, view: View): Sorted {
  const limit = recipientLimitOf(transport, view);
  const hasQueueEach = limit === 1 && !TELLERS.has(transport);
  const queue = hasQueueEach ? `${userOf(recipient.address, view)}@${nexthop}` : nexthop;
  return { recipient, transport, nexthop, queue: queue.toLowerCase(), limit };
}

/** QUIRK: recipients are sorted by transport, queue, domain and address, whatever their order in the envelope. */
function compareRecipients(a: Sorted, b: Sorted): number {
  return (
    compare(a.transport, b.transport) ||
    compare(a.queue, b.queue) ||
    compare(domainOf(a.recipient.address).toLowerCase(), domainOf(b.recipient.address).toLowerCase()) ||
    compare(a.recipient.address, b.recipient.address)
  );
}

type Sorted = RoutedRecipient & { readonly queue: Octets; readonly limit: number };

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function userOf(address: Octets, view: View): Octets {
  const local = localPartOf(address);
  return splitLocalPart(local, view)?.user ?? local;
}

function domainOf(address: Octets): Octets {
  return address.slice(address.lastIndexOf('@') + 1);
}
