import { listDestinations, wayTo, type Destination } from '../rules/destinations.ts';
import type { Journey } from '../rules/journey.ts';
import { fromOctets, type Octets } from '../rules/octets.ts';
import type { DeliveryStatus, TraceStep } from '../rules/trace.ts';
import { foldText } from './search-text.ts';

/** So many names are kept for search: a list of a thousand recipients needn't name a thousand next hops. */
const MAX_NAMES = 100;

/** What a list shows of a verdict, and search looks for, so that no journey is read for it. */
export interface VerdictSummary {
  /** How many deliveries stand so; a status that none has is left out. */
  readonly counts: Readonly<Partial<Record<DeliveryStatus, number>>>;
  /** Where the first of them leads; absent if the message ended before it came so far. */
  readonly first?: Pick<Destination, 'recipient' | 'transport' | 'nexthop' | 'status' | 'dsn'>;
  /** Folded: transports, next hops, and both (`smtp:[mx.test]:587`), each once. */
  readonly via: readonly string[];
  /** Folded: parameters, tables and `file:line` of what decided something, each once. */
  readonly rules: readonly string[];
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
  return {
    counts: Object.fromEntries(counts),
    ...(first !== undefined && { first: toFirst(first) }),
    via: listWays(destinations),
    rules: listRules(journey, destinations),
  };
}

/** A summary as JSON has it; an older one has no names. */
export function readVerdictSummary(json: string): VerdictSummary {
  const summary = JSON.parse(json) as Omit<VerdictSummary, 'via' | 'rules'>;
  return { via: [], rules: [], ...summary };
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

function listWays(destinations: readonly Destination[]): readonly string[] {
  const via = new Set<string>();
  for (const { transport, nexthop } of destinations) {
    if (transport !== '') addNames(via, [transport, nexthop, `${transport}:${nexthop}`]);
  }
  return [...via];
}

/** What decided something about the mail as a whole, or on the way to one of its ends. */
function listRules(journey: Journey, destinations: readonly Destination[]): readonly string[] {
  const rules = new Set<string>();
  const numbers = new Set(destinations.map(({ message }) => message));
  for (const { number, steps } of journey.messages) if (numbers.has(number)) addRules(rules, steps);
  for (const { node } of destinations) for (const { steps } of wayTo(node, journey)) addRules(rules, steps);
  return [...rules];
}

function addRules(rules: Set<string>, steps: readonly TraceStep[]): void {
  for (const { parameter, table, file, line, result } of steps) {
    if (typeof result !== 'string') continue;
    addNames(rules, [parameter, table, file === undefined ? undefined : `${file}:${line ?? ''}`]);
  }
}

function addNames(names: Set<string>, found: readonly (Octets | undefined)[]): void {
  for (const name of found) {
    if (name !== undefined && name !== '' && names.size < MAX_NAMES) names.add(foldText(fromOctets(name)));
  }
}

function toFirst({ recipient, transport, nexthop, status, dsn }: Destination): NonNullable<VerdictSummary['first']> {
  return { recipient, transport, nexthop, status, dsn };
}
