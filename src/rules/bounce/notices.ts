import { toVerpSender, type VerpDelimiters } from '../address/verp.ts';
import type { Octets } from '../octets.ts';
import type { DeliveryRecord, ExpansionReport } from '../qmgr/agent.ts';
import type { QueuedMessage } from '../qmgr/queued-message.ts';
import type { View } from '../world.ts';
import type { TemplateClass } from './built-in-templates.ts';
import { readNotifyClasses } from './error-class.ts';

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
  /** What is logged of the message if cleanup(8) refuses the notice: then it stays in the queue. Otherwise the notice is lost. */
  readonly holdsBack: 'bounce failed' | 'trace failed' | undefined;
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
  const failed = records
    .filter(({ status, notifies }) => status === 'bounced' && notifies === undefined)
    .map((record) => toReport(record, 'failed'));
  const { sender } = message;
  if (failed.length === 0 || isDoubleBounce(sender, view)) return [];
  if (sender !== '') {
    const wanted = failed.filter(({ of }) => isTold(of));
    if (message.verp !== undefined) {
      return listVerpNotices({ ...message, verp: message.verp }, failed, view);
    }
    const bounce = toBounce({ recipient: sender, reports: wanted }, message);
    return [...(wanted.length > 0 ? [bounce] : []), ...listCopies(failed, view)];
  }
  // Nobody is left to be told but the postmaster.
  const classes = readNotifyClasses(view);
  if (!classes.has('bounce') && !classes.has('2bounce')) return [];
  const recipient = view.get('2bounce_notice_recipient');
  return [{ ...toCopy({ recipient, reports: failed }, view), returns: 'full', holdsBack: 'bounce failed' }];
}

/** With XVERP each recipient's failure is told by itself, to its own return path. @see VERP_README */
function listVerpNotices(
  message: QueuedMessage & { readonly verp: VerpDelimiters },
  failed: readonly Report[],
  view: View,
): readonly Notice[] {
  const { sender, verp } = message;
  return failed.flatMap((report) => {
    const { original, address } = report.of;
    const told = { recipient: toVerpSender(sender, original || address, verp), reports: [report] };
    return [...(isTold(report.of) ? [toBounce(told, message)] : []), ...listCopies([report], view)];
  });
}

/**
 * What is sent at once when a recipient fails behind an alias with an owner: to the owner, and maybe to the postmaster.
 * @param view bounce(8)'s
 */
export function listOwnerNotices(record: DeliveryRecord, message: QueuedMessage, view: View): readonly Notice[] {
  const { notifies } = record;
  if (notifies === undefined) return [];
  const reports = [toReport(record, 'failed')];
  const bounce = toBounce({ recipient: notifies, reports }, message);
  return [...(isTold(record.of) ? [bounce] : []), ...listCopies(reports, view)];
}

/** Whether a recipient's failure is told to whom it concerns. @see RFC 3461 §4.1 */
function isTold({ notify }: Report['of']): boolean {
  return notify.length === 0 || notify.includes('FAILURE');
}

function toBounce(told: Pick<Notice, 'recipient' | 'reports'>, { ret }: QueuedMessage): Notice {
  const returns = ret === 'HDRS' ? 'headers' : 'full';
  const common = { kind: 'bounce', template: 'failure', sender: '', isCopy: false } as const;
  return { ...common, ...told, returns, holdsBack: 'bounce failed' };
}

/** With `bounce` among notify_classes, the postmaster hears of each failure. */
function listCopies(reports: readonly Report[], view: View): readonly Notice[] {
  if (!readNotifyClasses(view).has('bounce')) return [];
  return [toCopy({ recipient: view.get('bounce_notice_recipient'), reports }, view)];
}

function toCopy(told: Pick<Notice, 'recipient' | 'reports'>, view: View): Notice {
  const common = { kind: 'postmaster', template: 'failure', returns: 'headers', isCopy: true } as const;
  return { ...common, ...told, sender: getDoubleBounceAddress(view), holdsBack: undefined };
}

function isDoubleBounce(sender: Octets, view: View): boolean {
  return sender.toLowerCase() === getDoubleBounceAddress(view).toLowerCase();
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
  if (reports.length === 0 || isDoubleBounce(sender, view)) return [];
  // A notice about a notice is the postmaster's, if anybody's.
  if (sender === '' && !readNotifyClasses(view).has('2bounce')) return [];
  return [
    {
      kind: 'dsn',
      template: 'success',
      sender: sender === '' ? getDoubleBounceAddress(view) : '',
      recipient: sender === '' ? view.get('2bounce_notice_recipient') : sender,
      reports,
      returns: 'headers',
      isCopy: false,
      holdsBack: 'trace failed',
    },
  ];
}

/** From whom notices to the postmaster come: what bounces from there is dropped. */
export function getDoubleBounceAddress(view: View): Octets {
  return `${view.get('double_bounce_sender')}@${view.get('myhostname')}`;
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
