import type { Explained } from '../../rules/explain.ts';
import type { JourneyNode, NodeId } from '../../rules/journey.ts';
import type { RecordedAnswers } from '../../rules/question.ts';
import { WHEN_ASKED_MS, type NewDelivery, type Verdict } from '../../store/delivery.ts';

/**
 * What is kept of a decision. What is deferred was only thought of: it waits in the queue until somebody asks for it.
 * @param policyAnswers what policy servers said about it
 */
export function toVerdict({ journey, edits }: Explained, policyAnswers?: RecordedAnswers): Verdict {
  const hypothetical = new Set(
    journey.messages.filter((message) => message.isHypothetical).map(({ number }) => number),
  );
  const deliveries = journey.nodes.flatMap((node, id): readonly NewDelivery[] => {
    const { delivery, message } = node;
    const recipient = findRoot(journey.nodes, id);
    // Notices about a mail have recipients of their own, which hang below nobody.
    if (delivery === undefined || recipient === undefined || hypothetical.has(message)) return [];
    const { recipient: address, transport, nexthop, status, dsn, text, waitsIn = 'deferred' } = delivery;
    const ended = { recipient, address, transport, nexthop, status, dsn, text, node: id };
    if (status !== 'deferred') return [{ ...ended, state: 'none' }];
    return [{ ...ended, state: waitsIn, nextAttemptAtMs: WHEN_ASKED_MS }];
  });
  return { journey: policyAnswers === undefined ? journey : { ...journey, policyAnswers }, queued: edits, deliveries };
}

/** The recipient of the envelope, by its index, that a node came of. They are the first nodes, in their order. */
function findRoot(nodes: readonly JourneyNode[], id: NodeId): number | undefined {
  let at = id;
  for (let node = nodes[at]; node?.parent !== undefined; node = nodes[at]) at = node.parent;
  return nodes[at]?.message === 1 ? at : undefined;
}
