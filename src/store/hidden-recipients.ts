import type { MessageSummary } from '../message/summary.ts';

/**
 * The recipients of an envelope that no field of the header names, as sent, each once: whoever got a blind copy.
 * @param recipients those of the envelope, or the first of them
 */
export function hiddenRecipients(
  { to, cc, bcc }: Pick<MessageSummary, 'to' | 'cc' | 'bcc'>,
  recipients: readonly string[],
): readonly string[] {
  const seen = new Set([...to, ...cc, ...bcc].map(({ address }) => address.toLowerCase()));
  return recipients.filter((recipient) => {
    const folded = recipient.toLowerCase();
    if (seen.has(folded)) return false;
    seen.add(folded);
    return true;
  });
}
