import { quoteAddress } from '../address/quote.ts';
import type { Octets } from '../octets.ts';
import type { QueueRecipient } from '../qmgr/queued-message.ts';
import type { CleanupRequest, CleanupResult } from './cleanup-request.ts';
import { applyEdits, measureEdited, type EditScript } from './edit-script.ts';

/** A message as it is written into a queue file. */
export interface QueueFile {
  readonly message: CleanupRequest;
  /** As mapped. */
  readonly sender: Octets;
  readonly recipients: readonly QueueRecipient[];
  readonly edits: EditScript;
  readonly encoding: CleanupResult['encoding'];
  /** line_length_limit: longer lines are several records. */
  readonly lineLimit: number;
}

const LF = 10;

// The record of sizes, the times, and the marks between envelope, content and end.
const FRAME_OCTETS = 97 + 19 + 24 + 6;
/** A record has at least two octets beside its text, as a line has in the message: longer ones have more. */
const LONG_RECORD = 128;

/**
 * Whether a message takes more than `limit` octets in the queue, where its envelope counts, too. The lines are counted
 * only where it is close.
 * @param limit message_size_limit; 0 for none
 * @see Postfix's record(3); postconf(5), message_size_limit
 */
export function exceedsQueueFile(file: QueueFile, limit: number): boolean {
  if (limit === 0) return false;
  const { message, edits } = file;
  const least = measureEnvelope(file) + measureEdited(message.raw, edits);
  if (least > limit) return true;
  if (least + Math.ceil(least / (LONG_RECORD / 4)) <= limit) return false;
  return measureEnvelope(file) + measureContent(applyEdits(message.raw, edits), file.lineLimit) > limit;
}

/** @param content with CRLF after each line */
function measureContent(content: Uint8Array, lineLimit: number): number {
  let size = 0;
  for (let start = 0; start < content.length;) {
    const found = content.indexOf(LF, start);
    const end = found < 0 ? content.length : found + 1;
    const length = Math.max(0, end - start - 2);
    const pieces = Math.floor(Math.max(0, length - 1) / lineLimit);
    size += pieces * toRecord(lineLimit) + toRecord(length - pieces * lineLimit);
    start = end;
  }
  return size;
}

function measureEnvelope({ message, sender, recipients, encoding }: QueueFile): number {
  const { origin, context, queueId } = message;
  const own = origin === 'received' || origin === 'forward' ? [`log_ident=${queueId}`, ...listClient(message)] : [];
  const texts = [
    ...own,
    `rewrite_context=${context}`,
    toExternal(sender),
    // In the envelope, and behind the content.
    ...(encoding === '' ? [] : [`encoding=${encoding}`, `encoding=${encoding}`]),
  ];
  return [...texts.map(measureText), ...recipients.map(measureRecipient)].reduce((sum, one) => sum + one, FRAME_OCTETS);
}

/** What smtpd(8) tells of the client twice, since filters may replace one of them; local(8) hands on the first. */
function listClient({ origin, client, login }: CleanupRequest): readonly Octets[] {
  const { name, reverseName, address, port, helo, protocol } = client;
  if (address === '') return [];
  const logged = [
    `log_client_name=${name}`,
    `log_client_address=${address}`,
    `log_helo_name=${helo}`,
    `log_protocol_name=${protocol}`,
  ];
  if (origin === 'forward') return logged;
  return [
    ...logged,
    `log_client_port=${port}`,
    `log_message_origin=${name}[${address}]`,
    `client_name=${name}`,
    `reverse_client_name=${reverseName}`,
    `client_address=${address}`,
    `client_port=${port}`,
    `server_address=${address}`,
    'server_port=25',
    `helo_name=${helo}`,
    `protocol_name=${protocol}`,
    'client_address_type=2',
    ...(login === '' ? [] : ['sasl_method=PLAIN', `sasl_username=${login}`]),
  ];
}

function measureRecipient({ address, original, orcpt, notify }: QueueRecipient): number {
  const texts = [
    ...(orcpt === '' ? [] : [`dsn_orig_rcpt=${orcpt}`]),
    ...(notify.length === 0 ? [] : ['notify_flags=0']),
    toExternal(original),
    toExternal(address),
  ];
  return texts.map(measureText).reduce((sum, one) => sum + one, 0);
}

function toExternal(address: Octets): Octets {
  return address === '' ? '' : quoteAddress(address);
}

function measureText(text: Octets): number {
  return toRecord(text.length);
}

/** Its kind, its length in groups of seven bits, its text. */
function toRecord(length: number): number {
  let size = 1 + length;
  for (let rest = length; ; rest = Math.floor(rest / LONG_RECORD)) {
    size += 1;
    if (rest < LONG_RECORD) return size;
  }
}
