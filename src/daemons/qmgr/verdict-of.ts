import type { Explained } from '../../rules/explain.ts';
import type { JourneyNode, NodeId } from '../../rules/journey.ts';
import type { NewDelivery, Verdict } from '../../store/delivery.ts';

/**
 * What is kept of a decision. Nothing is waiting in the queue: what is deferred or held is so in a journey that was only
 * thought of.
 */
export function toVerdict({ journey, edits }: Explained): Verdict {
  const hypothetical = new Set(
    journey.messages.filter((message) => message.isHypothetical).map(({ number }) => number),
  );
  const deliveries = journey.nodes.flatMap((node, id): readonly NewDelivery[] => {
    const { delivery, message, steps } = node;
    const recipient = findRoot(journey.nodes, id);
    // Notices about a mail have recipients of their own, which hang below nobody.
    if (delivery === undefined || recipient === undefined || hypothetical.has(message)) return [];
    const { recipient: address, transport, nexthop, status, dsn, text } = delivery;
    return [{ recipient, address, transport, nexthop, status, dsn, text, trace: steps, state: 'none' }];
  });
  return { journey, queued: edits, deliveries };
}

/** The recipient of the envelope, by its index, that a node came of. They are the first nodes, in their order. */
function findRoot(nodes: readonly JourneyNode[], id: NodeId): number | undefined {
  let at = id;
  for (let node = nodes[at]; node?.parent !== undefined; node = nodes[at]) at = node.parent;
  return nodes[at]?.message === 1 ? at : undefined;
}
