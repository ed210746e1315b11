import { openEnds } from '../delivery/ends.ts';
import type { Octets } from '../octets.ts';
import type { Deliver } from '../qmgr/agent.ts';
import type { QueueRecipient } from '../qmgr/queued-message.ts';
import { findDeliveredTo } from './delivered-to.ts';
import { openForwards } from './forwards.ts';
import { deliverRecipient } from './recipient.ts';
import { sendForwards } from './send-forwards.ts';
import { readLocalSettings } from './settings.ts';
import { fail, NO_RIGHTS, type Run, type Way } from './way.ts';

/** Delivers as local(8) does: to aliases, .forward files, mailboxes, commands and files. @see local(8) */
export const deliverLocal: Deliver = (request, context) => {
  const { message, transport } = request;
  const view = context.world.view(`${transport}/unix`);
  const settings = readLocalSettings(view);
  const ends = openEnds(request, context, { view, filter: 'local_delivery_status_filter' });
  const wasDeliveredTo = findDeliveredTo(message.content(), view.integer('line_length_limit'));
  for (const recipient of request.recipients) {
    const seen = openSeen(settings.duplicateLimit);
    const run: Run = { request, context, view, settings, ends, ...seen, wasDeliveredTo, forwards: openForwards() };
    const way = toFirstWay(recipient, message.sender);
    if (settings.fatal === undefined) {
      const result = deliverRecipient(run, way);
      sendForwards(run, way, result === 'later');
    } else {
      context.trail.log(message.number, { program: 'local', text: `fatal: ${settings.fatal}`, isBare: true });
      fail(run, way, 'deferred', ['4.3.0', 'mail transport unavailable']);
    }
  }
  return ends.records;
};

function toFirstWay(recipient: QueueRecipient, sender: Octets): Way {
  return {
    level: 0,
    recipient,
    sender,
    local: '',
    user: '',
    extension: undefined,
    domain: '',
    unmatched: undefined,
    owner: undefined,
    delivered: undefined,
    expansion: undefined,
    expandedFrom: undefined,
    rights: NO_RIGHTS,
  };
}

/** What has been done for a recipient, whatever its case. @param limit how many things are remembered; 0: all */
function openSeen(limit: number): Pick<Run, 'seen' | 'hasSeen'> {
  const things = new Set<Octets>();
  return {
    seen(what) {
      const key = what.toLowerCase();
      if (things.has(key)) return true;
      if (limit <= 0 || things.size < limit) things.add(key);
      return false;
    },
    hasSeen: (what) => things.has(what.toLowerCase()),
  };
}
