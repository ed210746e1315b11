import { listDestinations, placeOf, wayTo, type Destination } from '../rules/destinations.ts';
import type { Journey } from '../rules/journey.ts';
import { fromOctets, type Octets } from '../rules/octets.ts';
import type { DeliveryStatus, TraceStep } from '../rules/trace.ts';
import { foldText } from './search-text.ts';

/** So many names are kept for search: a list of a thousand recipients needn't name a thousand next hops. */
const MAX_NAMES = 100;

/** So much is kept of a place, and of Postfix's words about an end. */
const MAX_WORDS = 200;

/** Ends that are alike, counted. */
export interface EndKind {
  readonly status: DeliveryStatus;
  /** What is done there: mail goes to hosts, into a mailbox, to a command; or nothing, where it ended before. */
  readonly deed: 'relay' | 'mailbox' | 'command' | 'none';
  readonly count: number;
  /** What is told is of the first of them: of the envelope that recipient who came to it. */
  readonly recipient: Octets;
  readonly transport: Octets;
  readonly nexthop: Octets;
  /** A mailbox's path, a command, hosts; cut. Empty if nothing is done. */
  readonly place: Octets;
  readonly dsn: string;
  /** In Postfix's words, cut. */
  readonly text: Octets;
}

/** What a list shows of a verdict, and search looks for, so that no journey is read for it. */
export interface VerdictSummary {
  /** How many deliveries stand so; a status that none has is left out. */
  readonly counts: Readonly<Partial<Record<DeliveryStatus, number>>>;
  /** Where the first of them leads; absent if the message ended before it came so far. */
  readonly first?: Pick<Destination, 'recipient' | 'transport' | 'nexthop' | 'status' | 'dsn'>;
  /** Its ends by how they end, in the order of the journey. */
  readonly ends: readonly EndKind[];
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
    ends: groupEnds(journey, destinations),
    via: listWays(destinations),
    rules: listRules(journey, destinations),
  };
}

/** A summary as JSON has it; an older one has neither ends nor names. */
export function readVerdictSummary(json: string): VerdictSummary {
  const summary = JSON.parse(json) as Omit<VerdictSummary, 'ends' | 'via' | 'rules'>;
  return { ends: [], via: [], rules: [], ...summary };
}

/** One delivery has another status now. */
export function moveStatus(summary: VerdictSummary, from: DeliveryStatus, to: DeliveryStatus): VerdictSummary {
  if (from === to) return summary;
  const counts = new Map(Object.entries(summary.counts));
  const left = (counts.get(from) ?? 0) - 1;
  if (left > 0) counts.set(from, left);
  else counts.delete(from);
  counts.set(to, (counts.get(to) ?? 0) + 1);
  return { ...summary, counts: Object.fromEntries(counts), ends: moveEnd(summary.ends, from, to) };
}

/** One of those that ended so ends otherwise: which one isn't known, and nothing more is told of it than its status. */
function moveEnd(ends: readonly EndKind[], from: DeliveryStatus, to: DeliveryStatus): readonly EndKind[] {
  const moved = ends.find(({ status }) => status === from);
  if (moved === undefined) return ends;
  const there = ends.find(({ status, deed }) => status === to && deed === moved.deed);
  return [
    ...ends.flatMap((end) => {
      if (end === there) return [{ ...end, count: end.count + 1 }];
      if (end !== moved) return [end];
      return end.count > 1 ? [{ ...end, count: end.count - 1 }] : [];
    }),
    ...(there === undefined ? [{ ...moved, status: to, count: 1, dsn: '', text: '' }] : []),
  ];
}

function groupEnds({ nodes }: Journey, destinations: readonly Destination[]): readonly EndKind[] {
  const groups = new Map<string, EndKind>();
  for (const end of destinations) {
    const deed = deedOf(end);
    const key = `${end.status} ${deed}`;
    const before = groups.get(key);
    groups.set(key, before ? { ...before, count: before.count + 1 } : toEndKind(end, deed, nodes[end.root]?.address));
  }
  return [...groups.values()];
}

function toEndKind(end: Destination, deed: EndKind['deed'], envelopeRecipient: Octets | undefined): EndKind {
  const { status, transport, nexthop, dsn, text } = end;
  return {
    status,
    deed,
    count: 1,
    recipient: envelopeRecipient ?? end.recipient,
    transport,
    nexthop: nexthop.slice(0, MAX_WORDS),
    place: (placeOf(end) ?? '').slice(0, MAX_WORDS),
    dsn,
    text: text.slice(0, MAX_WORDS),
  };
}

function deedOf({ act }: Destination): EndKind['deed'] {
  switch (act?.kind) {
    case undefined:
      return 'none';
    case 'mailbox':
      return 'mailbox';
    case 'command':
    case 'pipe':
      return 'command';
    case 'smtp':
    case 'lmtp':
      return 'relay';
  }
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
