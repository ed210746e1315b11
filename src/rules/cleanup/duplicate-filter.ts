import type { Notify } from '../envelope.ts';
import { foldName } from '../lists/list-items.ts';
import type { Octets } from '../octets.ts';
import type { QueueRecipient } from '../qmgr/queued-message.ts';
import type { EnvelopeSettings } from './envelope-settings.ts';

/** Whether a recipient is there already; if not, it is from now on. */
export type IsDuplicate = (recipient: Omit<QueueRecipient, 'node'>) => boolean;

const CONDITIONS: readonly Notify[] = ['NEVER', 'SUCCESS', 'FAILURE', 'DELAY'];

/**
 * Remembers recipients: their final address and, with enable_original_recipient, the original one and what was asked of
 * delivery notifications. Case doesn't count.
 * @see postconf(5), duplicate_filter_limit and enable_original_recipient
 */
export function openDuplicateFilter({ keepsOriginal, duplicateLimit, smtputf8 }: EnvelopeSettings): IsDuplicate {
  const known = new Set<Octets>();
  return ({ address, original, orcpt, notify }) => {
    const conditions = CONDITIONS.filter((condition) => notify.includes(condition)).join();
    const key = foldName(keepsOriginal ? [orcpt, conditions, original, address].join('\n') : address, smtputf8);
    if (known.has(key)) return true;
    if (duplicateLimit === 0 || known.size < duplicateLimit) known.add(key);
    return false;
  };
}
