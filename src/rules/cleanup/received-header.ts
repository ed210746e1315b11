import type { ClientTls, TlsSignature } from '../access/client-tls.ts';
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
    ...toTls(message, view),
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
function toProtocol({ client, smtputf8, login, isEncrypted }: CleanupRequest): Octets {
  const protocol = smtputf8 ? 'UTF8SMTP' : client.protocol;
  if (client.protocol === 'SMTP') return protocol;
  return `${protocol}${isEncrypted ? 'S' : ''}${login === '' ? '' : 'A'}`;
}

/** @see postconf(5), smtpd_tls_received_header */
function toTls({ tls }: CleanupRequest, view: View): readonly Octets[] {
  if (tls === undefined || !view.isYes('smtpd_tls_received_header')) return [];
  const { protocol, cipher, usedBits, algorithmBits, keyExchange, serverSignature, clientSignature } = tls;
  const agreed = [
    `\t(using ${protocol} with cipher ${cipher} (${usedBits}/${algorithmBits} bits)`,
    ...(serverSignature === undefined
      ? []
      : [`\t key-exchange ${keyExchange} ${toSignature('server', serverSignature)}`]),
    ...(clientSignature === undefined ? [] : [`\t ${toSignature('client', clientSignature)}`]),
  ];
  return [...agreed.slice(0, -1), `${agreed.at(-1) ?? ''})`, `\t(${toCertificate(tls, view)})`];
}

function toCertificate({ certificate }: ClientTls, view: View): Octets {
  if (certificate === undefined) {
    // QUIRK: with smtpd_tls_req_ccert alone a client is asked, too.
    const isAsked = view.isYes('smtpd_tls_ask_ccert');
    return isAsked ? 'Client did not present a certificate' : 'No client certificate requested';
  }
  const { subject, issuer, isTrusted } = certificate;
  const trust = isTrusted ? 'verified OK' : 'not verified';
  return `Client CN "${sanitizeComment(subject)}", Issuer "${sanitizeComment(issuer)}" (${trust})`;
}

function toSignature(side: 'server' | 'client', { key, digest }: TlsSignature): Octets {
  return `${side}-signature ${key}${digest === '' ? '' : ` ${side}-digest ${digest}`}`;
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
