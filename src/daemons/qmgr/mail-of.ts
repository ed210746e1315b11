import { decodeXtext } from '../../rules/address/xtext.ts';
import { parsePath } from '../../rules/address/path.ts';
import type { AccessClient } from '../../rules/access/client.ts';
import type { EnvelopeRecipient } from '../../rules/envelope.ts';
import type { Mail } from '../../rules/explain.ts';
import { toOctets, type Octets } from '../../rules/octets.ts';
import type { NewMessage } from '../../store/store.ts';

/** A client of which nothing is known but that it is this machine: who hands mail in otherwise than by SMTP. */
const THIS_MACHINE: AccessClient = {
  name: 'localhost',
  reverseName: 'localhost',
  address: '127.0.0.1',
  socketAddress: '127.0.0.1',
  port: '0',
  nameStatus: 'ok',
  reverseNameStatus: 'ok',
  isEncrypted: false,
};

/** A stored message, as rules are asked what would become of it. @param nowMs when it is decided */
export function toMail(
  { id, envelope, entrance, username }: Pick<NewMessage, 'id' | 'envelope' | 'entrance' | 'username'>,
  { raw, nowMs }: { readonly raw: Uint8Array; readonly nowMs: number },
): Mail {
  const { smtputf8, body, ret, envid } = envelope;
  return {
    queueId: id,
    nowMs,
    sender: toInternal(envelope.reversePath, smtputf8),
    recipients: envelope.recipients.map((recipient) => toRecipient(recipient, smtputf8)),
    raw,
    client: entrance?.client ?? THIS_MACHINE,
    helo: entrance?.helo ?? '',
    protocol: entrance?.protocol ?? 'ESMTP',
    login: toOctets(username),
    service: entrance?.service ?? 'smtp/inet',
    body,
    smtputf8,
    ret,
    envid: envid === undefined ? undefined : decode(envid),
  };
}

function toRecipient(
  { address, notify = [], orcpt }: EnvelopeRecipient,
  smtputf8: boolean,
): Mail['recipients'][number] {
  return { address: toInternal(address, smtputf8), notify, orcpt: orcpt === undefined ? '' : decode(orcpt) };
}

/** An address as the client sent it, without its quotes and its route. */
function toInternal(address: string, smtputf8: boolean): Octets {
  const path = parsePath({ text: `<${address}>`, unclosed: false }, { smtputf8 });
  return toOctets(path?.mailbox ?? address);
}

function decode(text: string): Octets {
  return toOctets(decodeXtext(text) ?? text);
}
