import { openEnds } from '../delivery/ends.ts';
import { toMailboxHead } from '../delivery/mailbox-head.ts';
import type { MailboxHead } from '../journey.ts';
import { findDeliveredTo } from '../local/delivered-to.ts';
import type { Octets } from '../octets.ts';
import type { Deliver, DeliveryContext, DeliveryRequest } from '../qmgr/agent.ts';
import { endRecipient, type Ending } from '../qmgr/end-recipient.ts';
import type { QueuedMessage, QueueRecipient } from '../qmgr/queued-message.ts';
import type { View } from '../world.ts';
import { expandCommand } from './expand-command.ts';
import { readPipeOptions, type PipeOptions } from './pipe-options.ts';

/** What the queue manager says: the program ends when it starts. */
const UNAVAILABLE = { status: 'deferred', dsn: '4.3.0', text: 'mail transport unavailable' } as const;
const MISCONFIGURED = { status: 'deferred', dsn: '4.3.5', text: 'mail system configuration error' } as const;

/** What pipe(8) does: it hands the recipients of a delivery to a command, all of them at once. @see pipe(8) */
export const deliverByPipe: Deliver = (request, context) => {
  const decided = decide(request, context);
  if (decided === undefined) {
    // No status filter of pipe(8) sees it.
    return request.recipients.map((recipient) => endRecipient(recipient, UNAVAILABLE, { request, context }));
  }
  const view = context.world.view(`${request.transport}/unix`);
  const ends = openEnds(request, context, { view, filter: 'pipe_delivery_status_filter' });
  for (const recipient of request.recipients) {
    ends.end(recipient, 'status' in decided ? decided : perform(decided, recipient, { request, context }));
  }
  return ends.records;
};

interface Command {
  readonly options: PipeOptions;
  readonly argv: readonly Octets[];
}

/** The command, or how all recipients end without it; undefined if nobody decides, since the program doesn't run. */
function decide(request: DeliveryRequest, { world }: DeliveryContext): Command | Ending | undefined {
  const { message, transport, recipients } = request;
  const entry = world.findTransport(transport);
  const options = entry && readPipeOptions(entry);
  if (options === undefined || 'fatal' in options) return undefined;
  const wantsOne = options.flags.has('D') || options.flags.has('O');
  if (wantsOne && recipients.length > 1) return MISCONFIGURED;
  if (options.sizeLimit > 0 && message.sizeBytes > options.sizeLimit) {
    return { status: 'bounced', dsn: '5.2.3', text: 'message too large' };
  }
  const [first] = recipients;
  const view = world.view(`${transport}/unix`);
  if (options.flags.has('D') && first && isLoop(first.address, message, view)) {
    return { status: 'bounced', dsn: '5.4.6', text: `mail forwarding loop for ${first.address}` };
  }
  const argv = expandCommand(options, request, view);
  return argv === undefined ? MISCONFIGURED : { options, argv };
}

function isLoop(address: Octets, message: QueuedMessage, view: View): boolean {
  return findDeliveredTo(message.content(), view.integer('line_length_limit'))(address);
}

function perform(
  { options, argv }: Command,
  recipient: QueueRecipient,
  { request, context }: { readonly request: DeliveryRequest; readonly context: DeliveryContext },
): Ending {
  const { message, transport, nexthop } = request;
  const { flags, user, directory } = options;
  const act = {
    kind: 'pipe',
    argv,
    flags: [...flags].join(''),
    user,
    directory,
    head: toHead(message, recipient, { ...options, view: context.world.view(`${transport}/unix`) }),
  } as const;
  const success = { status: 'sent', dsn: '2.0.0', text: `delivered via ${transport} service` } as const;
  return { act, ...context.agent.perform(act, { message, transport, nexthop, recipient, success }) };
}

/** The headers that the flags ask for. */
function toHead(
  { sender }: QueuedMessage,
  { address, original }: QueueRecipient,
  { flags, nullSender, view }: Pick<PipeOptions, 'flags' | 'nullSender'> & { readonly view: View },
): MailboxHead {
  const head = toMailboxHead(
    {
      sender: sender === '' ? nullSender : sender,
      original: flags.has('O') ? original : '',
      delivered: flags.has('D') ? address : undefined,
    },
    view,
  );
  return flags.has('R') ? head : head.filter(([name]) => name !== 'Return-Path');
}
