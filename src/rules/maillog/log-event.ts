import type { Octets } from '../octets.ts';
import type { LogRecord } from './log-record.ts';

/** What a line of the log says. Addresses are as logged: in external form. */
export type LogEvent =
  | {
      readonly kind: 'received';
      readonly name: Octets;
      readonly address: Octets;
      readonly fields: ReadonlyMap<Octets, Octets>;
    }
  | { readonly kind: 'picked up'; readonly uid: Octets; readonly sender: Octets }
  | { readonly kind: 'content'; readonly messageId: Octets }
  | { readonly kind: 'active'; readonly sender: Octets; readonly sizeBytes: number; readonly recipients: number }
  | { readonly kind: 'removed' }
  | { readonly kind: 'notified'; readonly what: Octets; readonly as: Octets }
  | LoggedDelivery
  | LoggedAction
  | { readonly kind: 'complaint'; readonly severity: Octets; readonly text: Octets };

/** A delivery agent's, or the queue manager's, word on one recipient. */
export interface LoggedDelivery {
  readonly kind: 'delivery';
  readonly to: Octets;
  readonly origTo?: Octets;
  /** `none`, `local`, `mx.example.com[192.0.2.1]:25`, `host[private/lmtp]`. */
  readonly relay: Octets;
  /** The other members: `delay`, `delays`, `conn_use`. */
  readonly fields: ReadonlyMap<Octets, Octets>;
  readonly dsn: Octets;
  readonly status: Octets;
  /** What stands in the parentheses. */
  readonly text: Octets;
  /** The message that local(8) made of it. */
  readonly forwardedAs?: Octets;
}

/** What a rule of smtpd(8) or cleanup(8) did: `reject`, `hold`, `discard`, `warn` … */
export interface LoggedAction {
  readonly kind: 'action';
  readonly action: Octets;
  /** `RCPT`, `END-OF-MESSAGE`; of cleanup(8) what was looked at: `header Subject: x`. */
  readonly stage: Octets;
  readonly clientName: Octets;
  readonly clientAddress: Octets;
  /** The reply, or the rule's words. */
  readonly reply: Octets;
  readonly from?: Octets;
  readonly to?: Octets;
  readonly helo?: Octets;
}

/** What the line says, as far as it is known. */
export function readLogEvent({ program, text }: Pick<LogRecord, 'program' | 'text'>): LogEvent | undefined {
  const complaint = /^(warning|error|fatal|panic): /.exec(text);
  if (complaint) return { kind: 'complaint', severity: complaint[1] ?? '', text };
  if (text === 'removed') return { kind: 'removed' };
  if (text.startsWith('to=<')) return readDelivery(text);
  if (text.startsWith('client=')) return readReceived(text);
  if (text.startsWith('message-id=')) return { kind: 'content', messageId: text.slice('message-id='.length) };
  return readActive(text) ?? readPickup(text) ?? readNotice(text) ?? readAction(text, program);
}

function readReceived(text: Octets): LogEvent | undefined {
  const found = /^client=([^[\]\s]{1,255})\[([^\]\s]{1,64})\](?::\w{1,10})?/.exec(text);
  if (found === null) return undefined;
  const [whole, name = '', address = ''] = found;
  return { kind: 'received', name, address, fields: readFields(text.slice(whole.length)) };
}

function readActive(text: Octets): LogEvent | undefined {
  const found = /^from=<(.*)>, size=(\d+), nrcpt=(\d+)/.exec(text);
  if (found === null) return undefined;
  return { kind: 'active', sender: found[1] ?? '', sizeBytes: Number(found[2]), recipients: Number(found[3]) };
}

function readPickup(text: Octets): LogEvent | undefined {
  const found = /^uid=(\d+) from=<(.*)>/.exec(text);
  return found === null ? undefined : { kind: 'picked up', uid: found[1] ?? '', sender: found[2] ?? '' };
}

function readNotice(text: Octets): LogEvent | undefined {
  const found = /^((?:sender|postmaster) [a-z-]{1,20}(?: status)? notification): (\w{5,32})$/.exec(text);
  return found === null ? undefined : { kind: 'notified', what: found[1] ?? '', as: found[2] ?? '' };
}

