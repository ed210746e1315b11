import { listDestinations, type Destination } from '../rules/destinations.ts';
import type { Delivery, Journey } from '../rules/journey.ts';
import type { DeliveryStatus } from '../rules/trace.ts';

/** What a list shows of a verdict, so that no journey is read for it. */
export interface VerdictSummary {
  /** How many deliveries stand so; a status that none has is left out. */
  readonly counts: Readonly<Partial<Record<DeliveryStatus, number>>>;
  /** Where the first of them leads; absent if the message ended before it came so far. */
  readonly first?: Pick<Delivery, 'recipient' | 'transport' | 'nexthop' | 'status' | 'dsn'>;
}

/**
 * Sums a journey up: the ends of the mail itself, of what was forwarded too, but not of notifications about it.
 * @see listDestinations
 */
export function summariseJourney(journey: Journey): VerdictSummary {
  const destinations = listDestinations(journey);
  const counts = new Map<DeliveryStatus, number>();
  for (const { status } of destinations) counts.set(status, (counts.get(status) ?? 0) + 1);
  const first = destinations.find(({ isWhole }) => !isWhole);
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

function toFirst({ recipient, transport, nexthop, status, dsn }: Destination): NonNullable<VerdictSummary['first']> {
  return { recipient, transport, nexthop, status, dsn };
}
