import { deliverDiscard } from '../error/deliver-discard.ts';
import { deliverError } from '../error/deliver-error.ts';
import { deliverLocal } from '../local/deliver-local.ts';
import { deliverByPipe } from '../pipe/deliver-pipe.ts';
import { deliverBySmtp } from '../smtp/deliver-smtp.ts';
import { deliverVirtual } from '../virtual/deliver-virtual.ts';
import type { Deliver, DeliveryContext, DeliveryRecord, DeliveryRequest } from './agent.ts';
import { endRecipient } from './end-recipient.ts';
import { groupRecipients } from './group.ts';
import { toVerpSender } from '../address/verp.ts';
import type { QueuedMessage } from './queued-message.ts';
import { routeRecipients } from './route.ts';

/** Postfix's delivery agents, by the last part of a service's command. */
const AGENTS: ReadonlyMap<string, Deliver> = new Map([
  ['discard', deliverDiscard],
  ['error', deliverError],
  ['lmtp', deliverBySmtp],
  ['local', deliverLocal],
  ['pipe', deliverByPipe],
  ['smtp', deliverBySmtp],
  ['virtual', deliverVirtual],
]);

/** Delivers a message once, as the queue manager does when it takes it up. @returns how each recipient ended */
export function deliverMessage(message: QueuedMessage, context: DeliveryContext): readonly DeliveryRecord[] {
  const { routed, ended } = routeRecipients(message, context);
  const requests = groupRecipients(message, routed, context.world.view('qmgr/unix'));
  return [...ended, ...requests.flatMap((request) => deliverRequest(withVerpSender(request), context))];
}

/** With XVERP the sender tells whom the delivery, of one recipient alone, is for. @see VERP_README */
function withVerpSender(request: DeliveryRequest): DeliveryRequest {
  const { message, recipients } = request;
  const { sender, verp } = message;
  const [recipient] = recipients;
  if (verp === undefined || recipient === undefined) return request;
  return {
    ...request,
    message: { ...message, sender: toVerpSender(sender, recipient.original || recipient.address, verp) },
  };
}

/** Hands recipients to a transport's delivery agent. Where master.cf has no such service nobody answers, and they wait. */
export function deliverRequest(request: DeliveryRequest, context: DeliveryContext): readonly DeliveryRecord[] {
  const service = context.world.findTransport(request.transport);
  const program = service?.fields.command.split('/').at(-1) ?? '';
  const agent = AGENTS.get(program);
  if (agent !== undefined) return agent(request, context);
  const text =
    service === undefined
      ? 'mail transport unavailable'
      : `${program} is no delivery agent of Postfix: nobody knows what it would do`;
  return request.recipients.map((recipient) =>
    endRecipient(recipient, { status: 'deferred', dsn: '4.3.0', text, relay: 'none' }, { request, context }),
  );
}
