import type { Act } from '../journey.ts';
import type { Octets } from '../octets.ts';
import type { ActOutcome, DeliveryContext, DeliveryRequest } from '../qmgr/agent.ts';
import type { QueueRecipient } from '../qmgr/queued-message.ts';
import type { RuleWorld, View } from '../world.ts';
import { measureMailboxCopy } from './mailbox-size.ts';

/** Writing into a mailbox. */
export type MailboxAct = Extract<Act, { readonly kind: 'mailbox' }>;

/** For whom, and within what. */
export interface MailboxWriting {
  readonly request: DeliveryRequest;
  readonly context: DeliveryContext;
  readonly recipient: QueueRecipient;
  /** Of the envelope, as it stands for this recipient. */
  readonly sender: Octets;
  /** How large the file may become; 0: as large as it likes. */
  readonly limitBytes: number;
}

/** @returns what is logged on success; of a failure the reason alone */
export function writeMailbox(act: MailboxAct, writing: MailboxWriting): ActOutcome {
  if (isTooLarge(act, writing)) {
    return { status: 'bounced', dsn: '5.2.2', text: 'error writing message: File too large' };
  }
  const { request, context, recipient } = writing;
  const text = act.format === 'maildir' ? 'delivered to maildir' : 'delivered to mailbox';
  return context.agent.perform(act, {
    recipient,
    success: { status: 'sent', dsn: '2.0.0', text },
    ...request,
  });
}

// Headers, envelope and line ends that are added to a message's size.
const ROOM = 10_000;

function isTooLarge(act: MailboxAct, { request, context, sender, limitBytes }: MailboxWriting): boolean {
  if (limitBytes === 0) return false;
  const { message } = request;
  const fact = act.format === 'mbox' ? context.world.readFile(act.path) : undefined;
  const before = fact !== undefined && 'text' in fact ? fact.text.length : 0;
  // Most messages are far too small for it to be worth counting.
  if (before + 2 * message.sizeBytes + ROOM <= limitBytes) return false;
  const { format, head } = act;
  return before + measureMailboxCopy({ format, head, sender, content: message.content() }) > limitBytes;
}

/**
 * Whether a mailbox belongs to another account than it should, and strict_mailbox_ownership minds. Root's doesn't count:
 * whoever runs this program writes with root's rights what belongs to users in production.
 */
export function isForeignMailbox({ path, uid }: MailboxAct, view: View, { readFile, accounts }: RuleWorld): boolean {
  if (accounts.areGuessed || !view.isYes('strict_mailbox_ownership')) return false;
  const fact = readFile(path);
  return 'text' in fact && fact.uid !== 0 && fact.uid !== uid;
}
