import { parseAddressList } from './address-list.ts';
import { fieldValue, rawFieldValue, splitHeaderBlock, type FieldSpan, type HeaderBlock } from './header-fields.ts';
import { toRfc3339 } from './mail-date.ts';

/** A mailbox in a header field. `name` is decoded; `address` is as written. */
export interface MailAddress {
  readonly name: string;
  readonly address: string;
}

/** What a list shows of a message: its header fields, decoded. */
export interface MessageSummary {
  /** Without angle brackets; empty if there is none. */
  readonly messageId: string;
  /** The first mailbox of From. Unparsable: the raw value as `name`. None: both empty. */
  readonly from: MailAddress;
  readonly to: readonly MailAddress[];
  readonly cc: readonly MailAddress[];
  readonly bcc: readonly MailAddress[];
  readonly replyTo: readonly MailAddress[];
  readonly subject: string;
  /** The Date field as RFC 3339 with its own offset, or empty. */
  readonly date: string;
  /** X-Tags, split at commas; as written. */
  readonly tags: readonly string[];
}

/** How much of a message is looked at when it is kept: enough for all but the longest lists of recipients. */
const SUMMARY_LIMIT_BYTES = 64 * 1024;

/**
 * What a list shows of a message, from its header fields. Pure and fast (some ten microseconds): it runs for every
 * message at its commit. Never throws: what can't be read is empty. Of fields that may stand once the first one
 * counts; recipients and tags of repeated fields are put together.
 * @param raw begins with the header block; what follows it doesn't matter
 * @param limitBytes how much of it is looked at
 */
export function summarise(raw: Uint8Array, limitBytes = SUMMARY_LIMIT_BYTES): MessageSummary {
  const block = splitHeaderBlock(raw, limitBytes);
  const fields = new Map<string, FieldSpan[]>();
  for (const span of block.spans) {
    const name = span.name.toLowerCase();
    const same = fields.get(name);
    if (same) same.push(span);
    else fields.set(name, [span]);
  }
  const addresses = (name: string): readonly MailAddress[] => addressesOf(block, fields.get(name));
  const first = (name: string): string => {
    const span = fields.get(name)?.[0];
    return span ? fieldValue(block.text, span) : '';
  };
  return {
    messageId: withoutBrackets(first('message-id')),
    from: addresses('from')[0] ?? { name: '', address: '' },
    to: addresses('to'),
    cc: addresses('cc'),
    bcc: addresses('bcc'),
    replyTo: addresses('reply-to'),
    subject: first('subject'),
    date: toRfc3339(first('date')),
    tags: (fields.get('x-tags') ?? [])
      .flatMap((span) => fieldValue(block.text, span).split(','))
      .map((tag) => tag.trim())
      .filter((tag) => tag !== ''),
  };
}

function addressesOf(block: HeaderBlock, spans: readonly FieldSpan[] | undefined): readonly MailAddress[] {
  if (spans === undefined) return [];
  const [only] = spans;
  if (spans.length === 1 && only) return parseAddressList(rawFieldValue(block.text, only));
  return spans.flatMap((span) => parseAddressList(rawFieldValue(block.text, span)));
}

function withoutBrackets(id: string): string {
  const open = id.indexOf('<');
  const close = id.indexOf('>', open);
  return open >= 0 && close > open ? id.slice(open + 1, close).trim() : id;
}
