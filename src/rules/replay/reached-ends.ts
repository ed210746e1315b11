import { listDestinations, wayTo, type End } from '../destinations.ts';
import type { Journey } from '../journey.ts';
import type { TraceStep } from '../trace.ts';

/** An end, and what led to it. */
export interface ReachedEnd extends End {
  /** What was decided on the way from the recipient, in order. */
  readonly steps: readonly TraceStep[];
}

/**
 * Where the mail for each recipient of the envelope ends, in their order. A recipient that another one's delivery covers
 * has no end of its own. No agent gets what is refused: such an end has no transport.
 * @param options.isAccepted where it would go if it were accepted, for a recipient that is refused
 */
export function listReachedEnds(
  journey: Journey,
  { isAccepted = false }: { readonly isAccepted?: boolean } = {},
): readonly (readonly ReachedEnd[])[] {
  const ofMessages = new Map(journey.messages.map(({ number, steps }) => [number, steps] as const));
  const ofRoots = new Map<number, ReachedEnd[]>();
  for (const [id, { parent, message }] of journey.nodes.entries()) {
    if (parent === undefined && message === 1) ofRoots.set(id, []);
  }
  for (const destination of listDestinations(isAccepted ? withoutRefusals(journey) : journey)) {
    const { root, node, message, isWhole, ...end } = destination;
    const own = wayTo(node, journey).flatMap(({ steps }) => steps);
    ofRoots.get(root)?.push({
      ...end,
      ...(end.status === 'rejected' && { transport: '', nexthop: '' }),
      // What was decided about the message as a whole ended it last.
      steps: isWhole ? [...own, ...(ofMessages.get(message) ?? [])] : own,
    });
  }
  return [...ofRoots.values()];
}

/** The journey as it would be if access rules let everybody in: what it tells below a refusal is no guess then. */
function withoutRefusals({ messages, nodes, ...journey }: Journey): Journey {
  const guessed = new Set(messages.filter(({ isHypothetical }) => isHypothetical).map(({ number }) => number));
  const withGuess = new Set(nodes.flatMap(({ parent, message }) => (guessed.has(message) ? [parent] : [])));
  return {
    ...journey,
    messages: messages.map((message) =>
      message.number === 1 && guessed.size > 0 ? { ...message, state: 'queued' } : message,
    ),
    nodes: nodes.map((node, id) => {
      if (!withGuess.has(id) || node.delivery?.status !== 'rejected') return node;
      const { delivery: _, ...rest } = node;
      return rest;
    }),
  };
}
