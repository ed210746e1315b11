import { CHECK_CODES } from './check-codes.ts';
import type { HeaderField } from './header-fields.ts';
import type { HtmlText } from './html-text.ts';
import { toCheck, type MailCheck } from './mail-check.ts';
import { toRfc3339 } from './mail-date.ts';
import { leavesOf } from './mime-tree.ts';
import type { ListUnsubscribe, MimePart } from './parsed.ts';
import type { MessageSummary } from './summary.ts';

/** A message as far as it was read. */
export interface CheckedMail {
  readonly raw: Uint8Array;
  readonly fields: readonly HeaderField[];
  readonly summary: MessageSummary;
  readonly root: MimePart;
  readonly text: string;
  readonly html: string;
  /** What a reader sees of the HTML. */
  readonly seen: Pick<HtmlText, 'links' | 'imagesWithoutAlt'>;
  readonly listUnsubscribe: ListUnsubscribe;
}

/** Gmail shows so much of an HTML part, then "Message clipped". */
const CLIP_BYTES = 102 * 1024;
/** Postfix's message_size_limit, and what many servers take at most. */
const LARGE_BYTES = 10_240_000;
/** Without CRLF; RFC 5322 §2.1.1. */
const MAX_LINE_BYTES = 998;
/** RFC 5322 §3.6. */
const ONCE: ReadonlySet<string> = new Set([
  ...['date', 'from', 'sender', 'reply-to', 'to', 'cc', 'bcc', 'message-id', 'in-reply-to', 'references', 'subject'],
  ...['mime-version', 'content-type', 'content-transfer-encoding'],
]);
const MESSAGE_ID = /^\s*<[^\s<>@]+@[^\s<>@]+>\s*$/;
/** What Gmail and Outlook don't take in, by the end of its name. */
const EXECUTABLE =
  /\.(?:ade|adp|apk|appx|bat|cab|chm|cmd|com|cpl|dll|dmg|exe|hta|ins|iso|isp|jar|jse?|lib|lnk|mde|msc|msi|msp|mst|pif|ps1|reg|scr|sct|shb|sys|vb|vbe|vbs|vhd|vxd|wsc|wsf|wsh)$/i;
/** A link of this kind says that mail of this kind comes often. */
const UNSUBSCRIBE = /unsubscribe|opt-?out|abmelden|desinscri|désabonn|配信停止|配信解除|退订|退訂/i;

/** All that may go wrong with a message, the weightiest first. Pure; linear in its length. */
export function findChecks(mail: CheckedMail): readonly MailCheck[] {
  return [...findHeaderFaults(mail), ...findBodyFaults(mail), ...findBulkFaults(mail)].sort(
    (one, other) => CHECK_CODES.indexOf(one.code) - CHECK_CODES.indexOf(other.code),
  );
}

function* findHeaderFaults({ fields, summary }: CheckedMail): Generator<MailCheck> {
  const values = new Map<string, string[]>();
  for (const { name, value } of fields) {
    const same = values.get(name.toLowerCase());
    if (same) same.push(value);
    else values.set(name.toLowerCase(), [value]);
  }
  const first = (name: string): string | undefined => values.get(name)?.[0]?.trim();
  const repeated = [...values].filter(([name, { length }]) => length > 1 && ONCE.has(name)).map(([name]) => name);
  if (summary.from.address === '') yield toCheck('no-from', 'error', [first('from') ?? ''].filter(Boolean));
  if (repeated.length > 0) yield toCheck('repeated-fields', 'error', repeated);
  const date = first('date');
  if (date === undefined) yield toCheck('no-date', 'warning');
  else if (toRfc3339(date) === '') yield toCheck('bad-date', 'error', [date]);
  const messageId = first('message-id');
  if (messageId === undefined) yield toCheck('no-message-id', 'warning');
  else if (!MESSAGE_ID.test(messageId)) yield toCheck('bad-message-id', 'warning', [messageId]);
  if (summary.subject.trim() === '') yield toCheck('no-subject', 'note');
  const eightBit = fields.filter(({ raw }) => /[^\x00-\x7f]/.test(raw)).map(({ name }) => name);
  if (eightBit.length > 0) yield toCheck('8-bit-header', 'warning', eightBit);
}

function* findBodyFaults({ raw, root, text, html, seen }: CheckedMail): Generator<MailCheck> {
  const leaves = [...leavesOf(root)];
  const longLines = countLongLines(raw);
  const executables = leaves.flatMap(({ fileName = '' }) => (EXECUTABLE.test(fileName) ? [fileName] : []));
  const htmlBytes = Buffer.byteLength(html);
  if (longLines > 0) yield { ...toCheck('long-lines', 'error'), count: longLines };
  if (executables.length > 0) yield toCheck('executables', 'error', executables);
  if (html !== '' && text === '') yield toCheck('no-text', 'warning');
  if (htmlBytes > CLIP_BYTES) yield { ...toCheck('clipped', 'warning'), count: htmlBytes };
  if (seen.imagesWithoutAlt.length > 0) yield toCheck('images-without-alt', 'warning', seen.imagesWithoutAlt);
  if (raw.byteLength > LARGE_BYTES) yield { ...toCheck('large', 'warning'), count: raw.byteLength };
}

function* findBulkFaults({ fields, seen, listUnsubscribe }: CheckedMail): Generator<MailCheck> {
  const { header, errors, headerPost } = listUnsubscribe;
  if (errors !== '') yield toCheck('bad-list-unsubscribe', 'warning', errors.split('; '));
  const isBulk =
    fields.some(
      ({ name, value }) => /^list-id$/i.test(name) || (/^precedence$/i.test(name) && /bulk|list/i.test(value)),
    ) || seen.links.some((link) => UNSUBSCRIBE.test(link));
  if (header === '' && isBulk) yield toCheck('no-list-unsubscribe', 'note');
  if (header !== '' && headerPost === '' && errors === '') yield toCheck('no-one-click', 'note');
}

function countLongLines(raw: Uint8Array): number {
  let count = 0;
  for (let from = 0; from < raw.length;) {
    const found = raw.indexOf(0x0a, from);
    const end = found < 0 ? raw.length : found;
    const length = end - from - (raw[end - 1] === 0x0d ? 1 : 0);
    if (length > MAX_LINE_BYTES) count += 1;
    from = end + 1;
  }
  return count;
}