function readDelivery(text: Octets): LoggedDelivery | undefined {
  const relayAt = text.indexOf('>, relay=');
  const statusAt = text.indexOf(', status=', relayAt);
  if (relayAt < 0 || statusAt < 0) return undefined;
  const originalAt = text.lastIndexOf('>, orig_to=<', relayAt);
  const [to, origTo] =
    originalAt < 0
      ? [text.slice('to=<'.length, relayAt)]
      : [text.slice('to=<'.length, originalAt), text.slice(originalAt + '>, orig_to=<'.length, relayAt)];
  const fields = readFields(text.slice(relayAt + 1, statusAt));
  const [, status = '', words = ''] = /^, status=([\w-]{1,20})(?: \((.*)\))?/.exec(text.slice(statusAt)) ?? [];
  const forwardedAs = /^forwarded as (\w{5,32})$/.exec(words)?.[1];
  return {
    kind: 'delivery',
    to,
    ...(origTo !== undefined && { origTo }),
    relay: fields.get('relay') ?? 'none',
    fields,
    dsn: fields.get('dsn') ?? '',
    status: status.toLowerCase(),
    text: words,
    ...(forwardedAs !== undefined && { forwardedAs }),
  };
}

/** `, name=value, name=value`. */
function readFields(text: Octets): ReadonlyMap<Octets, Octets> {
  const fields = new Map<Octets, Octets>();
  for (const part of text.split(', ')) {
    const [, name, value] = /^(\w{1,40})=(.*)$/.exec(part) ?? [];
    if (name !== undefined && value !== undefined) fields.set(name, value);
  }
  return fields;
}

/** Of the many lines of smtpd(8) and cleanup(8) those that begin so. */
const ACTION = /^([a-z][a-z_-]{2,30}): (.+)$/;
const ACTING: ReadonlySet<Octets> = new Set(['smtpd', 'cleanup']);

function readAction(text: Octets, program: Octets): LoggedAction | undefined {
  const [, action, rest = ''] = (ACTING.has(program) && ACTION.exec(text)) || [];
  if (action === undefined) return undefined;
  const client = / from ([^[\]\s]{1,255})\[([^\]\s]{1,64})\](?::\w{1,10})?([:;])/.exec(rest);
  if (client === null) return undefined;
  const [whole, clientName = '', clientAddress = '', mark] = client;
  const said = rest.slice(client.index + whole.length);
  // smtpd(8) gives the reply first, cleanup(8) the envelope.
  const { reply, envelope } = mark === ':' ? splitReply(said) : splitEnvelope(said);
  return {
    kind: 'action',
    action,
    stage: rest.slice(0, client.index),
    clientName,
    clientAddress,
    reply: reply.trim(),
    ...readEnvelope(envelope),
  };
}

function splitReply(text: Octets): { readonly reply: Octets; readonly envelope: Octets } {
  const ends = ['; from=<', '; to=<', '; proto='].map((mark) => text.indexOf(mark)).filter((at) => at >= 0);
  const at = ends.length === 0 ? text.length : Math.min(...ends);
  return { reply: text.slice(0, at), envelope: text.slice(at + 2) };
}

function splitEnvelope(text: Octets): { readonly reply: Octets; readonly envelope: Octets } {
  const helo = text.indexOf(' helo=<');
  const at = text.indexOf('>: ', helo < 0 ? 0 : helo);
  return at < 0
    ? { reply: '', envelope: text.trim() }
    : { reply: text.slice(at + 3), envelope: text.slice(0, at + 1).trim() };
}

/** `from=<a> to=<b> proto=ESMTP helo=<c>`, of which any may be missing. */
function readEnvelope(text: Octets): Pick<LoggedAction, 'from' | 'to' | 'helo'> {
  const found = new Map<Octets, Octets>();
  let rest = ` ${text}`;
  // By their ends, in their order: an address may hold anything but what is searched for.
  for (const [name, ends] of [
    ['from', ['> to=<', '> proto=']],
    ['to', ['> proto=']],
    ['helo', []],
  ] as const) {
    const start = rest.indexOf(` ${name}=<`);
    if (start < 0) continue;
    const value = rest.slice(start + name.length + 3);
    const at = ends.map((end) => value.indexOf(end)).find((end) => end >= 0) ?? value.lastIndexOf('>');
    if (at < 0) continue;
    found.set(name, value.slice(0, at));
    rest = value.slice(at + 1);
  }
  const [from, to, helo] = ['from', 'to', 'helo'].map((name) => found.get(name));
  return { ...(from !== undefined && { from }), ...(to !== undefined && { to }), ...(helo !== undefined && { helo }) };
}
