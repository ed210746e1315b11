import type { Delivery, Journey, JourneyMessage, JourneyNode } from '../rules/journey.ts';
import type { DeliveryStatus } from '../rules/trace.ts';

/** What a list shows of a verdict, so that no journey is read for it. */
export interface VerdictSummary {
  /** How many deliveries stand so; a status that none has is left out. */
  readonly counts: Readonly<Partial<Record<DeliveryStatus, number>>>;
  /** Where the first of them leads; absent if the message ended before it came so far. */
  readonly first?: Pick<Delivery, 'recipient' | 'transport' | 'nexthop' | 'status' | 'dsn'>;
}

/**
 * Sums a journey up: the ends of the mail itself, of what was forwarded too, but not of notifications about it. What
 * lies below a refusal is a guess, and isn't counted; nor is a hand-over to a message whose own ends are.
 */
export function summariseJourney(journey: Journey): VerdictSummary {
  const messages = new Map(journey.messages.map((message) => [message.number, message] as const));
  const counts = new Map<DeliveryStatus, number>();
  const count = (status: DeliveryStatus): unknown => counts.set(status, (counts.get(status) ?? 0) + 1);
  const isBeyond: boolean[] = [];
  let first: Delivery | undefined;
  for (const node of journey.nodes) {
    const message = messages.get(node.message);
    const above = node.parent === undefined ? undefined : journey.nodes[node.parent];
    const beyond = node.parent !== undefined && (isBeyond[node.parent] === true || isEnd(above, messages));
    isBeyond.push(beyond);
    if (beyond || message === undefined || isNotification(message)) continue;
    const whole = endOfWhole(message);
    if (whole !== undefined) {
      if (above?.message !== node.message) count(whole);
    } else if (node.delivery !== undefined && node.delivery.forwardedAs === undefined) {
      count(node.delivery.status);
      first ??= node.delivery;
    }
  }
  return { counts: Object.fromEntries(counts), ...(first !== undefined && { first: toFirst(first) }) };
}

/** One delivery has another status now. */
export function moveStatus(summary: VerdictSummary, from: DeliveryStatus, to: DeliveryStatus): VerdictSummary {
  const counts = new Map(Object.entries(summary.counts));
  const left = (counts.get(from) ?? 0) - 1;
  if (left > 0) counts.set(from, left);
  else counts.delete(from);
  counts.set(to, (counts.get(to) ?? 0) + 1);
  return { ...summary, counts: Object.fromEntries(counts) };
}

function isEnd(node: JourneyNode | undefined, messages: ReadonlyMap<number, JourneyMessage>): boolean {
  if (node === undefined) return false;
  return node.delivery?.status === 'rejected' || messages.get(node.message)?.state === 'rejected';
}

function isNotification({ origin }: JourneyMessage): boolean {
  return origin !== 'received' && origin !== 'forward';
}

/** The status of each recipient, where the message as a whole went no further. */
function endOfWhole({ state }: JourneyMessage): DeliveryStatus | undefined {
  return state === 'queued' ? undefined : state;
}

function toFirst({ recipient, transport, nexthop, status, dsn }: Delivery): NonNullable<VerdictSummary['first']> {
  return { recipient, transport, nexthop, status, dsn };
}
