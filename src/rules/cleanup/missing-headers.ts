import { scanAddress } from '../address/address-tokens.ts';
import { formatAddressList } from '../address/address-list.ts';
import { quoteAddress } from '../address/quote.ts';
import { formatMailDate } from '../mail-date.ts';
import { measureHeaderName } from '../mime/known-headers.ts';
import type { Octets } from '../octets.ts';
import type { View } from '../world.ts';
import type { ContentRequest } from './clean-content.ts';
import type { ContentLog } from './content-decision.ts';

const VISIBLE_RECIPIENTS = ['to', 'resent-to', 'cc', 'resent-cc'];

/** What is known of a message's headers at their end. */
export interface HeadersSeen {
  /** In lower case; dropped ones, too. */
  readonly names: ReadonlySet<Octets>;
  /** The message was sent again. */
  readonly isResent: boolean;
}

/**
 * The headers that a message lacks, in the order in which they are added.
 * @param view cleanup(8)'s
 * @see cleanup(8), "always_add_missing_headers"
 */
export function listMissingHeaders(
  request: ContentRequest,
  { names, isResent }: HeadersSeen,
  view: View,
  log: ContentLog,
): readonly Octets[] {
  const prefix = isResent ? 'Resent-' : '';
  const lacks = (name: string) => !names.has(`${prefix.toLowerCase()}${name}`);
  const headers: Octets[] = [];
  if (lacks('message-id')) {
    const id = makeMessageId(request, view);
    headers.push(`${prefix}Message-Id: ${id}`);
    log.info(`${prefix.toLowerCase()}message-id=${id}`);
  }
  if (lacks('date')) headers.push(`${prefix}Date: ${formatMailDate(request.message.nowMs)}`);
  if (lacks('from')) headers.push(`${prefix}From: ${makeFrom(request, view)}`);
  const undisclosed = view.get('undisclosed_recipients_header');
  if (undisclosed !== '' && !VISIBLE_RECIPIENTS.some((name) => names.has(name))) {
    if (measureHeaderName(undisclosed) > 0) headers.push(undisclosed);
    else log.warn(`bad undisclosed_recipients_header header text "${undisclosed}" -- need "headername: headervalue"`);
  }
  return headers;
}

function makeMessageId({ message }: ContentRequest, view: View): Octets {
  const host = view.get('myhostname');
  if (view.isYes('enable_long_queue_ids')) return `<${message.queueId}@${host}>`;
  const time = new Date(message.nowMs).toISOString().slice(0, 19).replaceAll(/\D/g, '');
  return `<${time}.${message.queueId}@${host}>`;
}

function makeFrom({ message, sender }: ContentRequest, view: View): Octets {
  const address = quoteAddress(sender === '' ? 'MAILER-DAEMON' : sender);
  const fullName = message.submitter?.fullName.replaceAll(/[\r\n]/g, ' ') ?? '';
  if (sender === '' || fullName === '') return address;
  if (view.get('header_from_format') === 'obsolete') return `${address} (${fullName})`;
  const phrase = /[%!()<>@,;:\\".[\]]/.test(fullName)
    ? `"${fullName.replaceAll(/["\\]/g, '\\$&')}"`
    : formatAddressList(scanAddress(fullName));
  return phrase === '' ? `<${address}>` : `${phrase} <${address}>`;
}
