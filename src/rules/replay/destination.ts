import type { Act, Delivery, Journey, JourneyMessage, JourneyNode, NodeId } from '../journey.ts';
import type { DeliveryStatus, TraceStep } from '../trace.ts';

/** One place where mail for a recipient ends. Texts are octets. */
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
  /** What the log would call relay. */
  readonly relay: string;
  /** What was decided on the way from the recipient, in order. */
  readonly steps: readonly TraceStep[];
}

/** Which way is followed. */
interface DestinationOptions {
  /** Where it would go if it were accepted, for a recipient that is refused. */
  readonly isAccepted?: boolean;
}

/**
 * Where the mail for each recipient of the envelope ends, in their order: through aliases and forwarded messages, to
 * what is delivered, refused, held or thrown away. A recipient that another one's delivery covers has no end of its own.
 */
export function listDestinations(
  { messages, nodes }: Journey,
  { isAccepted = false }: DestinationOptions = {},
): readonly (readonly Destination[])[] {
  const kept = new Map(messages.map((message) => [message.number, message]));
  const below = new Map<NodeId | undefined, NodeId[]>();
  for (const [id, { parent }] of nodes.entries()) {
    const siblings = below.get(parent);
    if (siblings === undefined) below.set(parent, [id]);
    else siblings.push(id);
  }
  const roots = (below.get(undefined) ?? []).filter((id) => nodes[id]?.message === 1);
  return roots.map((root) => {
    const ends: Destination[] = [];
    // Not by recursion: aliases may be as deep as a hostile table makes them.
    const open = [{ id: root, steps: [] as readonly TraceStep[] }];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const node = nodes[next.id];
      if (node === undefined) continue;
      const message = kept.get(node.message);
      const steps = [...next.steps, ...node.steps];
      const further = (below.get(next.id) ?? []).filter((id) => {
        const isHypothetical = kept.get(nodes[id]?.message ?? 0)?.isHypothetical === true;
        return isAccepted || !isHypothetical || message?.isHypothetical === true;
      });
      const end = toEnd(node, message, further.length === 0);
      if (end !== undefined && !(isAccepted && end.status === 'rejected' && further.length > 0)) {
        ends.push({ ...end, steps: [...(end.transport === '' ? (message?.steps ?? []) : []), ...steps] });
      }
      for (const id of further.toReversed()) open.push({ id, steps });
    }
    return ends;
  });
}

function toEnd(
  { delivery, address }: JourneyNode,
  message: JourneyMessage | undefined,
  isLeaf: boolean,
): Omit<Destination, 'steps'> | undefined {
  if (delivery !== undefined) return isForward(delivery) ? undefined : toDelivered(delivery);
  if (!isLeaf || message === undefined || message.state === 'queued') return undefined;
  const { state, reason = '' } = message;
  const dsn = /^\d{3} (\d\.\d+\.\d+)/.exec(reason)?.[1] ?? '';
  return {
    status: state,
    transport: '',
    nexthop: '',
    recipient: address,
    target: '',
    dsn,
    text: reason,
    relay: 'none',
  };
}

/** A message was made of it: that one's ends count. */
function isForward({ forwardedAs }: Delivery): boolean {
  return forwardedAs !== undefined;
}

function toDelivered({
  status,
  transport,
  nexthop,
  recipient,
  dsn,
  text,
  relay,
  act,
}: Delivery): Omit<Destination, 'steps'> {
  const isRefused = status === 'rejected';
  return {
    status,
    transport: isRefused ? '' : transport,
    nexthop: isRefused ? '' : nexthop,
    recipient,
    target: act === undefined ? '' : toTarget(act),
    dsn,
    text,
    relay,
  };
}

function toTarget(act: Act): string {
  switch (act.kind) {
    case 'mailbox':
      return act.path;
    case 'command':
      return `|${act.command}`;
    case 'pipe':
      return `|${act.argv.join(' ')}`;
    case 'smtp':
    case 'lmtp':
      return '';
  }
}
