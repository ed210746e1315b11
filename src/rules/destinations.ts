import type { Act, Delivery, Journey, JourneyMessage, JourneyNode, NodeId } from './journey.ts';
import type { Octets } from './octets.ts';
import type { DeliveryStatus } from './trace.ts';

/** Where mail ends, by itself: as a journey has it, or as a log tells it. */
export interface End {
  /** The final recipient; where the message as a whole ended, the one of the envelope. */
  readonly recipient: Octets;
  /** What the log calls `orig_to`, where it is another. */
  readonly original?: Octets;
  readonly status: DeliveryStatus;
  /** Empty where there is none: the message is held or was discarded. */
  readonly dsn: string;
  /** Empty where the message as a whole ended before it was routed; so is the next hop. */
  readonly transport: Octets;
  readonly nexthop: Octets;
  /** What is done at the end, if anything. */
  readonly act?: Act;
  /** In Postfix's words. */
  readonly text: Octets;
}

/** Where a mail ends for one of its recipients: one of the ends of a journey that are the mail's own. */
export interface Destination extends End {
  /** The recipient of the envelope that came to this: a root in `Journey.nodes`. */
  readonly root: NodeId;
  /** Where the way ends. */
  readonly node: NodeId;
  /** The number of the message in which it ends: another than the first if it was forwarded. */
  readonly message: number;
  /** The message as a whole was held, discarded or refused, and this recipient with it. */
  readonly isWhole: boolean;
}

/** Two sets of ends, less what they have in common. */
export interface DestinationDifference<E extends End> {
  /** Only in the first. */
  readonly gone: readonly E[];
  /** Only in the second. */
  readonly come: readonly E[];
}

/**
 * The ends of the mail itself, in the order of the journey: those of what was forwarded too, but not those of
 * notifications about it. What lies below a refusal is a guess, and none of them; nor is a hand-over to a message whose
 * own ends are.
 */
export function listDestinations(journey: Journey): readonly Destination[] {
  const messages = new Map(journey.messages.map((message) => [message.number, message] as const));
  const places: { readonly root: NodeId; readonly isBeyond: boolean }[] = [];
  return journey.nodes.flatMap((node, id): readonly Destination[] => {
    const above = node.parent === undefined ? undefined : journey.nodes[node.parent];
    const placeAbove = node.parent === undefined ? undefined : places[node.parent];
    const isBeyond = placeAbove !== undefined && (placeAbove.isBeyond || isEnd(above, messages));
    const root = placeAbove?.root ?? id;
    places.push({ root, isBeyond });
    const message = messages.get(node.message);
    if (isBeyond || message === undefined || isNotification(message)) return [];
    const at = { root, node: id, message: node.message };
    if (message.state !== 'queued' && message.state !== 'bounced') {
      return above?.message === node.message
        ? []
        : [{ isWhole: true, ...at, ...endOfWhole(message.state, { message, node }) }];
    }
    const { delivery } = node;
    if (delivery === undefined || delivery.forwardedAs !== undefined) return [];
    return [{ isWhole: false, ...at, ...endOf(delivery) }];
  });
}

/**
 * What differs between two sets of ends, whatever their order and whatever led there.
 * @param before of one configuration @param after of another
 * @param toKey of ends that are the same; by default all that Postfix says of them, but for its words on success
 */
export function compareDestinations<E extends End>(
  before: readonly E[],
  after: readonly E[],
  toKey: (end: E) => string = toWholeKey,
): DestinationDifference<E> {
  return { gone: without(before, after, toKey), come: without(after, before, toKey) };
}

/** What a destination leaves behind, in one line: a mailbox's path, a command, the hosts that are tried. */
export function placeOf({ act }: Pick<End, 'act'>): Octets | undefined {
  switch (act?.kind) {
    case undefined:
      return undefined;
    case 'mailbox':
      return act.path;
    case 'command':
      return act.command;
    case 'pipe':
      return act.argv.join(' ');
    case 'smtp':
    case 'lmtp':
      return act.hosts.join(' ');
  }
}

/** The nodes on the way to one, from the recipient of the envelope on. */
export function wayTo(node: NodeId, { nodes }: Pick<Journey, 'nodes'>): readonly JourneyNode[] {
  const way: JourneyNode[] = [];
  for (let id: NodeId | undefined = node; id !== undefined; id = nodes[id]?.parent) {
    const passed = nodes[id];
    if (passed !== undefined) way.push(passed);
  }
  return way.reverse();
}

function endOf({ recipient, original, status, dsn, transport, nexthop, act, text }: Delivery): End {
  return {
    recipient,
    ...(original !== undefined && { original }),
    status,
    dsn,
    transport,
    nexthop,
    ...(act !== undefined && { act }),
    text,
  };
}

/** A recipient that was refused by itself has a reply of its own; else it is the message's. */
function endOfWhole(
  status: Exclude<JourneyMessage['state'], 'queued' | 'bounced'>,
  { message, node }: { readonly message: JourneyMessage; readonly node: JourneyNode },
): End {
  if (node.delivery?.status === 'rejected') return endOf(node.delivery);
  const text = message.reason ?? '';
  const [, dsn = ''] = /^[45][0-9]{2} ([45]\.[0-9]+\.[0-9]+) /.exec(text) ?? [];
  return { recipient: node.address, status, dsn, transport: '', nexthop: '', text };
}

function isEnd(node: JourneyNode | undefined, messages: ReadonlyMap<number, JourneyMessage>): boolean {
  if (node === undefined) return false;
  return node.delivery?.status === 'rejected' || messages.get(node.message)?.state === 'rejected';
}

function isNotification({ origin }: JourneyMessage): boolean {
  return origin !== 'received' && origin !== 'forward';
}

/** Of two equal ones in `ends`, one in `others` takes away but one. */
function without<E extends End>(ends: readonly E[], others: readonly E[], toKey: (end: E) => string): readonly E[] {
  const counts = new Map<string, number>();
  for (const key of others.map(toKey)) counts.set(key, (counts.get(key) ?? 0) + 1);
  return ends.filter((end) => {
    const key = toKey(end);
    const left = counts.get(key) ?? 0;
    counts.set(key, left - 1);
    return left <= 0;
  });
}

/** What Postfix says of success is not part of it: `250 2.0.0 Ok`. */
function toWholeKey(end: End): string {
  const { recipient, status, dsn, transport, nexthop, text } = end;
  return JSON.stringify([recipient, status, dsn, transport, nexthop, placeOf(end), status === 'sent' ? '' : text]);
}
