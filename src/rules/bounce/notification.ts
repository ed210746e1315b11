import { quoteAddress, quoteAddressAs7bit } from '../address/quote.ts';
import { FatalError } from '../config/fatal-error.ts';
import { formatMailDate } from '../mail-date.ts';
import { toPrintable, type Octets } from '../octets.ts';
import type { QueuedMessage } from '../qmgr/queued-message.ts';
import { isAscii, isUtf8 } from '../tables/fold-key.ts';
import type { RuleWorld, View } from '../world.ts';
import type { BounceTemplate } from './built-in-templates.ts';
import type { Notice, Report } from './notices.ts';
import { getTemplate } from './open-templates.ts';
import { expandTemplate } from './template.ts';
import { wrapLine } from './wrap-line.ts';

/** A line of a report. */
const LINE_LENGTH = 79;
const INDENT = 4;

const CRLF = '\r\n';

/**
 * Writes a notice as bounce(8) does: words for people, a delivery report for programs, and the message or its headers.
 * @param nowMs ms since 1970
 * @returns the content with CRLF
 * @see RFC 3462, RFC 3464; bounce(5)
 */
export function writeNotification(
  notice: Notice,
  message: QueuedMessage,
  { world, nowMs }: { readonly world: RuleWorld; readonly nowMs: number },
): Uint8Array {
  const view = world.view('bounce/unix');
  const template = getTemplate(notice.template, world);
  const boundary = `${message.queueId}.${Math.floor(nowMs / 1000)}/${view.get('myhostname')}`;
  const printsUtf8 = view.isYes('smtputf8_enable');
  const encoding = printsUtf8 ? '8bit' : message.encoding;
  const writing = { view, template, boundary, encoding, printsUtf8, nowMs };
  const head = [
    ...toHeaders(notice, message, writing),
    '',
    'This is a MIME-encapsulated message.',
    '',
    ...toWords(notice, writing),
    ...toDeliveryReport(notice, message, writing),
  ];
  const tail = ['', `--${boundary}--`, ''];
  return Buffer.concat([
    Buffer.from(head.map((line) => line + CRLF).join(''), 'latin1'),
    toOriginal(notice, message, writing),
    Buffer.from(tail.join(CRLF), 'latin1'),
  ]);
}

interface Writing {
  readonly view: View;
  readonly template: BounceTemplate;
  readonly boundary: Octets;
  readonly encoding: QueuedMessage['encoding'];
  /** Whether octets above 127 that look like UTF-8 are left in what bounce(8) is told of recipients. */
  readonly printsUtf8: boolean;
  /** ms since 1970. */
  readonly nowMs: number;
}

function toHeaders(
  { isCopy, recipient }: Notice,
  message: QueuedMessage,
  { view, template, boundary, encoding, nowMs }: Writing,
): readonly Octets[] {
  const { from, obsoleteFrom = from } = template;
  return [
    `Date: ${formatMailDate(nowMs)}`,
    `From: ${view.get('header_from_format') === 'obsolete' ? obsoleteFrom : from}`,
    `Subject: ${isCopy ? (template.postmasterSubject ?? template.subject) : template.subject}`,
    `To: ${quoteAddress(recipient)}`,
    ...(view.isYes('enable_threaded_bounces') ? toThread(message) : []),
    `Auto-Submitted: ${isCopy ? 'auto-generated' : 'auto-replied'}`,
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status;',
    `\tboundary="${boundary}"`,
    ...toEncoding(encoding),
  ];
}

/**
 * Puts a notice into the thread of the message that it is about. QUIRK: a Message-ID that is folded, or isn't between
 * angle brackets, isn't seen, and what the message refers to is left out.
 * @see postconf(5), enable_threaded_bounces
 */
function toThread(message: QueuedMessage): readonly Octets[] {
  const content = message.content();
  const head = Buffer.from(content.subarray(0, findHeaderEnd(content))).toString('latin1');
  const [, id = ''] = /^message-id:[ \t]*(.*?)[ \t]*\r?$/im.exec(head) ?? [];
  return /^<.*>$/.test(id) ? [`References: ${id}`, `In-Reply-To: ${id}`] : [];
}

/** What a person reads. */
function toWords({ isCopy, reports }: Notice, writing: Writing): readonly Octets[] {
  const { view, template, boundary, encoding } = writing;
  const charset = encoding === '8bit' ? 'utf-8' : template.charset;
  return [
    `--${boundary}`,
    'Content-Description: Notification',
    `Content-Type: text/plain; charset=${charset}`,
    ...toPartEncoding(encoding),
    '',
    ...(isCopy ? [] : toText(template, view)),
    ...reports.flatMap((report) => ['', ...toSentence(report, writing)]),
    '',
  ];
}

function toText(template: BounceTemplate, view: View): readonly Octets[] {
  const values = {
    find: (name: Octets) => (view.raw(name) === undefined ? undefined : view.get(name)),
    findSeconds: (name: Octets) => view.seconds(name),
  };
  try {
    return expandTemplate(template, values, () => {})
      .replace(/\n$/, '')
      .split('\n');
  } catch (error) {
    // A name that nothing stands for: bounce(8) would end. The text is left as it is written.
    if (!(error instanceof FatalError)) throw error;
    return template.text;
  }
}

