import type { Delivery, Journey, JourneyMessage, JourneyNode } from '../rules/journey.ts';
import type { DeliveryStatus, TraceStep } from '../rules/trace.ts';
import { fromOctets, type Octets } from '../rules/octets.ts';
import { foldText } from './search-text.ts';

/** So many names are kept for search: a list of a thousand recipients needn't name a thousand next hops. */
const MAX_NAMES = 100;

/** What a list shows of a verdict, and search looks for, so that no journey is read for it. */
export interface VerdictSummary {
  /** How many deliveries stand so; a status that none has is left out. */
  readonly counts: Readonly<Partial<Record<DeliveryStatus, number>>>;
  /** Where the first of them leads; absent if the message ended before it came so far. */
  readonly first?: Pick<Delivery, 'recipient' | 'transport' | 'nexthop' | 'status' | 'dsn'>;
  /** Folded: transports, next hops, and both (`smtp:[mx.test]:587`), each once. */
  readonly via: readonly string[];
  /** Folded: parameters, tables and `file:line` of what decided something, each once. */
  readonly rules: readonly string[];
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
  const via = new Set<string>();
  const rules = new Set<string>();
  for (const message of journey.messages) if (!isNotification(message)) addRules(rules, message.steps);
  let first: Delivery | undefined;
  for (const node of journey.nodes) {
    const message = messages.get(node.message);
    const above = node.parent === undefined ? undefined : journey.nodes[node.parent];
    const beyond = node.parent !== undefined && (isBeyond[node.parent] === true || isEnd(above, messages));
    isBeyond.push(beyond);
    if (beyond || message === undefined || isNotification(message)) continue;
    addRules(rules, node.steps);
    if (node.delivery) addNames(via, [node.delivery.transport, node.delivery.nexthop, wayOf(node.delivery)]);
    const whole = endOfWhole(message);
    if (whole !== undefined) {
      if (above?.message !== node.message) count(whole);
    } else if (node.delivery !== undefined && node.delivery.forwardedAs === undefined) {
      count(node.delivery.status);
      first ??= node.delivery;
    }
  }
  return {
    counts: Object.fromEntries(counts),
    ...(first !== undefined && { first: toFirst(first) }),
    via: [...via],
    rules: [...rules],
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

function wayOf({ transport, nexthop }: Delivery): Octets {
  return `${transport}:${nexthop}`;
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
