import type { Octets } from '../octets.ts';
import type { DeliveryRecord, ExpansionReport } from '../qmgr/agent.ts';
import type { QueuedMessage } from '../qmgr/queued-message.ts';
import type { View } from '../world.ts';
import type { TemplateClass } from './built-in-templates.ts';

/** A message that Postfix sends about another. */
export interface Notice {
  readonly kind: 'bounce' | 'dsn' | 'postmaster';
  readonly template: Extract<TemplateClass, 'failure' | 'success'>;
  /** Empty: the null sender. */
  readonly sender: Octets;
  readonly recipient: Octets;
  /** What it tells of. */
  readonly reports: readonly Report[];
  /** How much of the message comes with it. */
  readonly returns: 'full' | 'headers';
  /** Whether it is the postmaster's copy: without words of comfort. */
  readonly isCopy: boolean;
}

/** What is told about one recipient. */
export interface Report {
  readonly of: DeliveryRecord['of'];
  readonly action: 'failed' | 'delivered' | 'relayed' | 'expanded';
  readonly dsn: string;
  readonly text: Octets;
  readonly relay: Octets;
  /** Who made the text: the mail system, or a program that it ran. */
  readonly diagnosedBy: 'postfix' | 'unix';
}

/**
 * What Postfix sends after a message was delivered once: to the sender what failed, and what succeeded if that was asked
 * for; to the postmaster what notify_classes says.
 * @param view bounce(8)'s
 * @see bounce(8); postconf(5), notify_classes; RFC 3461 §4.1, NOTIFY
 */
export function listNotices(
  message: QueuedMessage,
  { records, expanded }: { readonly records: readonly DeliveryRecord[]; readonly expanded: readonly ExpansionReport[] },
  view: View,
): readonly Notice[] {
  return [...listFailureNotices(message, records, view), ...listSuccessNotices(message, { records, expanded }, view)];
}

function listFailureNotices(message: QueuedMessage, records: readonly DeliveryRecord[], view: View): readonly Notice[] {
  const bounced = records.filter(({ status }) => status === 'bounced');
  const failed = bounced.filter(({ notifies }) => notifies === undefined).map((record) => toReport(record, 'failed'));
  const forOwners = bounced.flatMap((record) => toOwnerNotice(record, message));
  const { sender } = message;
  const doubleBounce = getDoubleBounceAddress(view);
  if (failed.length === 0 || sender.toLowerCase() === doubleBounce.toLowerCase()) return forOwners;
  const classes = view.words('notify_classes').map((word) => word.toLowerCase());
  const common = { template: 'failure', sender: doubleBounce, reports: failed } as const;
  if (sender === '') {
    // Nobody is left to be told but the postmaster.
    if (!classes.includes('bounce') && !classes.includes('2bounce')) return forOwners;
    const recipient = view.get('2bounce_notice_recipient');
    return [...forOwners, { ...common, kind: 'postmaster', recipient, returns: 'full', isCopy: true }];
  }
  const wanted = failed.filter(({ of }) => of.notify.length === 0 || of.notify.includes('FAILURE'));
  const bounce: Notice = {
    ...common,
    kind: 'bounce',
    sender: '',
    recipient: sender,
    reports: wanted,
    returns: message.ret === 'HDRS' ? 'headers' : 'full',
    isCopy: false,
  };
  const copy: Notice = {
    ...common,
    kind: 'postmaster',
    recipient: view.get('bounce_notice_recipient'),
    returns: 'headers',
    isCopy: true,
  };
  return [...forOwners, ...(wanted.length > 0 ? [bounce] : []), ...(classes.includes('bounce') ? [copy] : [])];
}

/** What fails behind an alias with an owner is told to the owner, each recipient by itself. */
function toOwnerNotice(record: DeliveryRecord, { ret }: QueuedMessage): readonly Notice[] {
  const { notifies } = record;
  if (notifies === undefined) return [];
  return [
    {
      kind: 'bounce',
      template: 'failure',
      sender: '',
      recipient: notifies,
      reports: [toReport(record, 'failed')],
      returns: ret === 'HDRS' ? 'headers' : 'full',
      isCopy: false,
    },
  ];
}

function listSuccessNotices(
  { sender }: QueuedMessage,
  { records, expanded }: { readonly records: readonly DeliveryRecord[]; readonly expanded: readonly ExpansionReport[] },
  view: View,
): readonly Notice[] {
  const reports = [
    ...expanded.map(toExpansion),
    ...records
      .filter(({ status, of }) => status === 'sent' && of.notify.includes('SUCCESS'))
      .map((record) => toReport(record, hasLeft(record) ? 'relayed' : 'delivered')),
  ];
  if (reports.length === 0 || sender === '') return [];
  if (sender.toLowerCase() === getDoubleBounceAddress(view).toLowerCase()) return [];
  return [
    {
      kind: 'dsn',
      template: 'success',
      sender: '',
      recipient: sender,
      reports,
      returns: 'headers',
      isCopy: false,
    },
  ];
}

/** From whom notices about bounces come: what bounces from there is dropped. */
export function getDoubleBounceAddress(view: View): Octets {
  return `${view.get('double_bounce_sender')}@${view.get('myorigin')}`;
}

function toExpansion({ of, relay, isDelivered }: ExpansionReport): Report {
  const action = isDelivered ? 'delivered' : 'expanded';
  return { of, relay, action, dsn: '2.0.0', text: 'alias expanded', diagnosedBy: 'postfix' };
}

function toReport({ of, relay, dsn, text, act }: DeliveryRecord, action: Report['action']): Report {
  const isForeign = act?.kind === 'pipe' || act?.kind === 'command';
  return { of, relay, dsn, text, action, diagnosedBy: isForeign && action === 'failed' ? 'unix' : 'postfix' };
}

/** Whether it went to another mail system, which may yet fail to deliver it. */
function hasLeft({ act }: DeliveryRecord): boolean {
  return act?.kind === 'smtp' || act?.kind === 'lmtp' || act?.kind === 'pipe';
}