function toSentence({ of, action, relay, text }: Report, { printsUtf8 }: Writing): readonly Octets[] {
  const { address, original } = of;
  const print = (one: Octets): Octets => toPrintable(quoteAddress(one), printsUtf8);
  const isOther = original !== '' && original.toLowerCase() !== address.toLowerCase();
  const from = isOther ? ` (expanded from <${print(original)}>)` : '';
  const by = action !== 'failed' && relay !== 'none' ? `delivery via ${relay}: ` : '';
  return wrapLine(`<${print(address)}>${from}: ${by}${text}`, LINE_LENGTH, INDENT);
}

/** What a program reads. @see RFC 3464 */
function toDeliveryReport({ reports }: Notice, message: QueuedMessage, writing: Writing): readonly Octets[] {
  const { view, boundary, encoding, printsUtf8 } = writing;
  const { envid, queueId, arrivedAtMs, smtputf8 } = message;
  const sender = toSender(message, view);
  const name = view.get('mail_name').replace(/[ \t\r\n()<>@,;:\\".[\]]/g, '-');
  return [
    `--${boundary}`,
    'Content-Description: Delivery report',
    `Content-Type: message/${smtputf8 ? 'global-' : ''}delivery-status`,
    ...(smtputf8 ? toPartEncoding(encoding) : []),
    '',
    `Reporting-MTA: dns; ${view.get('myhostname')}`,
    ...(envid === undefined ? [] : [`Original-Envelope-Id: ${envid}`]),
    `X-${name}-Queue-ID: ${queueId}`,
    `X-${name}-Sender: ${smtputf8 ? toType(sender) : 'rfc822'}; ${sender}`,
    `Arrival-Date: ${formatMailDate(arrivedAtMs)}`,
    ...reports.flatMap((report) => ['', ...toFields(report, message, { name, printsUtf8 })]),
    '',
  ];
}

function toFields(
  { of, action, dsn, relay, text, diagnosedBy }: Report,
  { smtputf8, origin }: QueuedMessage,
  { name, printsUtf8 }: { readonly name: Octets; readonly printsUtf8: boolean },
): readonly Octets[] {
  const final = toPrintable(quoteAddress(of.address), printsUtf8);
  const first = toPrintable(of.original, printsUtf8);
  const original = of.orcpt !== '' ? toPrintable(of.orcpt, printsUtf8) : first && `${toType(first)}; ${first}`;
  const by = action !== 'failed' && relay !== 'none' ? `delivery via ${relay}: ` : '';
  const code = `Diagnostic-Code: ${diagnosedBy === 'unix' ? 'x-unix' : `X-${name}`}; ${by}${text}`;
  return [
    // QUIRK: what came by SMTP needs no SMTPUTF8 for it.
    `Final-Recipient: ${smtputf8 || origin === 'received' ? toType(final) : 'rfc822'}; ${final}`,
    ...(original === '' ? [] : [`Original-Recipient: ${original}`]),
    `Action: ${action}`,
    `Status: ${dsn}`,
    ...wrapLine(code, LINE_LENGTH, INDENT),
  ];
}

/** The null sender has a name here. */
function toSender({ sender }: QueuedMessage, view: View): Octets {
  return quoteAddressAs7bit(sender === '' ? `MAILER-DAEMON@${view.get('myhostname')}` : sender);
}

/** How an address is written. @see RFC 6533 §3, RFC 3464 §2.1.2 */
function toType(address: Octets): 'utf-8' | 'rfc822' {
  return !isAscii(address) && isUtf8(address) ? 'utf-8' : 'rfc822';
}

/** The message, or its headers if no more was asked for, or if it is too long. @see postconf(5), bounce_size_limit */
function toOriginal(
  { template, returns }: Notice,
  message: QueuedMessage,
  { view, boundary, encoding }: Writing,
): Uint8Array {
  const limit = view.integer('bounce_size_limit');
  const isWhole = returns === 'full' && (limit === 0 || message.sizeBytes <= limit);
  const content = message.content();
  const what = `${template === 'failure' ? 'Undelivered ' : ''}Message${isWhole ? '' : ' Headers'}`;
  const head = [
    `--${boundary}`,
    `Content-Description: ${what}`,
    `Content-Type: ${toMessageType({ isWhole, smtputf8: message.smtputf8 })}`,
    ...toPartEncoding(encoding),
    '',
    `Return-Path: <${toSender(message, view)}>`,
    '',
  ];
  return Buffer.concat([
    Buffer.from(head.join(CRLF), 'latin1'),
    isWhole ? content : content.subarray(0, findHeaderEnd(content)),
  ]);
}

function toMessageType({ isWhole, smtputf8 }: { readonly isWhole: boolean; readonly smtputf8: boolean }): Octets {
  if (smtputf8) return isWhole ? 'message/global' : 'message/global-headers';
  return isWhole ? 'message/rfc822' : 'text/rfc822-headers';
}

/** QUIRK: of seven bits a part says nothing, though the whole does. */
function toPartEncoding(encoding: QueuedMessage['encoding']): readonly Octets[] {
  return encoding === '8bit' ? toEncoding(encoding) : [];
}

function toEncoding(encoding: QueuedMessage['encoding']): readonly Octets[] {
  return encoding === '' ? [] : [`Content-Transfer-Encoding: ${encoding}`];
}

/** Where the header block ends, its last line end included. */
function findHeaderEnd(content: Uint8Array): number {
  const end = Buffer.from(content.buffer, content.byteOffset, content.byteLength).indexOf('\r\n\r\n');
  return end < 0 ? content.byteLength : end + 2;
}
