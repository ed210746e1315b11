import type { NodeId } from '../journey.ts';
import type { Octets } from '../octets.ts';
import type { DeliveryContext, DeliveryRecord, DeliveryRequest } from '../qmgr/agent.ts';
import { endRecipient, type Ending } from '../qmgr/end-recipient.ts';
import type { QueueRecipient } from '../qmgr/queued-message.ts';
import type { View } from '../world.ts';
import { filterStatus } from './status-filter.ts';

/** What a delivery agent writes its results to. */
export interface Ends {
  /**
   * Writes an end into the trail and the records.
   * @param notifies who is told at once that it failed, instead of the message's sender; if they can't be, it hasn't failed
   * @returns whether Postfix would try again
   */
  end(recipient: QueueRecipient, ending: Ending, notifies?: Octets): boolean;
  /** With NOTIFY=SUCCESS the sender is told of this, though nothing ended here. */
  tell(recipient: QueueRecipient, told: 'expanded' | 'delivered'): void;
  /** Records of another agent, which wrote them into the trail itself. @returns whether Postfix would try again */
  take(records: readonly DeliveryRecord[]): boolean;
  readonly records: readonly DeliveryRecord[];
}

/** What a request's recipients have in common. */
interface EndsOptions {
  readonly view: View;
  /** `local_delivery_status_filter` or another agent's. */
  readonly filter: Octets;
}

/** Starts writing down how a request's recipients end. */
export function openEnds(request: DeliveryRequest, context: DeliveryContext, { view, filter }: EndsOptions): Ends {
  const { trail } = context;
  const records: DeliveryRecord[] = [];
  const ended = new Set<NodeId>();
  const maps = view.maps(filter);
  return {
    records,
    end(recipient, ending, notifies) {
      const { node: parent, address } = recipient;
      // A recipient that is forwarded twice, to two senders say, has two ends.
      const node = ended.has(parent) ? trail.branch({ message: request.message.number, address, parent }) : parent;
      ended.add(node);
      const at = { ...recipient, node };
      const plain = endRecipient(at, filterStatus(ending, maps), { request, context });
      const record = notifies === undefined ? plain : { notifies, ...plain };
      const isTold =
        record.status !== 'bounced' || notifies === undefined || context.tellOwner(record, request.message);
      records.push(isTold ? record : endRecipient(at, toUntold(ending, view), { request, context }));
      return !isTold || record.status === 'deferred';
    },
    tell(recipient, told) {
      trail.note(recipient.node, [{ stage: 'bounce', note: `NOTIFY=SUCCESS: the sender is told that it was ${told}` }]);
      context.report({ of: recipient, relay: request.transport, ...(told === 'delivered' && { isDelivered: true }) });
    },
    take(taken) {
      records.push(...taken);
      return taken.some(({ status }) => status === 'deferred');
    },
  };
}

/** Whoever should be told can't be. */
function toUntold({ relay }: Ending, view: View): Ending {
  const text = `${view.get('bounce_service_name')} or ${view.get('trace_service_name')} service failure`;
  return { status: 'deferred', dsn: '4.3.0', text, ...(relay !== undefined && { relay }) };
}
