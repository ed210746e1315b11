import { findAddress } from '../address/find-address.ts';
import { openEnds } from '../delivery/ends.ts';
import { toMailboxHead } from '../delivery/mailbox-head.ts';
import { isForeignMailbox, writeMailbox, type MailboxAct } from '../delivery/mailbox-act.ts';
import type { Octets } from '../octets.ts';
import type { Deliver, DeliveryContext, DeliveryRequest } from '../qmgr/agent.ts';
import type { Ending } from '../qmgr/end-recipient.ts';
import type { QueueRecipient } from '../qmgr/queued-message.ts';
import { foldKey, isUtf8 } from '../tables/fold-key.ts';
import { LookupError } from '../tables/lookup-table.ts';
import type { TraceStep } from '../trace.ts';
import type { View } from '../world.ts';

/** Delivers as virtual(8) does: into the mailboxes of virtual_mailbox_maps. @see virtual(8) */
export const deliverVirtual: Deliver = (request, context) => {
  const view = context.world.view(`${request.transport}/unix`);
  const ends = openEnds(request, context, { view, filter: 'virtual_delivery_status_filter' });
  for (const recipient of request.recipients) {
    const { address } = recipient;
    const user = foldKey(address, isUtf8(address));
    ends.end(recipient, deliverRecipient({ request, context, view, recipient, user }));
  }
  return ends.records;
};

interface Run {
  readonly request: DeliveryRequest;
  readonly context: DeliveryContext;
  readonly view: View;
  readonly recipient: QueueRecipient;
  /** The address in lower case: what tables are asked for. */
  readonly user: Octets;
}

const MISCONFIGURED = { status: 'deferred', dsn: '4.3.5', text: 'mail system configuration error' } as const;

function deliverRecipient(run: Run): Ending {
  const fatal = findFatal(run.view);
  if (fatal !== undefined) return endWithDaemon(run, fatal);
  const mailbox = find(run, 'virtual_mailbox_maps');
  if (mailbox === undefined) return { status: 'bounced', dsn: '5.1.1', text: `unknown user: "${run.user}"` };
  if (typeof mailbox !== 'string') {
    return misconfigured(run, `table virtual_mailbox_maps: lookup ${run.user}: ${mailbox.problem}`);
  }
  const uid = findNumber(run, 'uid');
  if (typeof uid !== 'number') return uid;
  const gid = findNumber(run, 'gid');
  if (typeof gid !== 'number') return gid;
  return deliverTo(run, { path: `${run.view.get('virtual_mailbox_base')}/${mailbox}`, uid, gid });
}

/** Why the daemon ends, in its last words. */
interface Fatal {
  readonly words: Octets;
  /** QUIRK: where it ends before it says that it is there, mail isn't even deferred. */
  readonly waitsIn: 'active' | 'deferred';
}

function findFatal(view: View): Fatal | undefined {
  return view.once('virtual-fatal', () => {
    const base = view.get('virtual_mailbox_base');
    const limit = view.integer('virtual_mailbox_limit');
    const messageLimit = view.integer('message_size_limit');
    if (limit !== 0 && (limit < messageLimit || messageLimit === 0)) {
      const words = 'configuration error: virtual_mailbox_limit is smaller than message_size_limit';
      return { words, waitsIn: 'active' };
    }
    if (base === '') return { words: 'bad string length 0 < 1: virtual_mailbox_base = ', waitsIn: 'active' };
    if (base.startsWith('/')) return undefined;
    return { words: `do not specify relative pathname: virtual_mailbox_base = ${base}`, waitsIn: 'deferred' };
  });
}

function endWithDaemon(run: Run, { words, waitsIn }: Fatal): Ending {
  log(run, `fatal: ${words}`);
  note(run, { stage: 'virtual', note: words });
  const text = waitsIn === 'active' ? 'mail transport unavailable' : 'unknown mail transport error';
  return { status: 'deferred', dsn: '4.3.0', text, waitsIn };
}

/** What a table has for the user; extensions don't count unless they are in it. */
function find(run: Run, parameter: Octets): Octets | LookupError | undefined {
  const { context, view, recipient, user } = run;
  const steps: TraceStep[] = [];
  try {
    const warn = (text: Octets): void => log(run, text);
    return findAddress(user, view.maps(parameter), { world: context.world, view, stage: 'virtual', steps, warn })
      ?.value;
  } catch (error) {
    if (!(error instanceof LookupError)) throw error;
    return error;
  } finally {
    context.trail.note(recipient.node, steps);
  }
}

/** The owner of the mailbox, or its group. */
function findNumber(run: Run, what: 'uid' | 'gid'): number | Ending {
  const parameter = `virtual_${what}_maps`;
  const found = find(run, parameter);
  if (typeof found !== 'string') return misconfigured(run, `recipient ${run.user}: not found in ${parameter}`);
  // As atol(3): digits at the beginning count.
  const number = Number(/^\s*([+-]?[0-9]+)/.exec(found)?.[1] ?? '0');
  const least = what === 'uid' ? run.view.integer('virtual_minimum_uid') : 1;
  return number < least ? misconfigured(run, `recipient ${run.user}: bad ${what} ${found} in ${parameter}`) : number;
}

function misconfigured(run: Run, problem: Octets): Ending {
  log(run, `warning: ${problem}`);
  note(run, { stage: 'virtual', note: problem });
  return MISCONFIGURED;
}

function deliverTo(run: Run, { path, uid, gid }: Pick<MailboxAct, 'path' | 'uid' | 'gid'>): Ending {
  const { request, context, view, recipient } = run;
  const { sender } = request.message;
  const head = toMailboxHead({ sender, original: recipient.original, delivered: recipient.address }, view);
  const format = path.endsWith('/') ? 'maildir' : 'mbox';
  const act: MailboxAct = { kind: 'mailbox', format, path, head, uid, gid };
  if (format === 'mbox' && isForeignMailbox(act, view, context.world)) {
    log(run, 'warning: specify "strict_mailbox_ownership = no" to ignore mailbox ownership mismatch');
    const text = `delivery failed to mailbox ${path}: destination ${path} is not owned by recipient`;
    return { status: 'deferred', dsn: '4.2.0', text };
  }
  const limitBytes = view.integer('virtual_mailbox_limit');
  const outcome = writeMailbox(act, { request, context, recipient, sender, limitBytes });
  if (outcome.status === 'sent') return { act, ...outcome };
  const about = format === 'maildir' ? 'maildir delivery failed' : `delivery failed to mailbox ${path}`;
  return { act, ...outcome, text: `${about}: ${outcome.text}` };
}

function log({ request, context }: Run, text: Octets): void {
  context.trail.log(request.message.number, { program: 'virtual', text, isBare: true });
}

function note({ context, recipient }: Run, step: TraceStep): void {
  context.trail.note(recipient.node, [step]);
}
