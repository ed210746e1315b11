import { quoteAddress } from '../address/quote.ts';
import { formatMailDate } from '../mail-date.ts';
import type { Octets } from '../octets.ts';
import type { View } from '../world.ts';
import type { CleanupRequest } from './cleanup-request.ts';

/**
 * The lines of the Received header that a daemon puts before a message which it hands in.
 * @param view of that daemon
 * @see smtpd(8), pickup(8); RFC 5321 §4.4
 */
export function makeReceivedHeader(message: CleanupRequest, view: View): readonly Octets[] {
  const host = view.get('myhostname');
  const software = view.get('mail_name');
  const date = formatMailDate(message.nowMs);
  const { queueId, submitter } = message;
  if (message.client.protocol === '') {
    const user = submitter === undefined ? '' : `, from userid ${submitter.uid}`;
    return [`Received: by ${host} (${software}${user})`, `\tid ${queueId}; ${date}`];
  }
  const [recipient, ...others] = message.recipients;
  const by = `\tby ${host} (${software}) with ${toProtocol(message)} id ${queueId}`;
  return [
    `Received: ${toClient(message)}`,
    ...toLogin(message, view),
    ...(recipient !== undefined && others.length === 0
      ? [by, `\tfor <${quoteAddress(recipient.address)}>; ${date}`]
      : [`${by};`, `\t${date}`]),
  ];
}

function toClient({ client: { name, address, helo } }: CleanupRequest): Octets {
  const literal = address.includes(':') ? `IPv6:${address}` : address;
  return `from ${helo === '' ? name : helo} (${name} [${literal}])`;
}

/** @see RFC 3848, RFC 6531 §4.3 */
function toProtocol({ client, smtputf8, login }: CleanupRequest): Octets {
  const protocol = smtputf8 ? 'UTF8SMTP' : client.protocol;
  return login === '' || client.protocol !== 'ESMTP' ? protocol : `${protocol}A`;
}

function toLogin({ login }: CleanupRequest, view: View): readonly Octets[] {
  if (login === '' || !view.isYes('smtpd_sasl_authenticated_header')) return [];
  return [`\t(Authenticated sender: ${sanitizeComment(login)})`];
}

/** Keeps a text from ending the comment that it is put into: parentheses must match, backslashes mean nothing. */
function sanitizeComment(text: Octets): Octets {
  let depth = 0;
  let sane = '';
  for (const char of text) {
    if (char === '(') depth += 1;
    const isBad = char === '\\' || (char === ')' && depth === 0) || /[^\x20-\x7e]/.test(char);
    if (char === ')' && depth > 0) depth -= 1;
    sane += isBad ? '?' : char;
  }
  return sane + ')'.repeat(depth);
}
