import type { MessageSummary } from '../../../src/http/api/schemas/message.ts';

/** What is odd about a message, small in its row. */
export type RowMark = 'failed' | 'sender' | 'bcc';

/** The marks of a row, the weightiest first. */
export function findRowMarks(message: MessageSummary): readonly RowMark[] {
  const { Envelope, From, Parse } = message;
  const marks: RowMark[] = [];
  if (Parse.State === 'failed') marks.push('failed');
  if (From !== null && From.Address !== '' && Envelope.From !== '' && !isSameAddress(From.Address, Envelope.From)) {
    marks.push('sender');
  }
  const inHeaders = new Set([...message.To, ...message.Cc].map(({ Address }) => Address.toLowerCase()));
  if (inHeaders.size > 0 && Envelope.To.some((recipient) => !inHeaders.has(recipient.toLowerCase()))) marks.push('bcc');
  return marks;
}

/** Whether two addresses look alike to a reader; Postfix may tell them apart. */
export function isSameAddress(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** Whom a row names: the only recipient whole, of several the first one's local part. */
export function nameRecipients(envelope: MessageSummary['Envelope']): {
  readonly first: string | undefined;
  readonly more: number;
} {
  const [first] = envelope.To;
  if (first === undefined) return { first: undefined, more: 0 };
  const at = first.lastIndexOf('@');
  return { first: envelope.Count > 1 && at > 0 ? first.slice(0, at + 1) : first, more: envelope.Count - 1 };
}

/** Whom a row names as its sender: From's name, else its address, else the envelope's; undefined if there is none. */
export function nameSender({ From, Envelope }: Pick<MessageSummary, 'From' | 'Envelope'>): string | undefined {
  return From?.Name || From?.Address || Envelope.From || undefined;
}
