import type {
  Journey,
  JourneyDelivery,
  JourneyMessage,
  JourneyNode,
  JourneyStep,
} from '../../../src/http/api/schemas/journey.ts';

/** An address on its way, as a line of the tree. */
export interface TreeRow {
  /** In the journey's nodes. */
  readonly index: number;
  readonly node: JourneyNode;
  /** 0 for a recipient of the envelope. */
  readonly depth: number;
  /** Mostly none or one; who is forwarded in several messages ends several times. */
  readonly ends: readonly JourneyDelivery[];
  /** Below a refusal: where it would have gone had it been taken. */
  readonly isHypothetical: boolean;
}

/** A message of the journey with its tree. */
export interface TreeMessage {
  readonly message: JourneyMessage;
  readonly rows: readonly TreeRow[];
}

/** Unfolds a journey: each message with its addresses, children below their parents, in the order of the journey. */
export function unfoldJourney(journey: Journey): readonly TreeMessage[] {
  const children = new Map<number, number[]>();
  const roots = new Map<number, number[]>();
  journey.nodes.forEach(({ parent, message }, index) => {
    // What another message came of stands in that one's own tree.
    if (parent === undefined || journey.nodes[parent]?.message !== message) append(roots, message, index);
    else append(children, parent, index);
  });
  return journey.messages.map((message) => ({
    message,
    rows: unfold(journey, { message, roots: roots.get(message.number) ?? [], children }),
  }));
}

/** A recipient of the envelope in the tree, and a step of its way. */
export interface Place {
  /** The recipient's node, and where its row is among the first message's. */
  readonly root: number;
  readonly at: number;
  /** The node that has the step, and the step itself. */
  readonly node?: number;
  readonly step?: JourneyStep;
}

/**
 * Finds a recipient of the envelope, and the so many-th step of its way, counted over all rows below it.
 * @param spot.step from 1
 */
export function findPlace(
  messages: readonly TreeMessage[],
  { rcpt, step }: { readonly rcpt: string; readonly step: number | undefined },
): Place | undefined {
  const rows = messages[0]?.rows ?? [];
  const at = rows.findIndex(({ node, depth }) => depth === 0 && node.address === rcpt);
  const row = rows[at];
  if (row === undefined) return undefined;
  let left = step ?? 0;
  for (const [index, below] of rows.slice(at).entries()) {
    if (left <= 0 || (index > 0 && below.depth === 0)) break;
    const found = below.node.steps[left - 1];
    if (found) return { root: row.index, at, node: below.index, step: found };
    left -= below.node.steps.length;
  }
  return { root: row.index, at };
}

/** Steps in their order; those in a row that found nothing are together. */
export type StepGroup =
  | { readonly kind: 'step'; readonly step: JourneyStep }
  | { readonly kind: 'misses'; readonly steps: readonly JourneyStep[] };

/** Puts look-ups that found nothing together. What several daemons decide alike is said once. */
export function groupSteps(steps: readonly JourneyStep[]): readonly StepGroup[] {
  const groups: StepGroup[] = [];
  const said = new Set<string>();
  let misses: JourneyStep[] = [];
  for (const step of steps) {
    if (step.result !== null) {
      const whole = JSON.stringify(step);
      if (said.has(whole)) continue;
      said.add(whole);
      misses = [];
      groups.push({ kind: 'step', step });
    } else {
      if (misses.length === 0) groups.push({ kind: 'misses', steps: misses });
      misses.push(step);
    }
  }
  return groups;
}

function append(lists: Map<number, number[]>, key: number, index: number): void {
  const list = lists.get(key);
  if (list) list.push(index);
  else lists.set(key, [index]);
}

interface Unfolding {
  readonly message: JourneyMessage;
  readonly roots: readonly number[];
  readonly children: ReadonlyMap<number, readonly number[]>;
}

/** Without recursion: a chain of aliases may be a thousand long. */
function unfold({ nodes }: Journey, { message, roots, children }: Unfolding): readonly TreeRow[] {
  const rows: TreeRow[] = [];
  const waiting = roots
    .map((index) => ({ index, depth: 0, isHypothetical: message.isHypothetical === true }))
    .reverse();
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const node = nodes[next.index];
    if (node === undefined) continue;
    const below = children.get(next.index) ?? [];
    const others = below.flatMap((index) => toFurtherEnd(node, nodes[index]) ?? []);
    rows.push({ ...next, node, ends: [...(node.delivery === undefined ? [] : [node.delivery]), ...others] });
    const isHypothetical = next.isHypothetical || node.delivery?.status === 'rejected' || message.state === 'rejected';
    for (const index of below.toReversed()) {
      if (toFurtherEnd(node, nodes[index]) !== undefined) continue;
      waiting.push({ index, depth: next.depth + 1, isHypothetical });
    }
  }
  return rows;
}

/** A node that is there only because its parent, the same address, has an end already. */
function toFurtherEnd(parent: JourneyNode, node: JourneyNode | undefined): JourneyDelivery | undefined {
  if (node === undefined || node.address !== parent.address || node.steps.length > 0) return undefined;
  return parent.delivery === undefined || parent.delivery.status === 'rejected' ? undefined : node.delivery;
}
