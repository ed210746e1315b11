import { listDestinations as listEnds, placeOf, wayTo } from '../destinations.ts';
import type { Journey } from '../journey.ts';
import type { DeliveryStatus, TraceStep } from '../trace.ts';

/** One place where mail for a recipient ends, by itself: of a journey, or of a log. Texts are octets. */
export interface Destination {
  readonly status: DeliveryStatus;
  /** Empty where no agent gets it: refused, held. */
  readonly transport: string;
  readonly nexthop: string;
  /** The final address. */
  readonly recipient: string;
  /** The mailbox, file or command; empty where it goes to another host, or nowhere. */
  readonly target: string;
  readonly dsn: string;
  /** Postfix's words. */
  readonly text: string;
  /** What was decided on the way from the recipient, in order. */
  readonly steps: readonly TraceStep[];
}

/**
 * Where the mail for each recipient of the envelope ends, in their order. A recipient that another one's delivery covers
 * has no end of its own.
 * @param options.isAccepted where it would go if it were accepted, for a recipient that is refused
 */
export function listDestinations(
  journey: Journey,
  { isAccepted = false }: { readonly isAccepted?: boolean } = {},
): readonly (readonly Destination[])[] {
  const followed = isAccepted ? withoutRefusals(journey) : journey;
  const roots = new Map<number, Destination[]>();
  for (const [id, { parent, message }] of journey.nodes.entries()) {
    if (parent === undefined && message === 1) roots.set(id, []);
  }
  for (const { root, node, message, isWhole, ...end } of listEnds(followed)) {
    const isRefused = end.status === 'rejected';
    const whole = journey.messages.find(({ number }) => number === message)?.steps ?? [];
    const own = wayTo(node, journey).flatMap(({ steps }) => steps);
    const isSent = end.act?.kind !== 'smtp' && end.act?.kind !== 'lmtp';
    roots.get(root)?.push({
      status: end.status,
      transport: isRefused ? '' : end.transport,
      nexthop: isRefused ? '' : end.nexthop,
      recipient: end.recipient,
      target: isSent ? (placeOf(end) ?? '') : '',
      dsn: end.dsn,
      text: end.text,
      // What was decided about the message as a whole ended it last.
      steps: isWhole ? [...own, ...whole] : own,
    });
  }
  return [...roots.values()];
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
