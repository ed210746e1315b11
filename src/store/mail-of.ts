import { scanAddress, toInternalText } from '../rules/address/address-tokens.ts';
import { decodeXtext } from '../rules/address/xtext.ts';
import { identifyClient } from '../rules/access/client-name.ts';
import type { Envelope, EnvelopeRecipient } from '../rules/envelope.ts';
import { toInternalAddress, toOrcpt, type Mail } from '../rules/mail.ts';
import { toOctets, type Octets } from '../rules/octets.ts';
import type { NewMessage } from './store.ts';

/** Who hands mail in otherwise than by SMTP: this machine. */
const THIS_MACHINE = { address: '127.0.0.1', port: 0, isEncrypted: false };

/** A stored message, as rules are asked what would become of it. @param nowMs when it is decided */
export function toMail(
  {
    id,
    envelope,
    entrance,
    username,
    origin,
  }: Pick<NewMessage, 'id' | 'envelope' | 'entrance' | 'username' | 'origin'>,
  { raw, nowMs }: { readonly raw: Uint8Array; readonly nowMs: number },
): Mail {
  const { smtputf8, body, ret, envid, verp, auth, declaredSizeBytes = 0 } = envelope;
  return {
    queueId: id,
    nowMs,
    sender: toInternal(envelope.reversePath, smtputf8, entrance !== undefined),
    recipients: envelope.recipients.map((recipient) => toRecipient(recipient, entrance !== undefined, smtputf8)),
    ...(entrance?.refused !== undefined && { refused: entrance.refused }),
    ...(entrance?.faults !== undefined && { faults: entrance.faults }),
    raw,
    ...(entrance?.isChunked === true && { isChunked: true }),
    ...(isPickedUp(origin) && toSubmitter(envelope)),
    client: entrance?.client ?? identifyClient(THIS_MACHINE, undefined),
    helo: entrance?.helo ?? '',
    protocol: entrance?.protocol ?? 'ESMTP',
    login: toOctets(username),
    ...(entrance?.loginMethod !== undefined && { loginMethod: entrance.loginMethod }),
    mailFacts: { declaredSizeBytes, authSender: toOctets(auth ?? '') },
    service: entrance?.service ?? 'smtp/inet',
    body,
    smtputf8,
    ret,
    envid: envid === undefined ? undefined : decode(envid),
    ...(verp !== undefined && { verp: toOctets(verp) }),
  };
}

/** Whether pickup(8) would bring it in, as if this program had run sendmail(1). */
function isPickedUp(origin: NewMessage['origin']): boolean {
  return origin === 'api' || origin === 'sendmail';
}

function toSubmitter({ submission }: Envelope): Pick<Mail, 'submitter' | 'asked'> {
  if (submission === undefined) return { submitter: { uid: process.getuid?.() ?? 0, fullName: '' } };
  const { uid, fullName } = submission;
  return { submitter: { uid, fullName: toOctets(fullName) }, asked: submission };
}

function toRecipient(
  { address, notify = [], orcpt }: EnvelopeRecipient,
  isBySmtp: boolean,
  smtputf8: boolean,
): Mail['recipients'][number] {
  const told = orcpt === undefined ? (isBySmtp ? toOrcpt(address) : '') : decode(orcpt);
  return { address: toInternal(address, smtputf8, isBySmtp), notify, orcpt: told };
}

/** What was taken once is taken again, whatever it is: sendmail(1) takes more than SMTP. */
function toInternal(address: string, smtputf8: boolean, isBySmtp: boolean): Octets {
  if (!isBySmtp) return toInternalText(scanAddress(toOctets(address)), false);
  return toInternalAddress(address, { smtputf8, checksDomain: false }) ?? toOctets(address);
}

/** @see RFC 3461 §4 (xtext); RFC 6533 §3 (a `utf-8` address has `\x{e9}` instead) */
function decode(text: string): Octets {
  if (/^utf-8;/i.test(text)) return toOctets(text.replaceAll(UNICODE, toCharacter));
  return toOctets(decodeXtext(text) ?? text);
}

const UNICODE = /\\x\{([0-9A-F]{2,6})\}/gi;

function toCharacter(written: string, code: string): string {
  const point = Number.parseInt(code, 16);
  return point > 0x10ffff ? written : String.fromCodePoint(point);
}
